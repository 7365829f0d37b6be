import { hash } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../lib/errors.js';
import { hasRepeatedMember } from '../../lib/repeated-members.js';
import type { KeySet } from './key-set.js';

/**
 * Verifies access tokens (RFC 9068, and JWTs of issuers that predate it).
 *
 * @returns The claims.
 * @throws AppError `UNAUTHENTICATED`, whatever is wrong; `SUBGRAPH_UNAVAILABLE` while the issuer's keys are unknown.
 */
export type VerifyToken = (token: string) => Promise<JWTPayload>;

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: KeySet;
  readonly now?: () => number;
}

/** The token's own header must not choose how it is checked. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const TOKEN_TYPES = ['at+jwt', 'application/at+jwt', 'jwt'];
const CLOCK_TOLERANCE_SECONDS = 5;
const REMEMBERED_TOKENS = 10_000;

interface Verified {
  readonly claims: JWTPayload;
  /** The keys that held when it was verified: a key that is taken away counts at once. */
  readonly keys: object;
  /** Epoch ms of its end. */
  readonly until: number;
}

/** A token that held is not verified again until its end, as long as the same keys hold; a refused one always is. */
export function createVerifyToken({ issuer, audience, keys, now = Date.now }: TokenRules): VerifyToken {
  const verified = new LRUCache<string, Verified>({ max: REMEMBERED_TOKENS });
  return async (token) => {
    const name = hash('sha256', token, 'base64');
    const inForce = keys.inForce();
    const known = verified.get(name);
    if (known && known.keys === inForce && now() < known.until) return known.claims;
    const claims = await verify(token, { issuer, audience, keys, now });
    // Where the keys have changed meanwhile nobody knows which of them it was.
    if (inForce !== null && inForce === keys.inForce())
      verified.set(name, { claims, keys: inForce, until: ((claims.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1000 });
    return claims;
  };
}

async function verify(token: string, { issuer, audience, keys, now }: Required<TokenRules>): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, (header, jws) => keys.find(header, jws), {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'sub'],
      currentDate: new Date(now()),
    });
    if (isAccessToken(String(protectedHeader.typ), payload) && isUnambiguous(token)) return payload;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('UNAUTHENTICATED', undefined, { cause });
  }
  throw new AppError('UNAUTHENTICATED');
}

/** Whoever reads a claim that is written twice may see the other one; a token has one spelling. */
function isUnambiguous(token: string): boolean {
  const parts = token.split('.').map((part) => ({ part, bytes: Buffer.from(part, 'base64url') }));
  if (parts.some(({ part, bytes }) => bytes.toString('base64url') !== part)) return false;
  return parts
    .slice(0, 2)
    .map(({ bytes }) => bytes.toString('utf8'))
    .every((text) => !hasRepeatedMember(text, JSON.parse(text)));
}

/** An ID token says who logged in to a client, a logout token who no longer is; neither is a right to ask us. */
const isAccessToken = (type: string, payload: JWTPayload): boolean =>
  TOKEN_TYPES.includes(type.toLowerCase()) &&
  (payload.typ === undefined || payload.typ === 'Bearer') &&
  payload.at_hash === undefined &&
  payload.c_hash === undefined &&
  payload['events'] === undefined &&
  // Older access tokens of Keycloak hold the nonce of the login too, and say that they are none of an ID.
  (payload['nonce'] === undefined || payload.typ === 'Bearer');
