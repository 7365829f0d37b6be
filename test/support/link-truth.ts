import type { Person, WorldSettings } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';
import { homeOf, isResident, plateOf } from './everybody.js';

export type { Person } from '../../simulators/person.js';

/** Whose a record of an office is. */
export interface Owner {
  /** Everything that tells the person from all others, see `toMark`. */
  readonly mark: string;
  /** Lives where the record is, under no block: the registers could know it. */
  readonly isLinkable: boolean;
}

export interface LinkTruth {
  readonly people: number;
  /** By municipality and plate or case number. */
  readonly owners: ReadonlyMap<string, Owner>;
  /** Records that residents own, wherever they are. */
  readonly own: number;
  /** Residents whose links are hard: records at a former office, a block, a namesake anywhere, another name with an office. */
  readonly hard: readonly Person[];
  /** Other residents at even distances, and one of how many each of them is. */
  readonly sample: readonly Person[];
  readonly distance: number;
}

/** What of a person an answer shows: municipality, names, date of birth, street and house number. */
export const toMark = (...parts: readonly (string | readonly string[] | null | undefined)[]): string =>
  JSON.stringify(parts);

/** Reads the world person by person: a million of them together would not fit a process. @param sampleSize About how many others. */
export function readLinkTruth(world: WorldSettings, sampleSize: number): LinkTruth {
  const owners = new Map<string, Owner>();
  const namesakes = new Map<string, number>();
  let count = 0;
  for (const person of people(world)) {
    count += 1;
    const name = nameOf(person);
    namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
    for (const [ags, record] of recordsOf(person))
      owners.set(record, {
        mark: markOf(person),
        isLinkable: isResident(person) && !person.blocked && ags === person.ags,
      });
  }
  const hard: Person[] = [];
  const sample: Person[] = [];
  let own = 0;
  const distance = Math.max(1, Math.floor(count / sampleSize));
  for (const person of people(world)) {
    if (!isResident(person)) continue;
    own += recordsOf(person).length;
    if (isHard(person) || (namesakes.get(nameOf(person)) ?? 0) > 1) hard.push(person);
    else if (person.serial % distance === 0) sample.push(person);
  }
  return { people: count, owners, own, hard, sample, distance };
}

export const recordsOf = (person: Person): readonly (readonly [ags: string, record: string])[] => [
  ...person.vehicles.map((vehicle) => [vehicle.officeAgs, plateOf(vehicle)] as const),
  ...(person.housingBenefit
    ? [
        [
          person.housingBenefit.officeAgs,
          `${person.housingBenefit.officeAgs} ${person.housingBenefit.caseNumber}`,
        ] as const,
      ]
    : []),
];

const nameOf = ({ familyName, givenNames, dateOfBirth }: Person): string =>
  `${familyName}|${givenNames[0]}|${dateOfBirth}`.toUpperCase();

function isHard(person: Person): boolean {
  const records = recordsOf(person);
  if (records.length === 0) return false;
  return (
    person.blocked ||
    records.some(([ags]) => ags !== person.ags) ||
    person.vehicles.some(({ holderFamilyName }) => holderFamilyName !== person.familyName) ||
    (person.housingBenefit !== null && person.housingBenefit.applicantFamilyName !== person.familyName)
  );
}

function markOf(person: Person): string {
  const home = homeOf(person);
  const { ags, familyName, givenNames, dateOfBirth } = person;
  return toMark(ags, familyName, givenNames, dateOfBirth, home?.street, home?.houseNumber);
}
