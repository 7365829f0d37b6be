import type { LinkedPerson } from '../../lib/link.js';
import { toLinkedHome, toLinkedPerson } from '../../lib/link.js';
import type { CaseRecord, PersonRecord } from './record.js';

/**
 * The entries of the register that are the person of a link: equal normalised family name and first given name, equal
 * date of birth, and with a home in the link, equal home.
 *
 * @param persons Entries of one municipality.
 * @returns `null` where they may be different people: they differ in address or place of birth.
 */
export function matchPersons(persons: readonly PersonRecord[], link: LinkedPerson): PersonRecord[] | null {
  const found = persons.filter((person) => isPersonOf(person, link));
  const kinds = new Set(found.map(({ home, placeOfBirth }) => `${toLinkedHome(home)}|${placeOfBirth}`));
  return kinds.size > 1 ? null : found;
}

/** Cases from several answers: each once, the latest period first, those without a period last. */
export function mergeCases(cases: readonly CaseRecord[]): CaseRecord[] {
  const unique = new Map(cases.map((found) => [`${found.ags} ${found.caseNumber}`, found]));
  return [...unique.values()].sort(
    (a, b) => compare(periodOf(b), periodOf(a)) || compare(a.caseNumber, b.caseNumber) || compare(a.ags, b.ags),
  );
}

function isPersonOf(person: PersonRecord, link: LinkedPerson): boolean {
  const own = toLinkedPerson(person, link.home === null ? null : person.home);
  return (
    own.familyName === link.familyName &&
    own.givenName === link.givenName &&
    own.dateOfBirth === link.dateOfBirth &&
    own.home === link.home
  );
}

const periodOf = ({ periodStart }: CaseRecord): string => (typeof periodStart === 'string' ? periodStart : '');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
