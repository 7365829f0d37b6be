import { expect, it } from '@jest/globals';
import { type Caller, OFFICES, ROLES } from '../../../../lib/caller.js';
import { mayRead } from '../../../../subgraphs/encumbrances/access.js';
import { buildingClerk } from '../../../support/callers.js';

const HOMBURG = '10045114';
const CLERK = buildingClerk('10045*');

it.each<[string, Caller | null, boolean]>([
  ['nobody', null, false],
  ['the building authority of the municipality', buildingClerk(HOMBURG), true],
  ['the building authority of the district', CLERK, true],
  ['the building authority of elsewhere', buildingClerk('10041*'), false],
  ['the building authority without a file', { ...CLERK, fileReference: null }, false],
  ['the building authority without a purpose', { ...CLERK, purpose: null }, false],
  ['the building authority for another purpose', { ...CLERK, purpose: 'residents.inquiry' }, false],
])('%s may read: %#', (_, caller, expected) => {
  expect(mayRead(caller, HOMBURG)).toBe(expected);
});

it('is for one role of one office alone, however strong the login', () => {
  const everybody = ROLES.flatMap((role) =>
    [null, ...OFFICES].map((office): Caller => ({ ...CLERK, role, office, trustLevel: 'hoch' })),
  );
  const may = everybody.filter((caller) => mayRead(caller, HOMBURG)).map(({ role, office }) => `${role} ${office}`);
  expect(may).toEqual(['caseworker building']);
});
