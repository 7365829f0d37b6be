import { createHash } from 'node:crypto';
import type { Caller } from '../../lib/caller.js';

/** Whose answers an entry may answer. */
export type ScopeOf = (caller: Caller | null) => string;

/** The scope of what is the same for everybody. */
export const PUBLIC_SCOPE = 'public';

/**
 * The scope of PRIVATE answers: equal only for callers of whom nothing differs that a rule or a subgraph could ask for.
 * It is made of everything that is known of the caller, the purpose and file reference of the request included, so that
 * whatever is added to a caller one day separates answers from that day on.
 *
 * @param policyVersion Changes with the rules that decide what callers may see.
 */
export function createScopeOf(policyVersion: string): ScopeOf {
  const known = new WeakMap<Caller, string>();
  const nobody = digest(['nobody', policyVersion]);
  return (caller) => {
    if (!caller) return nobody;
    const scope = known.get(caller) ?? digest(['caller', policyVersion, canonical(caller)]);
    known.set(caller, scope);
    return scope;
  };
}

const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** Rights that are granted by a list: the order says nothing. Other lists differ where their order does. */
const ORDERLESS: ReadonlySet<string> = new Set(['municipalities', 'scopes']);

/** Members by name, so that equal callers have equal scopes. */
function canonical(value: unknown, name = ''): unknown {
  if (value instanceof Set || value instanceof Map) return canonical([...value], name);
  if (Array.isArray(value)) {
    const entries = value.map((entry) => JSON.stringify(canonical(entry)));
    return ORDERLESS.has(name) ? [...new Set(entries)].sort() : entries;
  }
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([member, inner]) => [member, canonical(inner, member)]);
}
