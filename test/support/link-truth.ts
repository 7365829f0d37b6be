import type { Person, WorldSettings } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';
import { homeOf, isResident, plateOf } from './everybody.js';

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
  /**
   * Residents who are to ask for themselves: first those whose links are hard (records at a former office, a block, a
   * namesake anywhere, another name with an office), then others at even distances.
   */
  readonly askers: readonly Person[];
}

/** What of a person an answer shows: municipality, names, date of birth, street and house number. */
export const toMark = (...parts: readonly (string | readonly string[] | null | undefined)[]): string =>
  JSON.stringify(parts);

/** Reads the world person by person: a million of them together would not fit a process. @param most Askers. */
export function readLinkTruth(world: WorldSettings, most: number): LinkTruth {
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
  const others: Person[] = [];
  const distance = Math.max(1, Math.floor(count / most));
  for (const person of people(world)) {
    if (!isResident(person)) continue;
    if (isHard(person) || (namesakes.get(nameOf(person)) ?? 0) > 1) hard.push(person);
    else if (person.serial % distance === 0) others.push(person);
  }
  return { people: count, owners, askers: [...hard, ...others].slice(0, most) };
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
