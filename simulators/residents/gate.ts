import { createHash, timingSafeEqual } from 'node:crypto';

/** Who is at the door. */
export interface Gate {
  /**
   * @param authorization Header of HTTP basic authentication.
   * @returns AGS of the municipality whose register the technical user may ask; `null` for everybody else.
   */
  admit(authorization: string | undefined): string | null;
}

/** @param credentials `AGS:name:password`, by commas. */
export function createGate(credentials: string): Gate {
  const users = credentials.split(',').map((entry) => ({ ags: entry.slice(0, 8), proof: digest(entry.slice(9)) }));
  return {
    admit(authorization) {
      const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(authorization ?? '') ?? [];
      if (encoded === undefined) return null;
      const given = digest(Buffer.from(encoded, 'base64').toString('utf8'));
      return users.find(({ proof }) => timingSafeEqual(proof, given))?.ags ?? null;
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
