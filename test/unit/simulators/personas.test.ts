import { describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../lib/caller.js';
import type { WorldSettings } from '../../../simulators/person.js';
import { personasOf } from '../../../simulators/personas.js';
import { people } from '../../../simulators/world.js';

const municipality = (ags: string, name: string) => ({ ags, name, district: ags.slice(0, 5) });
const SAARLAND: WorldSettings = {
  municipalities: [
    municipality('10041100', 'Saarbrücken'),
    municipality('10043114', 'Neunkirchen'),
    municipality('10045114', 'Homburg'),
    municipality('10045117', 'St. Ingbert'),
  ],
  size: 600,
  seed: 7,
  today: '2026-03-01',
};
const ELSEWHERE = {
  ...SAARLAND,
  municipalities: [municipality('05162024', 'Neuss'), municipality('05162004', 'Dormagen')],
};
const ALONE = { ...SAARLAND, municipalities: [municipality('14612000', 'Dresden')], size: 1 };

const CITIZENS = ['citizen', 'citizen-moved', 'citizen-substantial', 'citizen-basic', 'citizen-blocked'];
const find = (settings: WorldSettings, name: string) => {
  const person = [...people(settings)].find(({ persona }) => persona === name);
  if (person === undefined) throw new Error(`no ${name}`);
  return person;
};
const claimsOf = (settings: WorldSettings, name: string) =>
  personasOf(settings).find((persona) => persona.name === name)?.claims;

describe('personas', () => {
  it('have the names and roles of the contract', () => {
    expect(personasOf(SAARLAND).map(({ name, claims }) => [name, claims.role, claims.acr ?? null])).toEqual([
      ['citizen', 'citizen', 'STORK-QAA-Level-4'],
      ['citizen-moved', 'citizen', 'STORK-QAA-Level-4'],
      ['citizen-substantial', 'citizen', 'STORK-QAA-Level-3'],
      ['citizen-basic', 'citizen', 'STORK-QAA-Level-1'],
      ['citizen-blocked', 'citizen', 'STORK-QAA-Level-4'],
      ['residents-clerk', 'caseworker', 'STORK-QAA-Level-4'],
      ['benefit-clerk', 'caseworker', 'STORK-QAA-Level-4'],
      ['vehicle-clerk', 'caseworker', 'STORK-QAA-Level-4'],
      ['building-clerk', 'caseworker', 'STORK-QAA-Level-4'],
      ['agent-115', 'agent-115', 'STORK-QAA-Level-3'],
      ['partner', 'partner', null],
      ['protection-officer', 'protection-officer', 'STORK-QAA-Level-4'],
      ['operator', 'operator', 'STORK-QAA-Level-3'],
    ]);
    for (const { claims } of personasOf(SAARLAND)) expect(ROLES).toContain(claims.role);
  });

  it.each([
    ['the Saarland example', SAARLAND, ['10045114', '10045114', '10045117', '10045117', '10045117']],
    ['another cooperation', ELSEWHERE, ['05162004', '05162004', '05162024', '05162024', '05162024']],
    ['a single municipality with hardly any people', ALONE, Array<string>(5).fill('14612000')],
  ])('live in %s with an account that fits the register', (_, settings, homes) => {
    for (const [index, name] of CITIZENS.entries()) {
      const person = find(settings, name);
      const [home] = person.residences;
      const claims = claimsOf(settings, name);
      expect(person.ags).toBe(homes[index]);
      expect(claims?.ags).toEqual([person.ags]);
      expect([claims?.family_name, claims?.given_name, claims?.birthdate]).toEqual([
        person.familyName,
        person.givenNames.join(' '),
        person.dateOfBirth,
      ]);
      expect(claims?.address).toEqual({
        street_address: `${home?.street} ${home?.houseNumber}`,
        street: home?.street,
        house_number: home?.houseNumber,
        postal_code: home?.postalCode,
        locality: home?.place,
      });
    }
  });

  it.each([SAARLAND, ELSEWHERE, ALONE])(
    'have a registered vehicle and a running case in any cooperation',
    (settings) => {
      for (const name of CITIZENS) {
        const { vehicles, housingBenefit, diedOn, movedAway } = find(settings, name);
        expect([vehicles[0]?.status, housingBenefit?.status, diedOn, movedAway]).toEqual(['Z', 2, null, false]);
        expect(housingBenefit?.periodEnd && housingBenefit.periodEnd >= settings.today).toBe(true);
      }
    },
  );

  it('are alone with their name in the world', () => {
    const names = new Set(CITIZENS.map((name) => find(SAARLAND, name).familyName));
    const bearers = [...people(SAARLAND)].filter(
      ({ familyName, persona }) => names.has(familyName) && persona === null,
    );
    const households = new Set(CITIZENS.map((name) => find(SAARLAND, name).household));
    expect(bearers.every(({ household }) => households.has(household))).toBe(true);
  });

  it('moved last month, while car and case stayed with the former office', () => {
    const { residences, vehicles, housingBenefit } = find(SAARLAND, 'citizen-moved');
    expect(residences.map(({ ags, movedIn }) => [ags, movedIn])).toEqual([
      ['10045114', '2026-02-10'],
      ['10041100', '2011-06-01'],
    ]);
    for (const { officeAgs, holderHome } of vehicles)
      expect([officeAgs, holderHome.ags]).toEqual(['10041100', '10041100']);
    expect([housingBenefit?.officeAgs, housingBenefit?.applicantHome.ags]).toEqual(['10041100', '10041100']);
  });

  it('include one under an information block, and only that one', () => {
    const blocked = CITIZENS.filter((name) => find(SAARLAND, name).blocked);
    expect(blocked).toEqual(['citizen-blocked']);
  });

  it('give clerks the district of the citizen and the officer the first municipality, or those of the contract', () => {
    const municipalitiesOf = (settings: WorldSettings) =>
      ['residents-clerk', 'benefit-clerk', 'vehicle-clerk', 'building-clerk', 'protection-officer'].map(
        (name) => claimsOf(settings, name)?.ags,
      );
    expect(municipalitiesOf(SAARLAND)).toEqual([['10045117'], ['10045*'], ['10045*'], ['10045*'], ['10041100']]);
    expect(municipalitiesOf(ELSEWHERE)).toEqual([['05162024'], ['05162*'], ['05162*'], ['05162*'], ['05162004']]);
  });
});
