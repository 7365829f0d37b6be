import { describe, expect, it } from '@jest/globals';
import type { Account, Caller } from '../../../../lib/caller.js';
import { toLinkedPerson } from '../../../../lib/link.js';
import { isSelf, mayReadOffice } from '../../../../subgraphs/vehicles/access.js';
import { vehicleClerk } from '../../../support/callers.js';

const ACCOUNT: Account = {
  familyName: 'Weißenbrück',
  givenNames: 'Sophie Käthe',
  dateOfBirth: '1984-05-17',
  street: 'Talstraße',
  houseNumber: '12a',
  postalCode: '66424',
  place: 'Homburg',
};
const citizen = (account: Partial<Account> | null = {}): Caller => ({
  ...vehicleClerk('10045114'),
  role: 'citizen',
  office: null,
  trustLevel: 'hoch',
  account: account && { ...ACCOUNT, ...account },
});

describe('mayReadOffice', () => {
  it.each([
    ['nobody', null, false],
    ['a caseworker of the municipality', vehicleClerk('10045114'), true],
    ['a caseworker of the district', vehicleClerk('10041*', '10045*'), true],
    ['a caseworker of elsewhere', vehicleClerk('10041100'), false],
    [
      'the residents’ office',
      { ...vehicleClerk('*'), office: 'residents', purpose: 'residents.inquiry' } as const,
      false,
    ],
    [
      'the housing-benefit office',
      { ...vehicleClerk('*'), office: 'housing-benefit', purpose: 'housing-benefit.case' } as const,
      false,
    ],
    ['another office with this purpose', { ...vehicleClerk('*'), office: 'residents' } as const, false],
    ['another purpose', { ...vehicleClerk('*'), purpose: 'residents.inquiry' }, false],
    ['no purpose', { ...vehicleClerk('*'), purpose: null }, false],
    ['no file', { ...vehicleClerk('*'), fileReference: null }, false],
    ['a citizen', citizen(), false],
    ['an agent of the phone centre', { ...vehicleClerk('*'), role: 'agent-115' } as const, false],
    ['a partner', { ...vehicleClerk('*'), role: 'partner' } as const, false],
    ['an operator', { ...vehicleClerk('*'), role: 'operator' } as const, false],
  ])('decides for %s', (_, caller, expected) => {
    expect(mayReadOffice(caller, '10045114')).toBe(expected);
  });
});

describe('isSelf', () => {
  const person = toLinkedPerson({ familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05-17' });

  it.each([
    ['the person, whatever the order of their names', citizen(), true],
    ['the person in other letters', citizen({ familyName: 'WEISSENBRÜCK', givenNames: 'Kaethe' }), true],
    ['the person of whose birth only the year is known', citizen({ dateOfBirth: '1984' }), true],
    ['another family name', citizen({ familyName: 'Weiß' }), false],
    ['another given name', citizen({ givenNames: 'Käthe-Sophie' }), false],
    ['another day', citizen({ dateOfBirth: '1984-05-18' }), false],
    ['a login without account', citizen(null), false],
    ['a weaker login', { ...citizen(), trustLevel: 'substanziell' } as const, false],
    ['a caseworker with such an account', { ...citizen(), role: 'caseworker' } as const, false],
    ['nobody', null, false],
  ])('decides for %s', (_, caller, expected) => {
    expect(isSelf(caller, person)).toBe(expected);
  });
});
