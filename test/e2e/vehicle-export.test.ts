import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import { toLinkedPerson } from '../../lib/link.js';
import type { HomeAt, OwnedVehicle, Person } from '../../simulators/person.js';
import { dataLine, type Holder, headLine, trailLine } from '../../simulators/vehicles/layout.js';
import { people } from '../../simulators/world.js';
import { vehicleClerk } from '../support/callers.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import { findVehicle, startVehicleOffice, VEHICLE, type VehicleOffice } from '../support/vehicle-office.js';

const HOMBURG = '10045114';
const ST_INGBERT = '10045117';
const CLERK = vehicleClerk('10045*');
const POPULATION = { size: 500, today: '2026-03-20' };
const OFFICE = { provider: 'spk', serves: [HOMBURG, ST_INGBERT], ...POPULATION };

describe('the export of a running register', () => {
  const { municipalities } = readCooperationFile('cooperation.yaml');
  const truth = [...people({ municipalities, seed: 1, ...POPULATION })];
  const persona = (name: string) => truth.find((person) => person.persona === name) as Person;
  const plateOf = (name: string) => persona(name).vehicles[0]?.plate ?? '';
  let office: VehicleOffice;
  beforeAll(async () => {
    office = await startVehicleOffice(OFFICE);
  }, 60_000);
  afterAll(() => office?.stop());

  const ofCitizen = () => findVehicle(office, { ags: HOMBURG, plate: plateOf('citizen') }, CLERK);

  it('is taken over within a second, without a failed request', async () => {
    const before = (await ofCitizen())?.recordedAt ?? '';
    await eventually(() => expect(new Date().toISOString().slice(0, 19)).not.toBe(before.slice(0, 19)));
    const { sequence } = await office.control.export();
    await eventually(async () => expect((await ofCitizen())?.recordedAt).not.toBe(before), 1000);
    expect(office.logged('taken over').at(-1)).toMatchObject({ sequence, wrongCheckDigits: 0 });
  });

  it('brings a block that is set and lifted', async () => {
    const { ags, registerKey } = persona('citizen-basic');
    const holder = async () =>
      (await findVehicle(office, { ags: ST_INGBERT, plate: plateOf('citizen-basic') }, CLERK))?.holderLink;
    const open = await holder();
    expect(open).toEqual(expect.any(String));
    await office.control.block({ ags, registerKey, blocked: true });
    // A link to nobody: none at all would be answered sooner than one to somebody unknown.
    await eventually(async () => expect([open, null, undefined]).not.toContain(await holder()), 1000);
    await office.control.block({ ags, persona: 'citizen-basic', blocked: false });
    await eventually(async () => expect(await holder()).toBe(open), 1000);
  });

  it.each([
    ['half written', { special: 'half-written' }],
    ['truncated', { error: 'truncated' }],
    ['with a record of the wrong length', { special: 'wrong-length' }],
    ['with a wrong count', { special: 'bad-count' }],
    ['with a record that stands twice', { special: 'duplicates' }],
    ['in UTF-8', { special: 'utf8' }],
    ['older than the one in force', { special: 'older' }],
    ['empty', { error: 'silent' }],
    ['that is an error page', { error: 'html' }],
    ['that is gone', { down: true }],
  ])('is refused with one line where it comes %s, and the last good one stays', async (_, fault) => {
    const refusals = office.logged('refused').length;
    const before = await ofCitizen();
    await office.control.fault(fault);
    await eventually(() => expect(office.logged('refused')).toHaveLength(refusals + 1));
    expect(JSON.stringify(office.logged('refused').at(-1))).not.toContain('Weißenbrück');
    expect(await ofCitizen()).toEqual(before);
    const taken = office.logged('taken over').length;
    await office.control.fault({});
    await eventually(() => expect(office.logged('taken over')).toHaveLength(taken + 1));
    expect(office.logged('refused')).toHaveLength(refusals + 1);
  });

  it('is counted by the simulator', async () => {
    await office.control.resetCalls();
    await office.control.export();
    expect(await office.control.calls()).toEqual({ calls: 1, byKind: { export: 1 } });
  });
});

describe('a register that is stopped and started again', () => {
  let federation: TestFederation;
  beforeAll(async () => {
    federation = await startFederation({ subgraphs: ['vehicles'], identity: false, gateway: false, size: 500 });
  }, 60_000);
  afterAll(() => federation?.stop());

  it('goes on with its exports, and its last one is served meanwhile', async () => {
    const [owned] = federation.persona('citizen').vehicles;
    const ask = async () => {
      const question = { caller: CLERK, variables: { ags: HOMBURG, plate: owned?.plate } };
      const answer = await federation.querySubgraph<{ vehicle: { recordedAt: string } }>(
        'vehicles-spk',
        VEHICLE,
        question,
      );
      return answer.data?.vehicle.recordedAt;
    };
    const before = await ask();
    await federation.stopPart('vehicles-spk-simulator');
    expect(await ask()).toBe(before);
    await eventually(() => expect(new Date().toISOString().slice(0, 19)).not.toBe(before?.slice(0, 19)));
    await federation.restartPart('vehicles-spk-simulator');
    await eventually(async () => expect(await ask()).not.toBe(before));
  });
});

