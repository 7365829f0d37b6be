import type { Caller } from '../../../../lib/caller.js';

export const CITIZEN: Caller = {
  subject: 'citizen-1',
  role: 'citizen',
  office: null,
  municipalities: ['10045114'],
  trustLevel: 'hoch',
  account: {
    familyName: 'Weißenbrück',
    givenNames: 'Käthe Sophie',
    dateOfBirth: '1984-05-17',
    street: 'Talstraße',
    houseNumber: '111',
    postalCode: '66424',
    place: 'Homburg',
  },
  purpose: null,
  fileReference: null,
  scopes: [],
};

export const CLERK: Caller = {
  subject: 'clerk-1',
  role: 'caseworker',
  office: 'residents',
  municipalities: ['10045*'],
  trustLevel: 'hoch',
  account: null,
  purpose: 'residents.inquiry',
  fileReference: 'AZ 2026/17',
  scopes: [],
};
