import { type Caller, isCompetentFor, type Office } from '../caller.js';

/** One office that may read a register, the purposes for which it may, and the law that says so. */
export interface OfficeGrant {
  readonly office: Office;
  readonly purposes: readonly string[];
  readonly law: string;
}

/**
 * No, unless a caseworker asks whose office has a grant, for a purpose of it, under a file reference, and about a
 * municipality of theirs.
 */
export function isGranted(
  grants: readonly OfficeGrant[],
  caller: Caller | null,
  ags: string,
): caller is Caller & { readonly role: 'caseworker' } {
  if (caller?.role !== 'caseworker' || !caller.fileReference || !isCompetentFor(caller, ags)) return false;
  return grants.some(
    ({ office, purposes }) => office === caller.office && caller.purpose !== null && purposes.includes(caller.purpose),
  );
}