describe('an export made by hand', () => {
  const home: HomeAt = {
    ags: HOMBURG,
    street: 'Grüner-Bürger-Straße-Größe', // as wide as its column
    houseNumber: '1äöüß€',
    postalCode: '66424',
    place: 'Homburg',
    movedIn: '2011-06-01',
    movedOut: null,
    status: '0',
    conditionalBlock: false,
  };
  const owned: OwnedVehicle = {
    officeAgs: HOMBURG,
    vin: 'A1BS31Z0430336179',
    plate: 'HOM A 1',
    make: 'Škoda-Œuvre-Žö€ß',
    model: 'äöüß'.repeat(5),
    firstRegistration: '2019-08-24',
    inspectionDue: '2027-05',
    status: 'Z',
    fuel: 'D',
    emissionKey: '30',
    holderFamilyName: 'Öztürk',
    holderHome: home,
  };
  const holder: Holder = {
    kind: 'N',
    familyName: 'Öztürk',
    givenNames: 'Şule Gülşen',
    dateOfBirth: '1990-02',
    placeOfBirth: 'Muğla',
    sex: 'w',
    home,
    blocked: false,
  };
  let office: VehicleOffice;
  let sequence = 0;
  beforeAll(async () => {
    office = await startVehicleOffice({ ...OFFICE, simulator: false });
  }, 60_000);
  afterAll(() => office?.stop());

  /** Puts an export of these vehicles in force. */
  const deliver = async (records: readonly [Partial<OwnedVehicle>, Partial<Holder>][]) => {
    sequence += 1;
    const now = new Date();
    const lines = records.map(([vehicle, person], index) => {
      const line = dataLine(
        { ...owned, plate: `HOM A ${index + 1}`, vin: `WVW${String(index).padStart(14, '0')}`, ...vehicle },
        { ...holder, ...person },
      );
      line.write(String(sequence).padStart(7, '0'), 248, 'latin1');
      return line;
    });
    const file = Buffer.concat([headLine(sequence, now), ...lines, trailLine(sequence, now, lines.length)]);
    const path = join(office.folder, 'fahrzeuge.dat');
    writeFileSync(`${path}.part`, file);
    renameSync(`${path}.part`, path);
    await eventually(() => expect(office.logged('taken over').at(-1)).toMatchObject({ sequence }));
  };
  const vehicle = (plate: string) => findVehicle(office, { ags: HOMBURG, plate }, CLERK);
  const holderOf = async (plate: string) => {
    const link = (await vehicle(plate))?.holderLink;
    return typeof link === 'string' ? office.linker.open(link) : null;
  };

  it('is waited for: until there is one, the register is not available', async () => {
    const ask = (caller = CLERK) => office.query(VEHICLE, { caller, variables: { ags: HOMBURG, plate: 'HOM A 1' } });
    expect(await ask()).toMatchObject({
      data: { vehicle: null },
      errors: [{ path: ['vehicle'], extensions: { code: 'LEGACY_UNAVAILABLE' } }],
    });
    expect(await ask(vehicleClerk('10041*'))).toMatchObject({ data: { vehicle: null }, errors: [] });
    await deliver([[{}, {}]]);
    expect(await vehicle('HOM A 1')).not.toBeNull();
  });

  it('may have letters of two bytes elsewhere at every edge of a column', async () => {
    await deliver([[{ plate: 'HOM A 1', vin: owned.vin }, {}]]);
    expect(await vehicle('HOM A 1')).toMatchObject({
      vin: 'A1BS31Z0430336179',
      vinCheckDigit: '4',
      make: owned.make,
      model: owned.model,
      firstRegistration: '2019-08-24',
      inspectionDue: '2027-05',
      emissionSticker: 'YELLOW',
    });
    expect(await holderOf('HOM A 1')).toEqual(
      toLinkedPerson({ familyName: 'Öztürk', givenName: 'Şule', dateOfBirth: '1990-02' }),
    );
  });

  it('costs a field where a code is in no table, and no more', async () => {
    await deliver([
      [{ status: 'Q' as 'Z', firstRegistration: '2019-13-41', fuel: 'X' as 'B' }, {}],
      [{}, {}],
    ]);
    const answer = await office.query(VEHICLE, { caller: CLERK, variables: { ags: HOMBURG, plate: 'HOM A 1' } });
    expect(answer.data).toMatchObject({
      vehicle: { status: null, firstRegistration: null, emissionSticker: null, make: owned.make },
    });
    expect(answer.errors.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual([
      ['status', 'LEGACY_MALFORMED'],
      ['firstRegistration', 'LEGACY_MALFORMED'],
      ['emissionSticker', 'LEGACY_MALFORMED'],
    ]);
    expect(await vehicle('HOM A 2')).toMatchObject({ status: 'REGISTERED' });
  });

  it.each<[string, Partial<Holder>[]]>([
    ['a family name fills its column', [{ familyName: 'Ö'.repeat(40) }]],
    ['it fills all of it but one', [{ familyName: `${'Ö'.repeat(33)} von und zu` }]],
    ['the only given name fills its column', [{ givenNames: 'Ş'.repeat(40) }]],
    ['there is no date of birth', [{ dateOfBirth: '' }]],
    ['the letters of a name were all lost', [{ familyName: '漢字' }]],
    ['namesakes live at different places', [{}, { home: { ...home, houseNumber: '2' } }]],
    ['namesakes were born at different places', [{}, { placeOfBirth: 'Bursa' }]],
  ])('names no holder where %s', async (_, persons) => {
    await deliver([...persons.map((person): [Partial<OwnedVehicle>, Partial<Holder>] => [{}, person]), [{}, BERTA]]);
    expect(await vehicle('HOM A 1')).toMatchObject({ holderLink: null });
    expect(await holderOf(`HOM A ${persons.length + 1}`)).toMatchObject({ givenName: 'BERTA' });
  });

  const BERTA = { givenNames: `Berta ${'Anna '.repeat(9)}` };
});
