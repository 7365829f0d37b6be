import { createSeal } from '../../lib/seal.js';

/** A link to a scanned sheet, as the schema has it. */
export interface SheetLink {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly bytes: number;
}

/** What a link is bound to. */
export interface Permit {
  readonly ags: string;
  /** Name of the scan in the store. */
  readonly file: string;
  /** Who was given the link. */
  readonly subject: string;
  /** Of the request that gave it: the access is in the audit log under this id. */
  readonly requestId: string;
}

/** Makes links and opens them again. */
export interface SheetLinks {
  make(permit: Permit): { readonly url: string; readonly expiresAt: string };
  /** @returns `null` for what this key never made, `expired` for what it made too long ago. */
  read(link: string): Permit | 'expired' | null;
}

/** First part of the links' path. */
export const SHEET_PATH = 'sheets';

/**
 * A link is sealed (AES-SIV, RFC 5297), not only signed: it cannot be made or changed without the key, and neither the
 * parcel nor who asked can be read from it, wherever a browser or proxy writes it down.
 *
 * @param from.key SHEET_LINK_KEY, at least 32 characters.
 * @param from.publicUrl Where browsers reach this instance.
 */
export function createSheetLinks(from: {
  readonly key: string;
  readonly publicUrl: string;
  readonly lifetimeMs: number;
  readonly now: () => number;
}): SheetLinks {
  const { seal, open } = createSeal(from.key, 'encumbrance sheet');
  const base = from.publicUrl.replace(/\/+$/, '');
  return {
    make({ ags, file, subject, requestId }) {
      const expiresAt = from.now() + from.lifetimeMs;
      const link = seal(JSON.stringify([expiresAt, ags, file, subject, requestId]));
      return { url: `${base}/${SHEET_PATH}/${link}`, expiresAt: new Date(expiresAt).toISOString() };
    },
    read(link) {
      const text = /^[A-Za-z0-9_-]+$/.test(link) ? open(link) : null;
      if (text === null) return null;
      // What opens was sealed by `make`.
      const [expiresAt, ags, file, subject, requestId] = JSON.parse(text) as [number, string, string, string, string];
      return from.now() < expiresAt ? { ags, file, subject, requestId } : 'expired';
    },
  };
}
