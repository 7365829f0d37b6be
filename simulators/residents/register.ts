import { createHash } from 'node:crypto';
import type { HomeAt, Person } from '../person.js';
import { createHashIndex } from './hash-index.js';
import { nameForm, streetForm } from './search-form.js';

/** One person in the register of one municipality, current or former resident. */
export interface Entry {
  /** Position in this system, from 0. */
  readonly position: number;
  /** Number of the person in the simulated world; never sent. */
  readonly serial: number;
  readonly ags: string;
  /** Ordnungsmerkmal, unique in the register of `ags`. */
  readonly key: string;
  readonly familyName: string;
  readonly givenNames: readonly string[];
  readonly callName: string;
  readonly birthName: string | null;
  readonly doctorate: string | null;
  readonly dateOfBirth: string;
  readonly placeOfBirth: string;
  readonly sex: string;
  readonly maritalStatus: string;
  readonly nationalities: readonly string[];
  residences: readonly HomeAt[];
  readonly diedOn: string | null;
  readonly persona: string | null;
  /** § 51 BMG. */
  blocked: boolean;
}

/** What is compared when somebody is looked up as another register knows them. */
export interface KnownPerson {
  readonly ags: string;
  readonly familyName: string;
  /** The first given name alone. */
  readonly givenName: string;
  /** As exact as the register has it. */
  readonly dateOfBirth: string;
  readonly home: Home | null;
}

export interface Home {
  readonly postalCode: string;
  readonly street: string;
  readonly houseNumber: string;
}

/** How the control API names a person. */
export interface Who {
  readonly persona?: unknown;
  readonly registerKey?: unknown;
}

/** The registers of all municipalities that this system holds. */
export interface Register {
  readonly size: number;
  holds(ags: string): boolean;
  byPosition(position: number): Entry | null;
  byKey(ags: string, key: string): Entry | null;
  /** Who has the family name or birth name, and the given name among others. */
  byName(ags: string, name: string, givenName: string): Entry[];
  /** All the register has under this name, now or at birth: also the dead, those who moved away, and blocked ones. */
  known(person: KnownPerson): Entry[];
  hasStreet(ags: string, street: string): boolean;
  /** @throws Error where there is no such person. */
  setBlock(ags: string, who: Who, blocked: boolean): Entry;
  /**
   * The person moves within the municipality.
   *
   * @param day YYYY-MM-DD. @throws Error where nobody of that name lives there.
   */
  move(ags: string, who: Who, to: Home & { readonly day: string }): Entry;
  /** As if the person had never been in any register here. @throws Error where there is no such person. */
  erase(ags: string, who: Who): Entry;
  /** The same person in all registers here. */
  entriesOf(entry: Entry): readonly Entry[];
}

/** @param people Those who never lived in one of the municipalities of `serves` are left out. */
export function createRegister(people: Iterable<Person>, serves: ReadonlySet<string>): Register {
  const entries: Entry[] = [];
  const streets = new Set<string>();
  for (const person of people)
    for (const ags of municipalitiesOf(person))
      if (serves.has(ags)) {
        entries.push(toEntry(person, ags, entries.length));
        for (const home of person.residences) if (home.ags === ags) streets.add(`${ags}|${streetForm(home.street)}`);
      }
  const entry = (number: number) => entries[number] as Entry;
  const erased = new Set<number>();
  const isThere = ({ serial }: Entry) => !erased.has(serial);
  const keys = createHashIndex(entries.length, (number) => [keyOf(entry(number))]);
  const names = createHashIndex(entries.length, (number) => namesOf(entry(number)));
  const births = createHashIndex(entries.length, (number) => birthsOf(entry(number)));
  const entriesOf = ({ serial }: Entry) => entries.filter((one) => one.serial === serial);
  const need = (ags: string, { persona, registerKey }: Who) => {
    const found = entries.find(
      (one) => one.ags === ags && (persona === undefined ? one.key === registerKey : one.persona === persona),
    );
    if (found === undefined) throw new Error('no such person in this register');
    return found;
  };
  return {
    size: entries.length,
    holds: (ags) => serves.has(ags),
    byPosition: (position) => entries.slice(position, position + 1).filter(isThere)[0] ?? null,
    byKey: (ags, key) => keys.find(`${ags}|${key}`).map(entry).filter(isThere)[0] ?? null,
    byName: (ags, name, givenName) =>
      names
        .find(`${ags}|${nameForm(name)}|${nameForm(givenName)}`)
        .map(entry)
        .filter(isThere),
    known: (person) =>
      births
        .find(birthKey(person.ags, person.familyName, person.givenName, person.dateOfBirth))
        .map(entry)
        .filter((found) => isThere(found) && livesAt(found, person.home)),
    hasStreet: (ags, street) => streets.has(`${ags}|${streetForm(street)}`),
    setBlock(ags, who, blocked) {
      const found = need(ags, who);
      for (const one of entriesOf(found)) one.blocked = blocked;
      return found;
    },
    move(ags, who, { day, ...home }) {
      const found = need(ags, who);
      const residences = moveWithin(found, home, day);
      for (const one of entriesOf(found)) one.residences = residences;
      streets.add(`${ags}|${streetForm(home.street)}`);
      return found;
    },
    erase(ags, who) {
      const found = need(ags, who);
      erased.add(found.serial);
      return found;
    },
    entriesOf,
  };
}

