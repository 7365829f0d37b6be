import type { Caller } from '../../lib/caller.js';
import type { LinkedPerson, Linker } from '../../lib/link.js';
import { toLinkedPerson } from '../../lib/link.js';
import { splitGivenNames } from '../../lib/names.js';
import { isGranted, type OfficeGrant } from '../../lib/subgraph/grants.js';
import type { Applicant } from './record.js';

/** Who asks, and which municipalities this instance serves. */
export interface Asking {
  readonly caller: Caller | null;
  readonly serves: (ags: string) => boolean;
}

/** A resident as the gateway refers to them; see the `Resident` type of the schema. */
export interface ResidentReference {
  readonly __typename: 'Resident';
  readonly ags: string;
  readonly housingBenefitLink?: string | null;
  /** Non-null only on the caller's own record. */
  readonly housingBenefitFormerly?: readonly { readonly ags: string; readonly link: string }[] | null;
}

/** A person to be looked up in the register of a municipality. */
export interface Search {
  readonly ags: string;
  readonly person: LinkedPerson;
}

/** Social data: no other office, not even of the same town hall, may have them. */
const OFFICES: readonly OfficeGrant[] = [
  { office: 'housing-benefit', purposes: ['housing-benefit.case'], law: '§ 35 SGB I; §§ 67c, 67d, 79 SGB X' },
];

/** No, unless a caseworker of a granted office, competent for the municipality, asks where it is served. */
export const mayReadOffice = ({ caller, serves }: Asking, ags: string): boolean =>
  isGranted(OFFICES, caller, ags) && serves(ags);

/** Somebody who may read what is theirs: a citizen whose login has the level hoch. */
export const isCitizen = ({ caller }: Asking): boolean => caller?.role === 'citizen' && caller.trustLevel === 'hoch';

/**
 * Where a resident's cases may be looked up for the caller: nowhere, unless the resident is the citizen who asks, or the
 * caller a caseworker competent for the municipality. Municipalities that this instance does not serve are left out
 * without a word: the gateway asks every instance that the reference names.
 *
 * @returns `null` where the residents register could not tell the person from another one.
 */
export function planSearches(resident: ResidentReference, asking: Asking, linker: Linker): Search[] | null {
  const isOwn = isCitizen(asking);
  if (!isOwn && !mayReadOffice(asking, resident.ags)) return [];
  const { ags, housingBenefitLink: link = null, housingBenefitFormerly: formerly } = resident;
  const asked = [{ ags, link }, ...(isOwn ? (formerly ?? []) : [])].filter((entry) => asking.serves(entry.ags));
  if (asked.some((entry) => entry.link === null)) return null;
  const searches = asked.map((entry) => ({ ags: entry.ags, person: linker.open(entry.link ?? '') }));
  return searches.filter((search): search is Search => mayBeSearched(search.person, asking));
}

/**
 * What a case says of its applicant: of somebody under a block (§ 51 BMG) a link to nobody, except to them. No link would
 * be answered sooner than one to somebody unknown.
 */
export function toApplicantLink(
  { applicant }: { readonly applicant: Applicant | null },
  asking: Asking,
  linker: Linker,
): string | null {
  if (!applicant) return null;
  const person = toLinkedPerson(applicant);
  return applicant.isBlocked && !isCitizen(asking) ? linker.sealNobody(person) : linker.seal(person);
}

/** A citizen reads by a link only what the link says is theirs: names and date of birth of their own account. */
function mayBeSearched(person: LinkedPerson | null, { caller }: Asking): boolean {
  if (person === null || caller === null) return false;
  if (caller.role !== 'citizen') return true;
  if (!caller.account) return false;
  const { familyName, givenNames, dateOfBirth } = caller.account;
  const own = toLinkedPerson({ familyName, givenName: splitGivenNames(givenNames)[0] ?? '', dateOfBirth });
  return (
    own.familyName === person.familyName && own.givenName === person.givenName && own.dateOfBirth === person.dateOfBirth
  );
}
