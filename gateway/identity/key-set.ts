import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWTHeaderParameters,
} from 'jose';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';

/** The issuer's public keys. */
export interface KeySet {
  /**
   * @throws AppError `SUBGRAPH_UNAVAILABLE` while no key of the issuer was ever read; errors of jose for a token that
   *   names no key of it.
   */
  find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey>;
  /** The keys that hold now: the same until others do; `null` before the first. Sees to it that they are read again in time. */
  inForce(): object | null;
}

export interface KeySetParts {
  /** Asks the issuer. @throws Error where it does not answer with keys. */
  readonly readKeys: () => Promise<JSONWebKeySet>;
  readonly log: Log;
  readonly now?: () => number;
}

/** Keys are read again in the background after this time, so that withdrawn ones end. */
const REFRESH_MS = 300_000;
/** Unknown key ids, or an issuer out of reach, cost it at most one question in this time. */
const COOLDOWN_MS = 30_000;
/** The same before the first keys are there: until then nobody can sign in. */
const FIRST_COOLDOWN_MS = 1_000;

/** Keeps the keys of an issuer. While it is out of reach the keys read last go on. */
export function createKeySet({ readKeys, log, now = Date.now }: KeySetParts): KeySet {
  let keys: ReturnType<typeof createLocalJWKSet> | null = null;
  let text = '';
  let readAt = 0;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  const readAgain = () => {
    if (reading || now() - triedAt < (keys ? COOLDOWN_MS : FIRST_COOLDOWN_MS)) return reading;
    triedAt = now();
    reading = readKeys()
      .then((found) => {
        // Keys that were read again and are the same stay the same: what they verified still holds.
        const foundText = JSON.stringify(found.keys);
        if (!keys || foundText !== text) keys = createLocalJWKSet(found);
        text = foundText;
        readAt = now();
      })
      .catch((error: Error) => log.warn({ reason: error.message }, 'keys of the identity provider not read'))
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  const inForce = () => {
    if (keys && now() - readAt > REFRESH_MS) void readAgain();
    return keys;
  };
  return {
    inForce,
    async find(header, token) {
      if (!keys) await readAgain();
      const known = inForce();
      if (!known) throw new AppError('SUBGRAPH_UNAVAILABLE');
      try {
        return await known(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await readAgain();
        return (keys ?? known)(header, token);
      }
    },
  };
}
