import { type LinkedPerson, toLinkedHome } from '../../lib/link.js';
import { normalizeName } from '../../lib/names.js';
import type { Holder, Vehicle } from './record.js';

/**
 * Picks the vehicles of one person out of those whose holders share the person's date of birth in one municipality.
 * A person is known by family name and first given name in search form, and where the link holds a home, by that too.
 *
 * @returns `null` where the register does not identify the person: the records under the name differ in address or
 *   place of birth, or a name that may be cut off could be the person's.
 */
export function matchHolder(candidates: readonly Vehicle[], person: LinkedPerson): readonly Vehicle[] | null {
  const found = candidates.filter(({ holder }) => holder !== null && isAlike(holder, person));
  const holders = found.flatMap(({ holder }) => holder ?? []);
  if (holders.some(({ isCutOff }) => isCutOff)) return null;
  return new Set(holders.map(toDomicile)).size > 1 ? null : found;
}

function isAlike(holder: Holder, person: LinkedPerson): boolean {
  const [familyName, givenName] = [normalizeName(holder.familyName), normalizeName(holder.givenName)];
  // A name whose letters were all lost names everybody.
  if (familyName === '' || givenName === '') return false;
  if (person.home !== null && toLinkedHome(holder) !== person.home) return false;
  return holder.isCutOff
    ? person.familyName.startsWith(familyName) && person.givenName.startsWith(givenName)
    : person.familyName === familyName && person.givenName === givenName;
}

const toDomicile = (holder: Holder): string => `${toLinkedHome(holder)}|${normalizeName(holder.placeOfBirth)}`;
