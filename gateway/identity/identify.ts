import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import { type Claims, toCaller } from './claims.js';
import type { Mapping } from './mapping.js';
import { readStatement, type Statement } from './purpose.js';
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
export function createIdentify(verifyToken: VerifyToken | null, mapping: Mapping): Identify {
  // As long as the claims of a token are remembered, so that what is worked out from a caller is found again.
  const known = new WeakMap<object, Map<string, Caller>>();
  const callerOf = (claims: Claims, statement: Statement): Caller | null => {
    const name = `${statement.purpose}\n${statement.fileReference}`;
    const found = known.get(claims)?.get(name);
    if (found) return found;
    const caller = toCaller(claims, mapping, statement);
    if (!caller) return null;
    const callers = known.get(claims) ?? new Map<string, Caller>();
    if (callers.size >= MOST_STATEMENTS) callers.clear();
    known.set(claims, callers.set(name, caller));
    return caller;
  };
  return async (headers) => {
    const token = verifyToken && readToken(headers);
    const claims = verifyToken && token !== null ? await verifyToken(token) : null;
    const statement = readStatement(headers);
    if (!claims) return null;
    const caller = callerOf(claims, statement);
    if (!caller) throw new AppError('FORBIDDEN');
    return caller;
  };
}

/** Purposes and files that are stated with one token, remembered at the same time. */
const MOST_STATEMENTS = 16;

function readToken({ authorization }: Headers): string | null {
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(String(authorization)) ?? [];
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  return token;
}
