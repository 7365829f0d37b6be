import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Caller, readCaller } from './caller.js';

/** The header that carries the token; a client's own is never forwarded. */
export const INTERNAL_TOKEN_HEADER = 'x-fachverbund-token';

const TOKEN_TYPE = 'fachverbund+jwt';
const LIFETIME_SECONDS = 60;
const HEADER = encode({ alg: 'EdDSA', typ: TOKEN_TYPE });
/** More requests than one instance answers within the life of a token. */
const REMEMBERED_TOKENS = 200_000;

/** Says who asks this one subgraph for this one body; `null`: nobody signed in. */
export type SignRequest = (request: {
  readonly audience: string;
  readonly body: string;
  readonly caller: Caller | null;
}) => string;

/** @returns The caller, or `'refused'` for a token that is missing, wrong, stale, foreign, or was used before. */
export type VerifyRequest = (token: string | undefined, body: string) => Caller | null | 'refused';

/** The gateway's side: a JWT (RFC 7519, EdDSA) bound to audience, body and 60 seconds. */
export function createSigner(privateKeyPem: string, now: () => number = Date.now): SignRequest {
  const key = createPrivateKey(privateKeyPem);
  return ({ audience, body, caller }) => {
    const issuedAt = Math.floor(now() / 1000);
    const claims = {
      aud: audience,
      iat: issuedAt,
      exp: issuedAt + LIFETIME_SECONDS,
      jti: randomUUID(),
      body: hashOf(body),
      caller,
    };
    const signed = `${HEADER}.${encode(claims)}`;
    return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
  };
}

/**
 * The subgraph's side. Fails closed: everything that is not proven is refused.
 *
 * @param audience Name of the subgraph.
 */
export function createVerifier(publicKeyPem: string, audience: string, now: () => number = Date.now): VerifyRequest {
  const key = createPublicKey(publicKeyPem);
  const used = new LRUCache<string, true>({ max: REMEMBERED_TOKENS, ttl: (LIFETIME_SECONDS + 10) * 1000 });
  return (token, body) => {
    const claims = readClaims(token, key);
    if (claims === null || claims.aud !== audience || claims.body !== hashOf(body)) return 'refused';
    const seconds = now() / 1000;
    if (!(claims.iat <= seconds + 5 && seconds < claims.exp && claims.exp - claims.iat <= LIFETIME_SECONDS))
      return 'refused';
    if (used.has(claims.jti)) return 'refused';
    used.set(claims.jti, true);
    return claims.caller === null ? null : (readCaller(claims.caller) ?? 'refused');
  };
}

interface Claims {
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly body: string;
  readonly caller: unknown;
}

/** @returns `null` where signature or form are not those of `createSigner`. */
function readClaims(token: string | undefined, key: KeyObject): Claims | null {
  const [header, payload, signature, ...rest] = token?.split('.') ?? [];
  if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) return null;
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const hashOf = (body: string): string => createHash('sha256').update(body).digest('base64url');
