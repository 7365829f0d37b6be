import { hash, type KeyObject, randomUUID } from 'node:crypto';
import { createBatchSigner, createBatchVerifier, type VerifyText } from './batch-signature.js';
import { type Caller, readCaller } from './caller.js';
import { createUsedTokens } from './used-tokens.js';

/** The header that carries the token; a client's own is never forwarded. */
export const INTERNAL_TOKEN_HEADER = 'x-fachverbund-token';

const LIFETIME_SECONDS = 60;
/** How far the subgraph's clock may be behind the gateway's. */
const SKEW_SECONDS = 5;
/**
 * The only header there is, letter by letter: no algorithm, key or address can be named from outside. The algorithm is
 * none that libraries know, for a signature is that of a batch.
 */
const HEADER = encode('{"alg":"fachverbund-batch-1","typ":"fachverbund-internal+jwt"}');
const REMEMBERED_TOKENS = 200_000;

/**
 * Makes the token of one request to one subgraph: who asks, `null` for nobody signed in, and for which body. It comes
 * at the end of this turn of the event loop: all that are asked for in it are signed at once.
 */
export type SignRequest = (request: {
  /** Name of the subgraph. */
  readonly audience: string;
  readonly body: string;
  readonly caller: Caller | null;
}) => Promise<string>;

/** What the gateway said of a request; `isOf` tells whether it said it of this body. */
export interface Proof {
  readonly caller: Caller | null;
  isOf(body: Uint8Array): boolean;
}

export type RefusalReason = 'missing' | 'malformed' | 'forged' | 'foreign' | 'stale' | 'replayed';

/** Each token is good for one call: the second time it is `replayed`. */
export type VerifyRequest = (token: string | undefined) => Proof | RefusalReason;

/** The gateway's side: a token in the form of a JWT (RFC 7519), bound to one audience, one body and 60 seconds. */
export function createSigner(key: KeyObject, now: () => number = Date.now): SignRequest {
  // What is said of a caller stays the same for all their requests.
  const known = new WeakMap<Caller, string>();
  const factsOf = (caller: Caller): string => {
    const found = known.get(caller);
    if (found !== undefined) return found;
    const text = toFacts(caller);
    known.set(caller, text);
    return text;
  };
  const sign = createBatchSigner(key);
  return ({ audience, body, caller }) => {
    const issuedAt = Math.floor(now() / 1000);
    const facts = caller === null ? '"sub":null' : factsOf(caller);
    return sign(
      `${HEADER}.${encode(
        `{"aud":${JSON.stringify(audience)},"iat":${issuedAt},"exp":${issuedAt + LIFETIME_SECONDS},"jti":"${randomUUID()}","body":"${hashOf(body)}",${facts}}`,
      )}`,
    );
  };
}

/**
 * The subgraph's side: no, unless everything is proven.
 *
 * @param audience Name of the subgraph.
 * @param keys Of the gateway; several while one takes the place of another.
 */
export function createVerifier(
  keys: readonly KeyObject[],
  audience: string,
  now: () => number = Date.now,
): VerifyRequest {
  const used = createUsedTokens({
    lifetimeSeconds: LIFETIME_SECONDS,
    most: REMEMBERED_TOKENS,
    startSeconds: Math.floor(now() / 1000) - SKEW_SECONDS,
  });
  const verifyText = createBatchVerifier(keys, LIFETIME_SECONDS);
  return (token) => {
    if (token === undefined || token === '') return 'missing';
    const seconds = now() / 1000;
    const claims = readClaims(token, verifyText, seconds);
    if (typeof claims === 'string') return claims;
    if (claims.aud !== audience) return 'foreign';
    if (!isFresh(claims, seconds)) return 'stale';
    if (!used.isNew(claims, seconds)) return 'replayed';
    const caller = toCaller(claims);
    if (caller === undefined) return 'malformed';
    return { caller, isOf: (body) => hashOf(body) === claims.body };
  };
}

interface Claims {
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  /** SHA-256 of the request's body, base64url. */
  readonly body: string;
  readonly sub: string | null;
  readonly act?: { readonly sub: string };
  readonly [fact: string]: unknown;
}

/** The caller as members of a JSON object; on whose behalf a system asks stands in `act` (RFC 8693). */
function toFacts(caller: Caller): string {
  const { subject, actingFor, ...facts } = caller;
  const act = actingFor === undefined ? {} : { act: { sub: actingFor } };
  return JSON.stringify({ sub: subject, ...facts, ...act }).slice(1, -1);
}

/** @returns `undefined` where the token speaks of somebody who cannot be a caller. */
function toCaller({ aud, iat, exp, jti, body, sub, act, ...facts }: Claims): Caller | null | undefined {
  if (sub === null) return null;
  return readCaller({ ...facts, subject: sub, ...(act ? { actingFor: act.sub } : {}) }) ?? undefined;
}

/** @returns A reason where form or signature are not those of `createSigner`. */
function readClaims(token: string, verifyText: VerifyText, seconds: number): Claims | 'malformed' | 'forged' {
  const [header, payload = '', proof = '', ...rest] = token.split('.');
  if (header !== HEADER || rest.length > 0) return 'malformed';
  const fault = verifyText(`${header}.${payload}`, proof, seconds);
  return fault ?? (JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims);
}

const isFresh = ({ iat, exp }: Claims, seconds: number): boolean =>
  iat <= seconds + SKEW_SECONDS && seconds < exp && exp - iat <= LIFETIME_SECONDS;

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const hashOf = (body: string | Uint8Array): string => hash('sha256', body, 'base64url');