/** Moves out of the home in the municipality on the day of moving into the new one. */
function moveWithin({ ags, residences }: Entry, home: Home, day: string): readonly HomeAt[] {
  const left = residences.find((one) => one.ags === ags && one.movedOut === null);
  if (left === undefined) throw new Error('nobody who lives in this municipality');
  const entered = { ...left, ...home, movedIn: day, conditionalBlock: false };
  return [entered, ...residences.map((one) => (one === left ? { ...left, movedOut: day } : one))];
}

/** Lives in the municipality now. */
export const isCurrent = (entry: Entry): boolean =>
  entry.diedOn === null && entry.residences.some((home) => home.ags === entry.ags && home.movedOut === null);

export const livesAt = (entry: Entry, home: Home | null, which: (home: HomeAt) => boolean = () => true): boolean =>
  home === null || entry.residences.some((known) => which(known) && homeForm(known) === homeForm(home));

export const houseNumberForm = nameForm;

/** Also the municipalities a person has left: their registers keep the person, under a key of their own. */
const municipalitiesOf = (person: Person): ReadonlySet<string> =>
  new Set([person.ags, ...person.residences.map(({ ags }) => ags)]);

function toEntry(person: Person, ags: string, position: number): Entry {
  return {
    position,
    serial: person.serial,
    ags,
    key: ags === person.ags ? person.registerKey : keyElsewhere(person, ags),
    familyName: person.familyName,
    givenNames: person.givenNames,
    callName: person.callName,
    birthName: person.birthName,
    doctorate: person.doctorate,
    dateOfBirth: person.dateOfBirth,
    placeOfBirth: person.placeOfBirth,
    sex: person.sex,
    maritalStatus: person.maritalStatus,
    nationalities: person.nationalities,
    residences: person.residences,
    diedOn: person.diedOn,
    persona: ags === person.ags ? person.persona : null,
    blocked: person.blocked,
  };
}

const keyElsewhere = ({ registerKey }: Person, ags: string): string =>
  `V${createHash('sha256').update(`${ags} ${registerKey}`).digest('hex').slice(0, 12)}`;

const keyOf = ({ ags, key }: Entry): string => `${ags}|${key}`;

function namesOf({ ags, familyName, birthName, givenNames }: Entry): string[] {
  const surnames = [familyName, ...(birthName === null ? [] : [birthName])].map(nameForm);
  return [...new Set(surnames.flatMap((surname) => givenNames.map((name) => `${ags}|${surname}|${nameForm(name)}`)))];
}

/** Under the name at birth too: another register may still know the person by it. */
const birthsOf = ({ ags, familyName, birthName, givenNames: [first = ''], dateOfBirth }: Entry): string[] => [
  ...new Set([familyName, birthName ?? familyName].map((name) => birthKey(ags, name, first, dateOfBirth))),
];

const birthKey = (ags: string, familyName: string, givenName: string, dateOfBirth: string): string =>
  `${ags}|${nameForm(familyName)}|${nameForm(givenName)}|${dateOfBirth}`;

const homeForm = ({ postalCode, street, houseNumber }: Home): string =>
  `${postalCode}|${streetForm(street)}|${houseNumberForm(houseNumber)}`;
