import { describe, expect, it } from '@jest/globals';
import { readPlate } from '../../../../subgraphs/vehicles/plate.js';
import type { VehicleSearch } from '../../../../subgraphs/vehicles/schema.generated.js';
import { indexVehicles } from '../../../../subgraphs/vehicles/vehicle-index.js';
import { type VehicleFields, vehicleExport } from '../../../support/vehicle-record.js';

const HOMBURG = '10045114';
const BEXBACH = '10045111';
const pause = async () => undefined;
const index = (...records: VehicleFields[]) => indexVehicles(vehicleExport(records), pause);
const vin = (number: number) => `WVW${String(number).padStart(14, '0')}`;

const FLEET: VehicleFields[] = [
  { letters: 'B', number: '0100', vin: vin(1), make: 'Opel', status: 'A' },
  { letters: 'B', number: '0012', vin: vin(2), make: 'Opel' },
  { letters: 'AB', number: '0009', vin: vin(3) },
  { letters: 'A', number: '9999', vin: vin(4), suffix: 'E' },
  { ags: BEXBACH, letters: 'A', number: '0001', vin: vin(5) },
  { district: 'HO', letters: 'M', number: '0001', vin: vin(6) },
].map((fields) => ({ checkDigit: '', ...fields }));

describe('indexVehicles', () => {
  it('finds a vehicle by plate and by VIN in its municipality alone', async () => {
    const found = await index(...FLEET);
    const plate = readPlate('HOM AB 9');
    if (plate === null) throw new TypeError('no plate');
    expect(found.byPlate(HOMBURG, plate)?.vin).toBe(vin(3));
    expect(found.byPlate(BEXBACH, plate)).toBeNull();
    expect(found.byPlate(HOMBURG, { ...plate, suffix: 'H' })).toBeNull();
    expect(found.byVin(HOMBURG, vin(3))?.plate).toBe('HOM AB 9');
    expect(found.byVin(BEXBACH, vin(3))).toBeNull();
  });

  it('does not take a short chassis number for the beginning of a longer one', async () => {
    const found = await index({ vin: '1234567', checkDigit: '' });
    expect(found.byVin(HOMBURG, '123456')).toBeNull();
    expect(found.byVin(HOMBURG, '1234567')).not.toBeNull();
  });

  it('finds the vehicles whose holders share a date of birth, as exact as it is', async () => {
    const found = await index(
      { vin: vin(1), checkDigit: '', letters: 'A', dateOfBirth: '00001984' },
      { vin: vin(2), checkDigit: '', letters: 'B', dateOfBirth: '00001984', ags: BEXBACH },
      { vin: vin(3), checkDigit: '', letters: 'C', dateOfBirth: '00001984' },
      { vin: vin(4), checkDigit: '', letters: 'D', dateOfBirth: '00051984' },
    );
    expect(found.byBirth(HOMBURG, '1984').map((vehicle) => vehicle.vin)).toEqual([vin(1), vin(3)]);
    expect(found.byBirth(HOMBURG, '1984-05').map((vehicle) => vehicle.vin)).toEqual([vin(4)]);
    expect(found.byBirth(HOMBURG, '1984-05-01')).toEqual([]);
  });

  it('serves a vehicle whose check digit is wrong, and counts it', async () => {
    const found = await index({ checkDigit: '5' }, { vin: vin(1), checkDigit: '', letters: 'B' });
    expect(found.wrongCheckDigits).toBe(1);
    expect(found.byVin(HOMBURG, 'A1BS31Z0430336179')?.vinCheckDigit).toBe('5');
  });

  it('may be of nothing', async () => {
    const found = await index();
    expect(found.count).toBe(0);
    expect(found.byVin(HOMBURG, vin(1))).toBeNull();
  });

  it.each<[string, VehicleFields[], Parameters<typeof vehicleExport>[1], string]>([
    ['a plate that stands twice', [{}, { vin: vin(1) }], {}, 'record 3, column 1: the plate stands twice'],
    ['a VIN that stands twice', [{}, { letters: 'B' }], {}, 'record 3, column 1: the VIN stands twice'],
    ['letters in a municipality', [{ ags: '1004511X' }], {}, 'record 2, column 3: ags breaks the layout'],
    ['a plate of number 0', [{ number: '0000' }], {}, 'record 2, column 16: number breaks the layout'],
    ['a shifted record', [{ vin: ' A1BS31Z043033617' }], {}, 'record 2, column 21: vin breaks the layout'],
    [
      'a record of another export',
      [{ sequence: '0000002' }],
      {},
      'record 2, column 249: the record is of another export',
    ],
    ['the trail of another export', [{}], { sequence: 2 }, 'head and trail are of different exports'],
    ['the trail of another day', [{}], { date: '23112026' }, 'head and trail are of different exports'],
  ])('refuses %s', async (_, records, trail, message) => {
    await expect(indexVehicles(vehicleExport(records, trail), pause)).rejects.toThrow(message);
  });
});

