import { describe, expect, it } from '@jest/globals';
import type { Person, WorldSettings } from '../../../simulators/person.js';
import { companies, people } from '../../../simulators/world.js';
import { placesOf } from '../../../simulators/world-places.js';

const municipality = (ags: string, name: string) => ({ ags, name, district: ags.slice(0, 5) });
const SETTINGS: WorldSettings = {
  municipalities: [
    municipality('10041100', 'Saarbrücken'),
    municipality('10041519', 'Völklingen'),
    municipality('10043114', 'Neunkirchen'),
    municipality('10045113', 'Gersheim'),
    municipality('10045114', 'Homburg'),
    municipality('10045117', 'St. Ingbert'),
  ],
  size: 20_000,
  seed: 1,
  today: '2026-03-20',
};

const everybody = [...people(SETTINGS)];
const living = everybody.filter(({ diedOn, movedAway }) => diedOn === null && !movedAway);
const vehicles = everybody.flatMap((person) => person.vehicles);
const cases = everybody.flatMap(({ housingBenefit }) => housingBenefit ?? []);
const firms = [...companies(SETTINGS)];
const isAdult = ({ dateOfBirth }: Person) => dateOfBirth <= '2008-03-20';
const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;
const isUnique = (keys: readonly string[]) => new Set(keys).size === keys.length;
const first = (settings: WorldSettings, count: number) => {
  const found: Person[] = [];
  for (const person of people(settings)) if (found.push(person) === count) break;
  return found;
};

