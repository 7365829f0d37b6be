import { createHash, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { type Caller, readCaller } from './caller.js';
import { createUsedTokens } from './used-tokens.js';

/** The header that carries the token; a client's own is never forwarded. */
export const INTERNAL_TOKEN_HEADER = 'x-fachverbund-token';

const LIFETIME_SECONDS = 60;
/** How far the subgraph's clock may be behind the gateway's. */
const SKEW_SECONDS = 5;
/** The only header there is, letter by letter: no algorithm, key or address can be named from outside. */
const HEADER = encode('{"alg":"EdDSA","typ":"fachverbund-internal+jwt"}');
const REMEMBERED_TOKENS = 200_000;

/** Makes the token of one request to one subgraph: who asks, `null` for nobody signed in, and for which body. */
export type SignRequest = (request: {
  /** Name of the subgraph. */
  readonly audience: string;
  readonly body: string;
  readonly caller: Caller | null;
}) => string;

/** What the gateway said of a request; `isOf` tells whether it said it of this body. */
export interface Proof {
  readonly caller: Caller | null;
  isOf(body: Uint8Array): boolean;
}

export type RefusalReason = 'missing' | 'malformed' | 'forged' | 'foreign' | 'stale' | 'replayed';

/** Each token is good for one call: the second time it is `replayed`. */
export type VerifyRequest = (token: string | undefined) => Proof | RefusalReason;

/** The gateway's side: a JWT (RFC 7519, EdDSA) bound to one audience, one body and 60 seconds. */
export function createSigner(key: KeyObject, now: () => number = Date.now): SignRequest {
  // What is said of a caller stays the same for all subgraph requests of a request.
  const known = new WeakMap<Caller, string>();
  const factsOf = (caller: Caller): string => {
    const text = known.get(caller) ?? toFacts(caller);
    known.set(caller, text);
    return text;
  };
  return ({ audience, body, caller }) => {
    const issuedAt = Math.floor(now() / 1000);
    const facts = caller === null ? '"sub":null' : factsOf(caller);
    const signed = `${HEADER}.${encode(
      `{"aud":${JSON.stringify(audience)},"iat":${issuedAt},"exp":${issuedAt + LIFETIME_SECONDS},"jti":"${randomUUID()}","body":"${hashOf(body)}",${facts}}`,
    )}`;
    return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
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
  return (token) => {
    if (token === undefined || token === '') return 'missing';
    const claims = readClaims(token, keys);
    if (typeof claims === 'string') return claims;
    if (claims.aud !== audience) return 'foreign';
    const seconds = now() / 1000;
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
function readClaims(token: string, keys: readonly KeyObject[]): Claims | 'malformed' | 'forged' {
  const [header, payload = '', signature = '', ...rest] = token.split('.');
  if (header !== HEADER || rest.length > 0) return 'malformed';
  const bytes = Buffer.from(signature, 'base64url');
  // Only one spelling of a signature is right: base64 has several for the same bytes.
  if (bytes.length !== 64 || bytes.toString('base64url') !== signature) return 'malformed';
  const signed = Buffer.from(`${header}.${payload}`);
  if (!keys.some((key) => verify(null, signed, key, bytes))) return 'forged';
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
}

const isFresh = ({ iat, exp }: Claims, seconds: number): boolean =>
  iat <= seconds + SKEW_SECONDS && seconds < exp && exp - iat <= LIFETIME_SECONDS;

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const hashOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('base64url');
