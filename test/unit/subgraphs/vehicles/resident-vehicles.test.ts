import { describe, expect, it } from '@jest/globals';
import type { Caller } from '../../../../lib/caller.js';
import { createLinker, toLinkedPerson } from '../../../../lib/link.js';
import { createLoaders } from '../../../../subgraphs/vehicles/loaders.js';
import { type ResidentReference, vehiclesOf } from '../../../../subgraphs/vehicles/resident-vehicles.js';
import { indexVehicles } from '../../../../subgraphs/vehicles/vehicle-index.js';
import { vehicleClerk } from '../../../support/callers.js';
import { type VehicleFields, vehicleExport } from '../../../support/vehicle-record.js';

const HOMBURG = '10045114';
const BEXBACH = '10045111';
const ELSEWHERE = '10041100';
const linker = createLinker('a key of the tests that is long enough to be one', 'vehicles');
const NAMES = { familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05-17' };
const TALSTRASSE = { street: 'Talstraße', houseNumber: '12a', postalCode: '66424' };
const link = linker.seal(toLinkedPerson(NAMES));
const provenLink = linker.seal(toLinkedPerson(NAMES, TALSTRASSE));

const citizen: Caller = {
  ...vehicleClerk(),
  role: 'citizen',
  office: null,
  trustLevel: 'hoch',
  account: { ...TALSTRASSE, place: 'Homburg', ...NAMES, givenNames: NAMES.givenName },
};
const clerk = vehicleClerk('10045*');

const RECORDS: VehicleFields[] = [
  { letters: 'B', number: '0002', vin: 'B2', checkDigit: '' },
  { letters: 'B', number: '0010', vin: 'B10', checkDigit: '' },
  { letters: 'A', number: '0001', vin: 'A1', checkDigit: '', ags: BEXBACH },
  { letters: 'C', number: '0001', vin: 'C1', checkDigit: '', familyName: 'Sturmhöfel', blocked: 'J' },
];

async function ask(reference: ResidentReference, caller: Caller | null = citizen, records = RECORDS) {
  const index = await indexVehicles(vehicleExport(records), async () => undefined);
  const signal = new AbortController().signal;
  const connector = { current: () => index, close: async () => undefined };
  const context = {
    caller,
    serves: (ags: string) => ags !== ELSEWHERE,
    loaders: createLoaders({ connector, linker, deadlineMs: 1000 }, signal),
    signal,
    requestId: '-',
  };
  return (await vehiclesOf(reference, context)).map(({ plate }) => plate);
}

describe('vehiclesOf', () => {
  const OWN = ['HOM B 2', 'HOM B 10'];

  it.each<[string, ResidentReference, Caller | null, string[]]>([
    ['a person by plate', { ags: HOMBURG, vehiclesLink: link }, citizen, OWN],
    ['a person to a competent clerk', { ags: HOMBURG, vehiclesLink: link }, clerk, OWN],
    ['nothing to a clerk of elsewhere', { ags: HOMBURG, vehiclesLink: link }, vehicleClerk('10041*'), []],
    ['nothing to nobody', { ags: HOMBURG, vehiclesLink: link }, null, []],
    ['nothing to a partner', { ags: HOMBURG, vehiclesLink: link }, { ...clerk, role: 'partner' }, []],
    ['nothing for a municipality that is not served', { ags: ELSEWHERE, vehiclesLink: link }, citizen, []],
    ['nothing of an uncertain person to a clerk', { ags: HOMBURG, vehiclesLink: null }, clerk, []],
    ['nothing for a foreign link to a clerk', { ags: HOMBURG, vehiclesLink: 'foreign' }, clerk, []],
    [
      'former residences with a proven home too',
      { ags: HOMBURG, vehiclesLink: link, vehiclesFormerly: [{ ags: BEXBACH, link: provenLink }] },
      citizen,
      ['HOM A 1', ...OWN],
    ],
    [
      'each vehicle once where one moved within the municipality',
      { ags: HOMBURG, vehiclesLink: link, vehiclesFormerly: [{ ags: HOMBURG, link: provenLink }] },
      citizen,
      OWN,
    ],
    [
      'no former residence without a home',
      { ags: HOMBURG, vehiclesLink: link, vehiclesFormerly: [{ ags: BEXBACH, link }] },
      citizen,
      OWN,
    ],
    [
      'no former residence that is not served',
      { ags: HOMBURG, vehiclesLink: link, vehiclesFormerly: [{ ags: ELSEWHERE, link: provenLink }] },
      citizen,
      OWN,
    ],
    [
      'a former residence where the present one is not served',
      { ags: ELSEWHERE, vehiclesLink: null, vehiclesFormerly: [{ ags: HOMBURG, link: provenLink }] },
      citizen,
      OWN,
    ],
  ])('answers %s', async (_, reference, caller, plates) => {
    expect(await ask(reference, caller)).toEqual(plates);
  });

  it.each<[string, ResidentReference, VehicleFields[]]>([
    ['the residents register is', { ags: HOMBURG, vehiclesLink: null }, RECORDS],
    ['the link is not of this pair', { ags: HOMBURG, vehiclesLink: 'foreign' }, RECORDS],
    [
      'its own records differ',
      { ags: HOMBURG, vehiclesLink: link },
      [...RECORDS, { letters: 'D', vin: 'D1', checkDigit: '', houseNumber: '13' }],
    ],
  ])('tells the citizen that it is uncertain where %s', async (_, reference, records) => {
    await expect(ask(reference, citizen, records)).rejects.toMatchObject({ code: 'MATCH_UNCERTAIN' });
    expect(await ask(reference, clerk, records)).toEqual([]);
  });

  it('parts a blocked person and their vehicle for everyone but them', async () => {
    const names = { ...NAMES, familyName: 'Sturmhöfel' };
    const reference = { ags: HOMBURG, vehiclesLink: linker.seal(toLinkedPerson(names)) };
    const account = citizen.account && { ...citizen.account, familyName: 'Sturmhöfel' };
    expect(await ask(reference, { ...citizen, account })).toEqual(['HOM C 1']);
    expect(await ask(reference, clerk)).toEqual([]);
    expect(await ask(reference, citizen)).toEqual([]);
  });
});