describe('the simulated world', () => {
  it('is equal for equal settings', () => {
    expect(first({ ...SETTINGS }, 500)).toEqual(everybody.slice(0, 500));
  });

  it('does not depend on the order of the municipalities', () => {
    const reversed = { ...SETTINGS, municipalities: [...SETTINGS.municipalities].reverse() };
    expect(first(reversed, 200)).toEqual(everybody.slice(0, 200));
  });

  it('is another one for another seed', () => {
    const names = (persons: readonly Person[]) => persons.map(({ familyName }) => familyName);
    expect(names(first({ ...SETTINGS, seed: 2 }, 50))).not.toEqual(names(everybody.slice(0, 50)));
  });

  it('has about as many living residents as asked for, by the weight of the municipalities', () => {
    expect(Math.abs(living.length - SETTINGS.size)).toBeLessThan(50);
    for (const { ags, quota } of placesOf(SETTINGS))
      expect(living.filter((person) => person.ags === ags).length - quota).toBeLessThan(6);
  });

  it('gives no register key, VIN, plate or case number twice', () => {
    const all = [...vehicles, ...firms.flatMap((firm) => firm.vehicles)];
    expect(isUnique(everybody.map(({ registerKey }) => registerKey))).toBe(true);
    expect(isUnique(all.map(({ vin }) => vin))).toBe(true);
    expect(isUnique(all.map(({ plate }) => plate))).toBe(true);
    expect(isUnique(cases.map(({ caseNumber }) => caseNumber))).toBe(true);
  });

  it('writes keys, VINs and plates in their legal forms', () => {
    const lettered = /^(SB|VK|NK|HOM|IGB) [A-Z]{1,2} [1-9][0-9]{0,3}[HE]?$/;
    expect(everybody.filter(({ registerKey }) => !/^[1-9][0-9]{9}$/.test(registerKey))).toEqual([]);
    expect(vehicles.filter(({ plate }) => !lettered.test(plate) || plate.replaceAll(' ', '').length > 8)).toEqual([]);
    const formOf = (year: string) => (year < '1981' ? /^[0-9]{7,11}$/ : /^[A-HJ-NPR-Z0-9]{17}$/);
    expect(vehicles.filter(({ vin, firstRegistration }) => !formOf(firstRegistration).test(vin))).toEqual([]);
    expect(vehicles.some(({ vin }) => vin.length < 17)).toBe(true);
  });

  it('holds households of one to six people at one address', () => {
    const households = new Map<number, Person[]>();
    for (const person of everybody)
      households.set(person.household, [...(households.get(person.household) ?? []), person]);
    const sizes = [...households.values()].map(({ length }) => length);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([1, 6]);
    const addressOf = ({ residences: [home] }: Person) => `${home?.ags} ${home?.street} ${home?.houseNumber}`;
    expect([...households.values()].filter((members) => new Set(members.map(addressOf)).size !== 1)).toEqual([]);
  });

  it('lets nobody live anywhere before their birth or after they left', () => {
    const isWrong = ({ dateOfBirth, residences, diedOn, movedAway }: Person) =>
      residences.some(({ movedIn, movedOut }) => movedIn < dateOfBirth || (movedOut !== null && movedOut < movedIn)) ||
      (residences[0]?.movedOut === null) !== (diedOn === null && !movedAway);
    expect(everybody.filter((person) => person.dateOfBirth.length === 10 && isWrong(person))).toEqual([]);
  });

  it.each([
    ['people under an information block', everybody.filter(({ blocked }) => blocked), 0.002, 0.012],
    [
      'people in a home with a conditional block',
      everybody.filter(({ residences: [home] }) => home?.conditionalBlock),
      0.003,
      0.02,
    ],
    [
      'people whose birth date is known in part',
      everybody.filter(({ dateOfBirth }) => dateOfBirth.length < 10),
      0.003,
      0.01,
    ],
    ['people who died', everybody.filter(({ diedOn }) => diedOn !== null), 0.005, 0.03],
    ['people who left', everybody.filter(({ movedAway }) => movedAway), 0.01, 0.04],
    [
      'people who moved inside the cooperation',
      everybody.filter(({ ags, residences }) => residences.some((home) => home.ags !== ags)),
      0.02,
      0.1,
    ],
    [
      'names with letters ISO-8859-15 does not know',
      everybody.filter(({ familyName }) => /[^ -ÿ€ŠšŽžŒœŸ]/.test(familyName)),
      0.05,
      0.2,
    ],
  ])('has %s', (_, found, least, most) => {
    expect(share(found, everybody)).toBeGreaterThan(least);
    expect(share(found, everybody)).toBeLessThan(most);
  });

  it('gives more than half of the adults a vehicle and about one household in twenty-five a case', () => {
    const adults = living.filter(isAdult);
    expect(
      share(
        adults.filter((person) => person.vehicles.length > 0),
        adults,
      ),
    ).toBeCloseTo(0.55, 1);
    expect(share(cases, [...new Set(everybody.map(({ household }) => household))])).toBeCloseTo(0.04, 1.5);
  });

  it('leaves cars and cases of some who moved with the former office, which knows the old address', () => {
    const cars = everybody.filter(({ ags, vehicles: [car] }) => car && car.officeAgs !== ags);
    const files = everybody.filter(({ ags, housingBenefit }) => housingBenefit && housingBenefit.officeAgs !== ags);
    expect(cars.length).toBeGreaterThan(20);
    expect(files.length).toBeGreaterThan(2);
    for (const {
      residences,
      vehicles: [car],
    } of cars) {
      const former = residences.find(({ ags, movedOut }) => ags === car?.officeAgs && movedOut !== null);
      expect(car?.holderHome.street).toBe(former?.street);
    }
  });

  it('keeps all vehicles of one holder at one office and address', () => {
    const placesOfRecord = ({ vehicles: owned }: Person) =>
      new Set(owned.map(({ officeAgs, holderHome }) => `${officeAgs} ${holderHome.street}`)).size;
    expect(everybody.filter((person) => placesOfRecord(person) > 1)).toEqual([]);
  });

  it('has a few strangers with one name and birth date, inside a municipality and across', () => {
    const alike = new Map<string, Person[]>();
    for (const person of everybody) {
      const key = `${person.familyName}|${person.givenNames[0]}|${person.dateOfBirth}`;
      alike.set(key, [...(alike.get(key) ?? []), person]);
    }
    const doubles = [...alike.values()].filter(({ length }) => length > 1);
    const municipalitiesOf = (persons: readonly Person[]) => new Set(persons.map(({ ags }) => ags)).size;
    expect(doubles.filter((persons) => municipalitiesOf(persons) < persons.length).length).toBeGreaterThan(5);
    expect(doubles.filter((persons) => municipalitiesOf(persons) > 1).length).toBeGreaterThan(1);
    expect(doubles.length).toBeLessThan(100);
    expect(doubles.flat().some(({ blocked }) => blocked)).toBe(true);
    for (const persons of doubles) expect(isUnique(persons.map(({ household }) => String(household)))).toBe(true);
  });

  it('has twins with different given names', () => {
    const births = new Map<string, Person[]>();
    for (const person of everybody) {
      const key = `${person.household} ${person.dateOfBirth}`;
      births.set(key, [...(births.get(key) ?? []), person]);
    }
    const twins = [...births.values()].filter(({ length }) => length > 1);
    expect(twins.length).toBeGreaterThan(5);
    for (const persons of twins) expect(isUnique(persons.map(({ givenNames }) => String(givenNames[0])))).toBe(true);
  });

  it('writes all names composed (NFC), some with letters that only a combining sign makes', () => {
    const names = everybody.flatMap(({ familyName, givenNames, placeOfBirth }) => [
      familyName,
      ...givenNames,
      placeOfBirth,
    ]);
    expect(names.filter((name) => name !== name.normalize('NFC'))).toEqual([]);
    expect(names.some((name) => /\p{M}/u.test(name))).toBe(true);
  });

  it('knows some holders under the name they were born with', () => {
    const known = everybody.filter(({ familyName, vehicles: [car] }) => car && car.holderFamilyName !== familyName);
    expect(known.length).toBeGreaterThan(3);
    for (const { birthName, vehicles: owned } of known)
      for (const { holderFamilyName } of owned) expect(holderFamilyName).toBe(birthName);
  });

  it('decides cases with believable figures', () => {
    for (const { status, monthlyAmountCents, periodStart, periodEnd } of cases) {
      expect(periodStart).toMatch(/-01$/);
      expect(status === 1 || status === 3 ? monthlyAmountCents : monthlyAmountCents % 100).toBe(0);
      if (status === 2) expect([monthlyAmountCents >= 1000, periodEnd >= SETTINGS.today]).toEqual([true, true]);
      if (status === 5) expect(periodEnd < SETTINGS.today).toBe(true);
    }
  });

  it('gives every municipality a company with vehicles', () => {
    expect(new Set(firms.map(({ ags }) => ags)).size).toBe(SETTINGS.municipalities.length);
    for (const firm of firms) expect(firm.vehicles.length).toBeGreaterThan(0);
  });
});
