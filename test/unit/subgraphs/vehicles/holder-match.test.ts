import { describe, expect, it } from '@jest/globals';
import { toLinkedPerson } from '../../../../lib/link.js';
import { matchHolder } from '../../../../subgraphs/vehicles/holder-match.js';
import type { Holder, Vehicle } from '../../../../subgraphs/vehicles/record.js';

const HOME = { street: 'Talstraße', houseNumber: '12a', postalCode: '66424' };
const HOLDER: Holder = {
  familyName: 'Weißenbrück',
  givenName: 'Käthe',
  isCutOff: false,
  dateOfBirth: '1984-05-17',
  placeOfBirth: 'Homburg',
  ...HOME,
  isBlocked: false,
};
const NAMES = { familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05-17' };

const vehicle = (holder: Partial<Holder> | null, plate = 'HOM A 1'): Vehicle => ({
  ags: '10045114',
  vin: plate,
  plate,
  vinCheckDigit: null,
  status: 'REGISTERED',
  make: null,
  model: null,
  firstRegistration: null,
  inspectionDue: null,
  emissionSticker: null,
  holder: holder && { ...HOLDER, ...holder },
  recordedAt: '',
});
const match = (holders: (Partial<Holder> | null)[], home: typeof HOME | null = null) =>
  matchHolder(
    holders.map((holder, index) => vehicle(holder, `HOM A ${index + 1}`)),
    toLinkedPerson(NAMES, home),
  )?.map(({ plate }) => plate) ?? null;

describe('matchHolder', () => {
  it.each<[string, (Partial<Holder> | null)[], string[] | null]>([
    ['one record', [{}], ['HOM A 1']],
    ['all records of one person', [{}, {}], ['HOM A 1', 'HOM A 2']],
    ['a name in other letters', [{ familyName: 'WEISSENBRUECK', givenName: 'KAETHE' }], ['HOM A 1']],
    ['an address written in another way', [{}, { street: 'Talstr.' }], ['HOM A 1', 'HOM A 2']],
    ['nobody of that family name', [{ familyName: 'Weißenbruch' }], []],
    ['nobody of that given name', [{ givenName: 'Katharina' }], []],
    ['a company among them', [null, {}], ['HOM A 2']],
    ['no record at all', [], []],
    ['records that differ in street', [{}, { street: 'Hochstraße' }], null],
    ['records that differ in house number', [{}, { houseNumber: '12' }], null],
    ['records that differ in place of birth', [{}, { placeOfBirth: 'Metz' }], null],
    ['a cut-off name that could be theirs', [{ familyName: 'Weißen', isCutOff: true }], null],
    ['a cut-off given name that could be theirs', [{ givenName: 'Kä', isCutOff: true }], null],
    ['a cut-off name that is another', [{ familyName: 'Schwarz', isCutOff: true }, {}], ['HOM A 2']],
    ['a name whose letters were lost', [{ familyName: '??', isCutOff: true }], []],
  ])('answers for %s', (_, holders, expected) => {
    expect(match(holders)).toEqual(expected);
  });

  it('asks for the home where the link holds one', () => {
    expect(match([{}], HOME)).toEqual(['HOM A 1']);
    expect(match([{ houseNumber: '12' }], HOME)).toEqual([]);
    expect(match([{}, { street: 'Hochstraße' }], HOME)).toEqual(['HOM A 1']);
  });
});
