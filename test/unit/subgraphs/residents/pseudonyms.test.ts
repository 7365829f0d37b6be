import { describe, expect, it } from '@jest/globals';
import { createPseudonyms, formerPersonsOf, linkedPersonOf } from '../../../../subgraphs/residents/pseudonyms.js';
import { residentOf } from './resident.js';

const KEYS = {
  RESIDENT_ID_KEY: 'r'.repeat(32),
  VEHICLES_LINK_KEY: 'v'.repeat(32),
  OWN_RECORD_KEY: 'o'.repeat(32),
  HOUSING_BENEFIT_LINK_KEY: 'h'.repeat(32),
};
const { idOf, keyOf, position, links } = createPseudonyms(KEYS);

describe('createPseudonyms', () => {
  it('gives back the key behind an id, in its own municipality alone', () => {
    const id = idOf('10045114', '4231651425');
    expect(id).not.toContain('4231651425');
    expect(keyOf('10045114', id)).toBe('4231651425');
    expect(keyOf('10045115', id)).toBe('-');
  });

  it('takes anything else for a key that nobody has', () => {
    expect(keyOf('10045114', 'made-up')).toBe('-');
  });

  it('does not let a position pass for an id', () => {
    expect(keyOf('10045114', position('10045114').seal('MUELLER|ANNA|1990|42'))).toBe('-');
  });

  it('gives every register its own link', () => {
    const person = linkedPersonOf(residentOf({}));
    if (person === null) throw new Error('a resident with a name');
    expect(links.vehicles.open(links.vehicles.seal(person))).toEqual(person);
    expect(links['housing-benefit'].open(links.vehicles.seal(person))).toBeNull();
  });
});

describe('linkedPersonOf', () => {
  it('takes the first given name', () => {
    expect(linkedPersonOf(residentOf({ familyName: 'Ștefănescu', givenNames: ['Anna-Lena', 'Maria'] }))).toEqual({
      familyName: 'STEFANESCU',
      givenName: 'ANNALENA',
      dateOfBirth: '1984-05-17',
      home: null,
    });
  });

  it.each([
    ['family name', { familyName: null }],
    ['given name', { givenNames: null }],
    ['date of birth', { dateOfBirth: null }],
    ['letter in the name', { familyName: '-' }],
  ])('is null without a %s', (_, change) => {
    expect(linkedPersonOf(residentOf(change))).toBeNull();
  });
});

describe('formerPersonsOf', () => {
  const home = (ags: string, isCurrent: boolean, street: string | null = 'In den Weiden') => ({
    address: { street, houseNumber: '11', postalCode: '66113', place: 'Saarbrücken', ags, conditionalBlock: false },
    status: 'SOLE' as const,
    movedIn: null,
    movedOut: null,
    isCurrent,
  });

  it('names each former home in another municipality once', () => {
    const residences = [
      home('10045114', true),
      home('10041100', false),
      home('10041100', false),
      home('10045114', false),
    ];
    expect(formerPersonsOf(residentOf({ residences })).map(({ ags, person }) => [ags, person.home])).toEqual([
      ['10041100', '66113 INDENWEIDEN 11'],
    ]);
  });

  it('leaves out homes of which too little is known, abroad too', () => {
    const abroad = { ...home('10041100', false), address: null };
    expect(formerPersonsOf(residentOf({ residences: [abroad, home('10041100', false, null)] }))).toEqual([]);
  });
});
