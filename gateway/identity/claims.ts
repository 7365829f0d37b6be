import type { Account, Caller } from '../../lib/caller.js';
import type { Mapping } from './mapping.js';
import { isPurpose, type Statement } from './purpose.js';

/** The claims of a verified token. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Makes a caller of verified claims. Only a caseworker's own statement of purpose counts; a partner's system has the
 * one purpose that its token names.
 *
 * @returns `null` where the token names no subject or no role that is known here, and for a partner whose bounds cannot
 *   be read.
 */
export function toCaller(claims: Claims, mapping: Mapping, statement: Statement): Caller | null {
  const subject = readText(claims, mapping.subject);
  const role = translate(claims, mapping.role);
  if (subject === null || role === null) return null;
  const { municipalities, isWhole } = readMunicipalities(claims, mapping);
  // No municipality bounds a partner to none of them: bounds that cannot be read must not become no bounds.
  if (role === 'partner' && !isWhole) return null;
  const fixed = mapping.purpose ? readText(claims, mapping.purpose) : null;
  const actor = readText(claims, ACTOR);
  const isCaseworker = role === 'caseworker';
  return {
    subject,
    role,
    office: mapping.office ? translate(claims, mapping.office) : null,
    municipalities,
    trustLevel: mapping.trustLevel ? translate(claims, mapping.trustLevel) : null,
    account: role === 'citizen' ? readAccount(claims, mapping) : null,
    purpose: isCaseworker ? statement.purpose : role === 'partner' && isPurpose(fixed) ? fixed : null,
    fileReference: isCaseworker ? statement.fileReference : null,
    ...(actor !== null && { actingFor: actor }),
    scopes: (readText(claims, SCOPE) ?? '').split(' ').filter((word) => word !== ''),
  };
}

const SCOPE = ['scope'];
/** RFC 8693, section 4.1. */
const ACTOR = ['act', 'sub'];

function read(claims: Claims, path: readonly string[]): unknown {
  let value: unknown = claims;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function readText(claims: Claims, path: readonly string[]): string | null {
  const value = read(claims, path);
  return typeof value === 'string' && value !== '' ? value : null;
}

function translate<Word extends string>(
  claims: Claims,
  { claim, values }: { readonly claim: readonly string[]; readonly values: Readonly<Record<string, Word>> },
): Word | null {
  const given = read(claims, claim);
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  const found = Object.keys(values).find((value) => all.includes(value));
  return found === undefined ? null : (values[found] ?? null);
}

interface Municipalities {
  readonly municipalities: string[];
  /** Whether all that the token says could be read. */
  readonly isWhole: boolean;
}

/** Anything that is not an AGS or a prefix of one grants nothing. */
function readMunicipalities(claims: Claims, { municipalities: path }: Mapping): Municipalities {
  const given = (path ? read(claims, path) : null) ?? [];
  const all: readonly unknown[] = Array.isArray(given) ? given : [given];
  const municipalities = all.filter(
    (item): item is string => typeof item === 'string' && /^([0-9]{8}|[0-9]{0,7}\*)$/.test(item),
  );
  return { municipalities, isWhole: municipalities.length === all.length };
}

/** All or nothing: with less than a full account nobody is recognised in a register. */
function readAccount(claims: Claims, { account }: Mapping): Account | null {
  if (!account) return null;
  const texts = Object.entries(account).map(([name, path]) => [name, readText(claims, path)] as const);
  if (texts.some(([, text]) => text === null)) return null;
  return Object.fromEntries(texts) as unknown as Account;
}