describe('the list of a municipality', () => {
  const list = async (search: VehicleSearch | null, after: string | null = null, limit = 10) => {
    const found = await index(...FLEET);
    const wanted = { ags: HOMBURG, search, after: after === null ? null : readPlate(after), limit };
    return (await found.list(wanted, new AbortController().signal)).map(({ plate }) => plate);
  };
  const ALL = ['HO M 1', 'HOM A 9999E', 'HOM AB 9', 'HOM B 12', 'HOM B 100'];

  it.each<[string, VehicleSearch | null, string[]]>([
    ['everything, numbers by their value', null, ALL],
    ['an empty search', { platePrefix: '', make: null, status: null }, ALL],
    ['a make', { make: 'Opel' }, ['HOM B 12', 'HOM B 100']],
    ['a part of a make', { make: 'Ope' }, []],
    ['a status', { status: 'DEREGISTERED' }, ['HOM B 100']],
    ['the beginning of a district', { platePrefix: 'ho' }, ALL],
    ['a whole district', { platePrefix: 'HO ' }, ['HO M 1']],
    ['the beginning of the letters', { platePrefix: 'HOM A' }, ['HOM A 9999E', 'HOM AB 9']],
    ['all letters', { platePrefix: 'HOM-A ' }, ['HOM A 9999E']],
    ['the beginning of the number', { platePrefix: 'HOM B 1' }, ['HOM B 12', 'HOM B 100']],
    ['letters and number without a blank', { platePrefix: 'HOM B10' }, ['HOM B 100']],
    ['a whole plate', { platePrefix: 'HOM A 9999E' }, ['HOM A 9999E']],
    ['a number without letters', { platePrefix: 'HOM 1' }, []],
    ['letters without a district', { platePrefix: '-B' }, []],
    ['a letter that no plate has', { platePrefix: 'É' }, []],
    ['very many blanks', { platePrefix: `HOM${' '.repeat(50_000)}!` }, []],
    ['a letter that is two in capitals', { platePrefix: 'ß' }, []],
    ['a plate and a make that do not fit', { platePrefix: 'HOM A', make: 'Opel' }, []],
  ])('answers %s', async (_, search, plates) => {
    expect(await list(search)).toEqual(plates);
  });

  it('goes on after a plate, whether or not the vehicle is still there', async () => {
    expect(await list(null, 'HOM AB 9')).toEqual(['HOM B 12', 'HOM B 100']);
    expect(await list(null, 'HOM AB 10')).toEqual(['HOM B 12', 'HOM B 100']);
    expect(await list({ platePrefix: 'HOM A' }, 'HO M 1')).toEqual(['HOM A 9999E', 'HOM AB 9']);
    expect(await list(null, 'ZZ ZZ 9999')).toEqual([]);
  });

  it('stops at its limit, and when nobody waits any more', async () => {
    expect(await list(null, null, 2)).toEqual(ALL.slice(0, 2));
    const found = await index(...FLEET);
    const wanted = { ags: HOMBURG, search: { make: 'none' }, after: null, limit: 1 };
    await expect(found.list(wanted, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });
});
