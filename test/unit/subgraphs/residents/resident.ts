import type { ResidentRecord } from '../../../../subgraphs/residents/record.js';

export const residentOf = (change: Partial<ResidentRecord>): ResidentRecord => ({
  ags: '10045114',
  registerKey: '3213124066',
  familyName: 'Weißenbrück',
  givenNames: ['Käthe', 'Sophie'],
  callName: 'Käthe',
  birthName: 'Tränkle',
  doctorate: null,
  dateOfBirth: '1984-05-17',
  placeOfBirth: 'Homburg',
  sex: 'FEMALE',
  maritalStatus: 'MARRIED',
  nationalities: ['DE'],
  currentAddress: null,
  residences: [],
  asOf: '2026-11-22T10:00:01.500Z',
  ...change,
});
