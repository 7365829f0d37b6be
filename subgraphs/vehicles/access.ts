import type { Caller } from '../../lib/caller.js';
import type { LinkedPerson } from '../../lib/link.js';
import { normalizeName, splitGivenNames } from '../../lib/names.js';
import { isGranted, type OfficeGrant } from '../../lib/subgraph/grants.js';

/** § 35 StVG closes the list of who else may ask: neither the residents' office nor the housing-benefit office is in it. */
const OFFICES: readonly OfficeGrant[] = [
  { office: 'vehicles', purposes: ['vehicles.registration'], law: '§ 31 (1), § 32, § 36 StVG' },
];

/** No, unless a caseworker of a granted office asks who is competent for the municipality. */
export const mayReadOffice = (caller: Caller | null, ags: string): boolean => isGranted(OFFICES, caller, ags);

/** Somebody who may read what is theirs: a citizen whose login has the level hoch. */
export const isCitizen = (caller: Caller | null): boolean => caller?.role === 'citizen' && caller.trustLevel === 'hoch';

/** Whether a link names the citizen who asks. One date may be less exact than the other: registers know no more. */
export function isSelf(caller: Caller | null, person: LinkedPerson): boolean {
  if (!isCitizen(caller) || !caller?.account) return false;
  const { familyName, givenNames, dateOfBirth } = caller.account;
  return (
    normalizeName(familyName) === person.familyName &&
    splitGivenNames(givenNames).some((name) => normalizeName(name) === person.givenName) &&
    (dateOfBirth.startsWith(person.dateOfBirth) || person.dateOfBirth.startsWith(dateOfBirth))
  );
}
