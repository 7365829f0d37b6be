import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../../lib/errors.js';
import { toLinkedPerson } from '../../../../lib/link.js';
import { matchPersons, mergeCases } from '../../../../subgraphs/housing-benefit/match.js';
import type { CaseRecord, PersonRecord } from '../../../../subgraphs/housing-benefit/record.js';

const HOME = { street: 'Talstraße', houseNumber: '11', postalCode: '66424' };
const person = (change: Partial<PersonRecord> = {}): PersonRecord => ({
  familyName: 'Weißenbrück',
  givenName: 'Käthe',
  dateOfBirth: '1984-05-17',
  isBlocked: false,
  placeOfBirth: 'Homburg',
  home: HOME,
  cases: [],
  ...change,
});
const LINK = toLinkedPerson(person());

describe('matching persons of the register with a link', () => {
  it.each([
    ['spelled the same', {}],
    ['spelled without umlauts', { familyName: 'WEISSENBRUECK', givenName: 'Kaethe' }],
    ['under a block: for the person themself it counts', { isBlocked: true }],
  ])('finds who is %s', (_, change) => expect(matchPersons([person(change)], LINK)).toEqual([person(change)]));

  it.each([
    ['has another family name', { familyName: 'Weißenbruck' }],
    ['has another given name', { givenName: 'Kathe' }],
    ['was born on another day', { dateOfBirth: '1984-05-18' }],
    ['has a less exact date of birth', { dateOfBirth: '1984-05' }],
  ])('does not take who %s', (_, change) => expect(matchPersons([person(change)], LINK)).toEqual([]));

  it.each([
    ['addresses', { home: { ...HOME, houseNumber: '12' } }],
    ['places of birth', { placeOfBirth: 'Neunkirchen' }],
    ['addresses, one of them under a block', { home: { ...HOME, street: 'Hochstraße' }, isBlocked: true }],
  ])('is uncertain about entries that differ in their %s', (_, change) =>
    expect(matchPersons([person(), person(change)], LINK)).toBeNull(),
  );

  it('takes two entries that agree for one person, however the street is written', () => {
    const twice = [person(), person({ home: { ...HOME, street: 'TALSTR.' } })];
    expect(matchPersons(twice, LINK)).toEqual(twice);
  });

  it('is not disturbed by people who are not meant', () => {
    const other = person({ givenName: 'Mia', home: { ...HOME, street: 'Hochstraße' } });
    expect(matchPersons([other, person()], LINK)).toEqual([person()]);
  });

  describe('that holds a home', () => {
    const withHome = toLinkedPerson(person(), HOME);

    it('takes only who lives there in the register', () => {
      const elsewhere = person({ home: { ...HOME, houseNumber: '12' } });
      expect(matchPersons([elsewhere, person()], withHome)).toEqual([person()]);
      expect(matchPersons([elsewhere], withHome)).toEqual([]);
    });

    it('is uncertain about two people of that name at one address', () => {
      expect(matchPersons([person(), person({ placeOfBirth: 'Bexbach' })], withHome)).toBeNull();
    });
  });
});

describe('cases from several answers', () => {
  const found = (ags: string, caseNumber: string, periodStart: CaseRecord['periodStart']): CaseRecord => ({
    ags,
    caseNumber,
    periodStart,
    status: 'GRANTED',
    householdSize: 1,
    grossColdRentCents: 1,
    monthlyIncomeCents: 1,
    monthlyAmountCents: 1,
    periodEnd: null,
    applicant: null,
  });
  const numbers = (cases: CaseRecord[]) => mergeCases(cases).map(({ caseNumber }) => caseNumber);

  it('stand in the order of their periods, the latest first, those without one last', () => {
    expect(
      numbers([
        found('1', 'A', '2024-01-01'),
        found('1', 'B', null),
        found('1', 'C', '2026-01-01'),
        found('1', 'D', new AppError('LEGACY_MALFORMED')),
      ]),
    ).toEqual(['C', 'A', 'B', 'D']);
  });

  it('are there once, unless they are of different municipalities', () => {
    expect(numbers([found('1', 'A', null), found('1', 'A', null), found('2', 'A', null)])).toEqual(['A', 'A']);
  });
});
