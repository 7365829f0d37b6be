import { readCooperationFile } from '../../lib/cooperation/read.js';
import { type LinkedPerson, toLinkedPerson } from '../../lib/link.js';
import { normalizeName } from '../../lib/names.js';
import type { HomeAt, Person } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';

/** The truth behind a small simulated register of Saarpfalz-Kreis, and people in it by what is special about them. */
export const SAARPFALZ = ['10045111', '10045112', '10045113', '10045114', '10045115', '10045116', '10045117'];
export const POPULATION = { size: 6000, today: '2026-03-20' };

const world = { municipalities: readCooperationFile('cooperation.yaml').municipalities, seed: 1, ...POPULATION };
const truth = [...people(world)];
export const persona = (name: string): Person => truth.find((person) => person.persona === name) as Person;
const isHere = (person: Person): boolean => SAARPFALZ.includes(person.ags);
export const isLiving = (person: Person): boolean => person.diedOn === null && !person.movedAway;
const nameKey = ({ ags, familyName, givenNames, dateOfBirth }: Person): string =>
  [ags, normalizeName(familyName), normalizeName(givenNames[0] ?? ''), dateOfBirth].join('|');
const byName = new Map<string, Person[]>();
for (const person of truth) byName.set(nameKey(person), [...(byName.get(nameKey(person)) ?? []), person]);
export const sameName = (person: Person): Person[] => byName.get(nameKey(person)) ?? [];
export const isUnique = (person: Person): boolean => sameName(person).filter(isLiving).length === 1;
export const pick = (what: (person: Person) => boolean): Person => {
  const found = truth.find((person) => isHere(person) && what(person));
  if (found === undefined) throw new Error('The world has no such person.');
  return found;
};

export const linkedTo = ({ familyName, givenNames, dateOfBirth }: Person, home: HomeAt | null = null): LinkedPerson =>
  toLinkedPerson({ familyName, givenName: givenNames[0] ?? '', dateOfBirth }, home);

/** People whom a link leads to: alone under their name, living here, not blocked. */
export const unmistakable = (): Person[] =>
  truth.filter((person) => isHere(person) && isLiving(person) && !person.blocked && isUnique(person));

export const toNames = ({ familyName, givenNames, dateOfBirth }: Record<string, unknown>): string =>
  JSON.stringify([familyName, givenNames, dateOfBirth]);

/** A search that finds several people, none of them under a block, and whom it should find. */
export function manyOfOneName(): { search: { ags: string; search: object }; keys: string[] } {
  const groups = new Map<string, Person[]>();
  for (const person of truth.filter((one) => isHere(one) && isLiving(one)))
    for (const name of new Set([person.familyName, person.birthName ?? person.familyName].map(normalizeName)))
      for (const given of new Set(person.givenNames.map(normalizeName))) {
        const key = [person.ags, person.sex, name, given].join('|');
        groups.set(key, [...(groups.get(key) ?? []), person]);
      }
  const sizes = [...groups].sort(([, one], [, other]) => other.length - one.length);
  const [key, found] = sizes.find(([, group]) => group.every(({ blocked }) => !blocked)) ?? ['', []];
  if (found.length < 2) throw new Error('The world has no namesakes.');
  const [ags = '', sex, familyName, givenName] = key.split('|');
  const search = { familyName, givenName, sex: sex === 'w' ? 'FEMALE' : 'MALE' };
  return { search: { ags, search }, keys: found.map((one) => toNames({ ...one })) };
}
