import { describe, expect, it } from '@jest/globals';
import { createLinker, toLinkedPerson } from '../../../../lib/link.js';
import { tagsOfVehicle } from '../../../../subgraphs/vehicles/change-tags.js';
import { indexVehicles } from '../../../../subgraphs/vehicles/vehicle-index.js';
import { type VehicleFields, vehicleExport } from '../../../support/vehicle-record.js';

const pause = async () => undefined;
const index = (records: readonly VehicleFields[]) => indexVehicles(vehicleExport(records), pause);
const vin = (number: number) => `WVW${String(number).padStart(14, '0')}`;
const vehicle = (number: number, fields: VehicleFields = {}): VehicleFields => ({
  number: String(number).padStart(4, '0'),
  vin: vin(number),
  checkDigit: '',
  ...fields,
});
const FLEET = [vehicle(1), vehicle(2), vehicle(3)];

const changes = async (before: readonly VehicleFields[], after: readonly VehicleFields[], most = 10) =>
  (await (await index(after)).changesSince(await index(before), { most, pause }))?.map(
    ({ ags, plate, status }) => `${ags} ${plate} ${String(status)}`,
  ) ?? null;

describe('what differs between two exports', () => {
  it.each([
    ['nothing', FLEET, []],
    ['nothing where the order is another one', [...FLEET].reverse(), []],
    [
      'a record, as it was and as it is',
      [vehicle(1), vehicle(2, { status: 'A' }), vehicle(3)],
      ['10045114 HOM AB 2 REGISTERED', '10045114 HOM AB 2 DEREGISTERED'],
    ],
    ['a flag', [vehicle(1, { blocked: 'J' }), vehicle(2), vehicle(3)], Array(2).fill('10045114 HOM AB 1 REGISTERED')],
    ['one that was removed', [vehicle(1), vehicle(3)], ['10045114 HOM AB 2 REGISTERED']],
    ['one that was added', [...FLEET, vehicle(4)], ['10045114 HOM AB 4 REGISTERED']],
    [
      'one that another office has now',
      [vehicle(1), vehicle(2, { ags: '10045111' }), vehicle(3)],
      ['10045111 HOM AB 2 REGISTERED', '10045114 HOM AB 2 REGISTERED'],
    ],
  ])('is %s', async (_, after, expected) => {
    expect([...((await changes(FLEET, after)) ?? [])].sort()).toEqual([...expected].sort());
  });

  it('is everything where there was nothing, and where nothing is left', async () => {
    expect(await changes([], FLEET)).toHaveLength(3);
    expect(await changes(FLEET, [])).toHaveLength(3);
  });

  it('is not told one by one beyond a bound', async () => {
    expect(await changes([], FLEET, 3)).toHaveLength(3);
    expect(await changes([], FLEET, 2)).toBeNull();
  });
});

describe('what caches must forget of a vehicle', () => {
  const linker = createLinker('a key of the tests that is long enough to be one', 'vehicles');

  it('is its record by both keys, lists of its municipality, and its holder’s vehicles', async () => {
    const found = (await index([vehicle(1)])).byVin('10045114', vin(1));
    const holder = toLinkedPerson({ familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05-17' });
    expect(found && tagsOfVehicle(found, linker)).toEqual([
      `entity:Vehicle:{"ags":"10045114","vin":"${vin(1)}"}`,
      'entity:Vehicle:{"ags":"10045114","plate":"HOM AB 1"}',
      'vehicles:10045114',
      `person:${linker.seal(holder)}`,
    ]);
  });

  it('is nobody’s where a company holds it', async () => {
    const found = (await index([vehicle(1, { holderKind: 'J' })])).byVin('10045114', vin(1));
    expect(found && tagsOfVehicle(found, linker).filter((tag) => tag.startsWith('person:'))).toEqual([]);
  });
});
