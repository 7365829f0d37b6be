import { type Caller, isCompetentFor } from '../../lib/caller.js';
import type { LinkedPerson } from '../../lib/link.js';
import { normalizeName, splitGivenNames } from '../../lib/names.js';

/** Whether the caller may read the vehicles of a municipality: a caseworker who is competent for it. */
export const mayReadOffice = (caller: Caller | null, ags: string): boolean =>
  caller?.role === 'caseworker' && isCompetentFor(caller, ags);

/** Whether a link names the citizen who asks. One date may be less exact than the other: registers know no more. */
export function isSelf(caller: Caller | null, person: LinkedPerson): boolean {
  if (caller?.role !== 'citizen' || caller.account === null) return false;
  const { familyName, givenNames, dateOfBirth } = caller.account;
  return (
    normalizeName(familyName) === person.familyName &&
    splitGivenNames(givenNames).some((name) => normalizeName(name) === person.givenName) &&
    (dateOfBirth.startsWith(person.dateOfBirth) || person.dateOfBirth.startsWith(dateOfBirth))
  );
}
