import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import { toCaller } from './claims.js';
import type { Mapping } from './mapping.js';
import { readStatement } from './purpose.js';
import type { VerifyToken } from './verify-token.js';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * Finds out who asks.
 *
 * @returns `null`: nobody signed in, which is not an error.
 * @throws AppError `UNAUTHENTICATED` for a token that does not hold, `FORBIDDEN` for one that names no role known here,
 *   `BAD_USER_INPUT` for a malformed statement of purpose, `SUBGRAPH_UNAVAILABLE` while tokens cannot be judged.
 */
export type Identify = (headers: Headers) => Promise<Caller | null>;

/** @param verifyToken `null` where no issuer is set: then every caller is anonymous. */
export const createIdentify =
  (verifyToken: VerifyToken | null, mapping: Mapping): Identify =>
  async (headers) => {
    const token = verifyToken && readToken(headers);
    const claims = verifyToken && token !== null ? await verifyToken(token) : null;
    const statement = readStatement(headers);
    if (!claims) return null;
    const caller = toCaller(claims, mapping, statement);
    if (!caller) throw new AppError('FORBIDDEN');
    return caller;
  };

function readToken({ authorization }: Headers): string | null {
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(String(authorization)) ?? [];
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  return token;
}
