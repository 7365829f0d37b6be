import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import { type LinkedPerson, toLinkedPerson } from '../../lib/link.js';
import type { OwnedVehicle, Person } from '../../simulators/person.js';
import { companies, people } from '../../simulators/world.js';
import { citizen, vehicleClerk } from '../support/callers.js';
import {
  findVehicle,
  startVehicleOffice,
  VEHICLE,
  type VehicleAnswer,
  type VehicleOffice,
} from '../support/vehicle-office.js';

const HOMBURG = '10045114';
const ST_INGBERT = '10045117';
const SAARPFALZ = ['10045111', '10045112', '10045113', HOMBURG, '10045115', '10045116', ST_INGBERT];
const POPULATION = { size: 2000, today: '2026-03-20' };
const CLERK = vehicleClerk('10045*');

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: VehicleAnswer }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const VEHICLES = `query ($ags: AGS!, $search: VehicleSearch, $first: Int, $after: String) {
  vehicles(ags: $ags, search: $search, first: $first, after: $after) {
    edges { cursor node { plate vin make status recordedAt holderLink } }
    pageInfo { hasNextPage endCursor } } }`;
const OF_RESIDENT = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident { vehicles { plate } } } }`;

const municipalities = readCooperationFile('cooperation.yaml').municipalities;
const world = { municipalities, seed: 1, ...POPULATION };
const truth = [...people(world)];
const persona = (name: string): Person => truth.find((person) => person.persona === name) as Person;
const vehiclesAt = (ags: string): OwnedVehicle[] =>
  [...truth, ...companies(world)].flatMap(({ vehicles }) => vehicles).filter(({ officeAgs }) => officeAgs === ags);
const linkedTo = (person: Person, familyName = person.familyName): LinkedPerson =>
  toLinkedPerson({ familyName, givenName: person.givenNames[0] ?? '', dateOfBirth: person.dateOfBirth });

describe('the vehicles subgraph over a simulated register', () => {
  let office: VehicleOffice;
  beforeAll(async () => {
    office = await startVehicleOffice({ provider: 'spk', serves: SAARPFALZ, ...POPULATION });
  }, 60_000);
  afterAll(() => office?.stop());

  const vehicle = (plate: string, caller = CLERK, ags = HOMBURG) => findVehicle(office, { ags, plate }, caller);
  const page = async (variables: Record<string, unknown>, caller = CLERK) =>
    office.query<{ vehicles: Page | null }>(VEHICLES, { caller, variables: { ags: HOMBURG, ...variables } });
  const vehiclesOf = (person: Person, reference: Record<string, unknown>, caller = citizen(person)) =>
    office.query<{ _entities: { vehicles: { plate: string }[] | null }[] }>(OF_RESIDENT, {
      caller,
      variables: { of: [{ __typename: 'Resident', ags: person.ags, vehiclesFormerly: null, ...reference }] },
    });

  describe('asked for a vehicle', () => {
    it.each([
      ['as on the car', (plate: string) => plate],
      ['in small letters with hyphens', (plate: string) => plate.toLowerCase().replaceAll(' ', '-')],
      ['without the second blank', (plate: string) => plate.replace(/ (?=\d)/, '')],
    ])('finds it by its plate %s, with the data of the register', async (_, write) => {
      const [own] = persona('citizen').vehicles as [OwnedVehicle];
      expect(await vehicle(write(own.plate))).toMatchObject({
        ags: HOMBURG,
        vin: own.vin,
        plate: own.plate,
        vinCheckDigit: expect.stringMatching(/^[0-9X]$/),
        status: 'REGISTERED',
        make: own.make,
        model: own.model,
        firstRegistration: own.firstRegistration,
        inspectionDue: own.inspectionDue,
        recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      });
    });

    it('answers null to who is not competent, as for a plate that nobody has', async () => {
      const { plate } = persona('citizen').vehicles[0] as OwnedVehicle;
      expect(await vehicle('HOM ZZ 9999')).toBeNull();
      expect(await vehicle(plate, vehicleClerk('10041*'))).toBeNull();
      expect(await vehicle(plate, citizen(persona('citizen')))).toBeNull();
      expect(await vehicle(plate, CLERK, '10041100')).toBeNull();
      expect(await office.query(VEHICLE, { variables: { ags: HOMBURG, plate } })).toMatchObject({
        data: { vehicle: null },
        errors: [],
      });
    });

    it('refers to it by VIN and by plate, and to an unknown one with null', async () => {
      const { vin, plate } = persona('citizen').vehicles[0] as OwnedVehicle;
      const answer = await office.query(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Vehicle { vin plate } } }',
        {
          caller: CLERK,
          variables: {
            of: [
              { __typename: 'Vehicle', ags: HOMBURG, vin },
              { __typename: 'Vehicle', ags: HOMBURG, vin: 'WVWZZZ00000000000' },
              { __typename: 'Vehicle', ags: HOMBURG, plate },
              { __typename: 'Vehicle', ags: '10041100', plate },
            ],
          },
        },
      );
      expect(answer.data).toEqual({ _entities: [{ vin, plate }, null, { vin, plate }, null] });
    });
  });

  describe('asked for the vehicles of a municipality', () => {
    it('gives all of them on pages, each once and by plate', async () => {
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const answer = await page({ first: 37, after });
        const { edges, pageInfo } = (answer.data as { vehicles: Page }).vehicles;
        seen.push(...edges.map(({ node }) => node.plate));
        [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
      }
      const parts = (plate: string) =>
        /^(\S+) (\S+) (\d+)(\D?)$/.exec(plate)?.slice(1) as [string, string, string, string];
      const compare = (a: string, b: string) => {
        const [[c, l, n, s], [d, m, o, t]] = [parts(a), parts(b)];
        return c.localeCompare(d) || l.localeCompare(m) || Number(n) - Number(o) || s.localeCompare(t);
      };
      const plates = vehiclesAt(HOMBURG).map(({ plate }) => plate);
      expect(plates.length).toBeGreaterThan(100);
      expect(seen).toEqual(plates.sort(compare));
    });

    it.each([
      ['make', { make: 'Škoda' }, ({ make }: OwnedVehicle) => make === 'Škoda'],
      ['status', { status: 'DEREGISTERED' }, ({ status }: OwnedVehicle) => status === 'A'],
      [
        'the first letters of the plate',
        { platePrefix: 'hom-a' },
        ({ plate }: OwnedVehicle) => plate.startsWith('HOM A'),
      ],
      ['district and all letters', { platePrefix: 'HOM A ' }, ({ plate }: OwnedVehicle) => plate.startsWith('HOM A ')],
      ['nothing that fits', { platePrefix: '%' }, () => false],
    ])('searches by %s', async (_, search, fits) => {
      const answer = await page({ search, first: 100 });
      const plates = answer.data?.vehicles?.edges.map(({ node }) => node.plate);
      const expected = vehiclesAt(HOMBURG)
        .filter(fits)
        .map(({ plate }) => plate);
      expect(new Set(plates)).toEqual(new Set(expected));
    });

    it.each([
      ['a page of none', { first: 0 }, 'first'],
      ['a page of 101', { first: 101 }, 'first'],
      ['a cursor of its own making', { after: 'AAAAAAAAAAA.SE9N' }, 'after'],
    ])('refuses %s', async (_, variables, argument) => {
      const answer = await page(variables);
      expect(answer.data).toEqual({ vehicles: null });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
    });

    it('refuses the cursor of a list with another search', async () => {
      const first = await page({ first: 1 });
      const after = first.data?.vehicles?.pageInfo.endCursor;
      const answer = await page({ after, search: { make: 'Opel' } });
      expect(answer.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
    });

    it('gives none of a district to who asks with the beginning of a key', async () => {
      expect(await page({ ags: '10045' })).toMatchObject({ data: { vehicles: { edges: [] } }, errors: [] });
    });

    it('gives none to who is not competent', async () => {
      const answer = await page({}, vehicleClerk('10041*'));
      expect(answer).toMatchObject({ data: { vehicles: { edges: [] } }, errors: [] });
    });
  });

  describe('linked with the residents register', () => {
    it('names the holder by a link that says what the register knows of them', async () => {
      const holder = persona('citizen');
      const found = await vehicle(holder.vehicles[0]?.plate ?? '');
      expect(office.linker.open(found?.holderLink ?? '')).toEqual(linkedTo(holder));
    });

    it('names no holder for the car of a company', async () => {
      const [owned] = [...companies(world)].filter(({ ags }) => ags === HOMBURG).flatMap(({ vehicles }) => vehicles);
      const found = await vehicle(owned?.plate ?? '');
      expect(found).toMatchObject({ vin: owned?.vin, holderLink: null });
    });

    it('names no holder under a block, but keeps the vehicle', async () => {
      const { vehicles } = persona('citizen-blocked');
      const found = await vehicle(vehicles[0]?.plate ?? '', CLERK, ST_INGBERT);
      expect(found).toMatchObject({ vin: vehicles[0]?.vin });
      // A link to nobody: digits are no name.
      expect(office.linker.open(found?.holderLink ?? '')?.familyName).toMatch(/^\d+$/);
    });

    it('finds the vehicles of a person by their link, for themselves and for the office', async () => {
      const person = persona('citizen');
      const reference = { vehiclesLink: office.linker.seal(linkedTo(person)) };
      const expected = { _entities: [{ vehicles: person.vehicles.map(({ plate }) => ({ plate })) }] };
      expect(await vehiclesOf(person, reference)).toMatchObject({ data: expected, errors: [] });
      expect(await vehiclesOf(person, reference, CLERK)).toMatchObject({ data: expected, errors: [] });
    });

    it.each([
      ['another citizen', () => citizen(persona('citizen-basic'))],
      ['an office of elsewhere', () => vehicleClerk('10041*')],
    ])('gives nothing of a person to %s', async (_, caller) => {
      const person = persona('citizen');
      const reference = { vehiclesLink: office.linker.seal(linkedTo(person)) };
      expect(await vehiclesOf(person, reference, caller())).toMatchObject({
        data: { _entities: [{ vehicles: [] }] },
        errors: [],
      });
    });

    it('shows a blocked person their own vehicle, and nobody else', async () => {
      const person = persona('citizen-blocked');
      const reference = { vehiclesLink: office.linker.seal(linkedTo(person)) };
      expect((await vehiclesOf(person, reference)).data?._entities[0]?.vehicles).toHaveLength(1);
      expect((await vehiclesOf(person, reference, CLERK)).data?._entities[0]?.vehicles).toEqual([]);
    });

    it('says that it is uncertain to the person alone', async () => {
      const person = persona('citizen');
      const own = await vehiclesOf(person, { vehiclesLink: null });
      expect(own.data).toEqual({ _entities: [{ vehicles: null }] });
      expect(own.errors).toMatchObject([
        { path: ['_entities', 0, 'vehicles'], extensions: { code: 'MATCH_UNCERTAIN' } },
      ]);
      expect(await vehiclesOf(person, { vehiclesLink: null }, CLERK)).toMatchObject({
        data: { _entities: [{ vehicles: [] }] },
        errors: [],
      });
    });

    it('finds what is left at the office of a former residence, only with the home there', async () => {
      const person = persona('citizen');
      const elsewhere = { ...person, ags: '10041100' }; // an office that another instance runs
      const home = person.vehicles[0]?.holderHome ?? null;
      const names = { familyName: person.familyName, givenName: 'Käthe', dateOfBirth: person.dateOfBirth };
      const formerly = (link: LinkedPerson) => ({
        vehiclesLink: office.linker.seal(linkedTo(person)),
        vehiclesFormerly: [{ ags: HOMBURG, link: office.linker.seal(link) }],
      });
      const plates = person.vehicles.map(({ plate }) => ({ plate }));
      const found = await vehiclesOf(elsewhere, formerly(toLinkedPerson(names, home)), citizen(person));
      expect(found.data).toEqual({ _entities: [{ vehicles: plates }] });
      const unproven = await vehiclesOf(elsewhere, formerly(toLinkedPerson(names)), citizen(person));
      expect(unproven.data).toEqual({ _entities: [{ vehicles: [] }] });
    });
  });
});
