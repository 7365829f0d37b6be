import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import { type Claims, toCaller } from './claims.js';
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
export function createIdentify(verifyToken: VerifyToken | null, mapping: Mapping): Identify {
  // As long as the claims of a token are remembered, so that what is worked out from a caller is found again.
  const known = new WeakMap<object, Map<string, Caller>>();
  const callersOf = (claims: Claims): Map<string, Caller> => {
    const found = known.get(claims);
    if (found) return found;
    const callers = new Map<string, Caller>();
    known.set(claims, callers);
    return callers;
  };
  return async (headers) => {
    const token = verifyToken && readToken(headers);
    const claims = verifyToken && token !== null ? await verifyToken(token) : null;
    const callers = claims && callersOf(claims);
    const stated = nameOf(headers);
    const found = callers?.get(stated);
    if (found) return found;
    const statement = readStatement(headers);
    if (!claims || !callers) return null;
    const caller = toCaller(claims, mapping, statement);
    if (!caller) throw new AppError('FORBIDDEN');
    if (callers.size >= MOST_STATEMENTS) callers.clear();
    callers.set(stated, freeze(caller));
    return caller;
  };
}

/** Purposes and files that are stated with one token, remembered at the same time. */
const MOST_STATEMENTS = 16;

/** A statement as it was sent: no header holds a line break, and an absent one is no empty one. */
const nameOf = (headers: Headers): string => STATED.map((name) => write(headers[name])).join('\n');
const STATED = ['x-purpose', 'x-file-reference'];
const write = (value: string | string[] | undefined): string => (value === undefined ? '' : `=${value}`);

/** Many requests share a caller, and much is worked out from it once. */
function freeze(caller: Caller): Caller {
  for (const part of [caller.municipalities, caller.scopes, caller.account, caller]) Object.freeze(part);
  return caller;
}

function readToken({ authorization }: Headers): string | null {
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(String(authorization)) ?? [];
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  return token;
}
