import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { entityTag, municipalityTag, personTag, typeTag } from '../../lib/cache-tags.js';
import { listenToSql } from '../../lib/connect/sql-listener.js';
import type { Person } from '../../simulators/person.js';
import { searchFor } from '../support/block-watch.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';
import { type GatewayEar, startGatewayEar } from '../support/gateway-ear.js';

jest.setTimeout(60_000);

const IN_FORCE_MS = 1000;
const ST_INGBERT = '10045117';

const RESIDENT =
  'query ($ags: AGS!, $id: ID!) { resident(ags: $ags, id: $id) { id currentAddress { street houseNumber } } }';
const SEARCH = `query ($ags: AGS!, $search: ResidentSearch!) {
  residents(ags: $ags, search: $search) { edges { node { id } } } }`;
const VEHICLE = 'query ($ags: AGS!, $plate: String!) { vehicle(ags: $ags, plate: $plate) { vin holder { id } } }';
const CASE = `query ($ags: AGS!, $number: ID!) {
  housingBenefitCase(ags: $ags, caseNumber: $number) { caseNumber applicant { id } } }`;

describe('what legacy systems change', () => {
  let federation: TestFederation;
  let ear: GatewayEar;
  beforeAll(async () => {
    ear = await startGatewayEar();
    const gateway = { RESPONSE_CACHE: 'on', ENTITY_CACHE: 'on' };
    federation = await startFederation({ size: 2000, invalidationUrls: [ear.url], gateway });
  }, 180_000);
  afterAll(async () => {
    await federation?.stop();
    await ear?.close();
  });
  beforeEach(() => ear.forget());

  const as = async <Data>(persona: string, document: string, variables: Readonly<Record<string, unknown>>) => {
    const { data, errors } = await federation.query<Data>(document, { persona, variables });
    expect(errors).toEqual([]);
    return data as Data;
  };
  const heard = (...tags: readonly unknown[]) =>
    eventually(() => expect(ear.tags()).toEqual(expect.arrayContaining([...tags])), IN_FORCE_MS);

  describe('in the residents register', () => {
    const register = () => federation.control('residents-spk');
    const person = () => federation.persona('citizen-basic');
    const order = (blocked: boolean) =>
      register().block({ ags: person().ags, registerKey: person().registerKey, blocked });
    const find = async () => {
      const page = await as<{ residents: { edges: { node: { id: string } }[] } }>('residents-clerk', SEARCH, {
        ags: ST_INGBERT,
        search: searchFor(person()),
      });
      return page.residents.edges.map(({ node }) => node.id);
    };
    const lookUp = async (id: string | undefined) =>
      (
        await as<{ resident: { id: string; currentAddress: object } | null }>('residents-clerk', RESIDENT, {
          ags: ST_INGBERT,
          id,
        })
      ).resident;
    const holder = async (persona: string, [owned]: Person['vehicles']) =>
      (
        await as<{ vehicle: { holder: object | null } }>(persona, VEHICLE, {
          ags: owned?.officeAgs,
          plate: owned?.plate,
        })
      ).vehicle.holder;
    const applicant = async (facts: Person['housingBenefit']) =>
      (
        await as<{ housingBenefitCase: { applicant: object | null } }>('benefit-clerk', CASE, {
          ags: facts?.officeAgs,
          number: facts?.caseNumber,
        })
      ).housingBenefitCase.applicant;

    it('a block is told to caches with every key of the person, and hides them everywhere within a second', async () => {
      const { vehicles, housingBenefit } = person();
      const everywhere = async (id: string | undefined) => [
        await lookUp(id),
        await find(),
        vehicles.length > 0 && (await holder('vehicle-clerk', vehicles)),
        housingBenefit && (await applicant(housingBenefit)),
      ];
      const [id] = await find();
      // Asked twice: what a cache keeps it has kept now.
      const before = await everywhere(id);
      expect(await everywhere(id)).toEqual(before);
      expect(before[0]).toMatchObject({ id });
      const since = performance.now();
      await order(true);
      try {
        await eventually(async () => {
          expect(await everywhere(id)).toEqual([null, [], vehicles.length > 0 && null, null]);
        }, IN_FORCE_MS);
        expect(performance.now() - since).toBeLessThan(3 * IN_FORCE_MS);
        await heard(personTag(id ?? ''), `blocks:${ST_INGBERT}`, `residents:${ST_INGBERT}`);
        const [{ path, authorization } = {}] = ear.heard;
        expect([path, authorization]).toEqual(['POST /invalidation', expect.stringMatching(/^Bearer [\w-]{43}$/)]);
        // By its id, and by a link of each of two registers, each name once.
        expect(ear.tags().filter((tag) => tag.startsWith('person:')).length).toBeGreaterThanOrEqual(3);
      } finally {
        await order(false);
      }
      await eventually(async () => expect(await everywhere(id)).toEqual(before), IN_FORCE_MS);
    });

    it('another address is told, and seen within a second', async () => {
      const [id] = await find();
      const before = await lookUp(id);
      await register().move({
        ags: person().ags,
        registerKey: person().registerKey,
        street: 'Neue Straße',
        houseNumber: '7',
        postalCode: '66386',
      });
      const address = { street: 'Neue Straße', houseNumber: '7' };
      expect(before?.currentAddress).not.toEqual(address);
      await eventually(async () => expect((await lookUp(id))?.currentAddress).toEqual(address), IN_FORCE_MS);
      await heard(personTag(id ?? ''), `residents:${ST_INGBERT}`);
      expect(ear.tags()).not.toContain(`blocks:${ST_INGBERT}`);
    });

    it('is sent again until every gateway has confirmed it', async () => {
      ear.answer(503);
      const [asked, { acknowledged }] = [ear.asked(), await register().pushes()];
      await order(true);
      try {
        await eventually(() => expect(ear.asked()).toBeGreaterThan(asked + 1));
        expect((await register().pushes()).waiting).toBeGreaterThan(0);
        ear.answer(200);
        await heard(`blocks:${ST_INGBERT}`);
        await eventually(async () => expect(await register().pushes()).toMatchObject({ waiting: 0, refused: 0 }));
        expect((await register().pushes()).acknowledged).toBeGreaterThan(acknowledged);
      } finally {
        ear.answer(200);
        await order(false);
      }
    });
  });

  describe('in the housing-benefit system', () => {
    const system = () => federation.control('housing-benefit-iks');
    const person = () => federation.persona('citizen');
    const facts = () => ({
      ags: person().housingBenefit?.officeAgs ?? '',
      caseNumber: person().housingBenefit?.caseNumber ?? '',
    });
    const order = (blocked: boolean) =>
      system().block({ ags: person().ags, registerKey: person().registerKey, blocked });

    it('is told by the case, its applicant and lists, without a word of what has changed', async () => {
      const { ags, caseNumber } = facts();
      await order(true);
      try {
        await heard(
          entityTag('HousingBenefitCase', { ags, caseNumber }),
          `housing-benefit:${ags}`,
          `housing-benefit:${ags}:${caseNumber}`,
          expect.stringMatching(/^person:[\w-]{40,}$/),
        );
        expect(ear.tags().join()).not.toContain(person().familyName);
        expect(ear.tags()).not.toContain(municipalityTag(ags));
      } finally {
        await order(false);
      }
    });

    it('may have been missed while nobody could listen: everything there is forgotten', async () => {
      await system().fault({ special: 'kill-backend' });
      await system().fault({});
      await eventually(() =>
        expect(ear.tags()).toEqual(expect.arrayContaining([municipalityTag(facts().ags), typeTag('Resident')])),
      );
      // Announcements made before the last connection listens are covered by what is forgotten then.
      await eventually(async () => {
        ear.forget();
        await order(false);
        await order(true);
        await heard(entityTag('HousingBenefitCase', facts()));
      }, 10_000);
      await order(false);
    });

    it('is listened to anew where nothing comes over the connection any more', async () => {
      const told: string[] = [];
      const tell = (_: object, text: string) => void told.push(text);
      const listener = listenToSql({
        url: federation.part('housing-benefit-iks-simulator').databaseUrl ?? '',
        channel: 'WG_AENDERUNG',
        onListening: () => told.push('listening'),
        onNotice: (notice) => told.push(notice),
        log: { debug: tell, info: () => undefined, warn: tell, error: tell },
      });
      try {
        await eventually(() => expect(told).toEqual(['listening']));
        await system().fault({ error: 'silent' });
        await eventually(() => expect(told).toEqual(['listening', 'the database cannot be listened to']), 10_000);
        await system().fault({});
        await eventually(() => expect(told.at(-1)).toBe('listening'), 10_000);
        await order(true);
        await eventually(() => expect(JSON.parse(told.at(-1) ?? '')).toMatchObject({ nummer: facts().caseNumber }));
      } finally {
        await system().fault({});
        await listener.close();
        await order(false);
      }
    });
  });

  it('in a new export of vehicles is told record by record', async () => {
    const { ags, registerKey, vehicles } = federation.persona('citizen');
    const system = federation.control('vehicles-spk');
    const entities = vehicles.flatMap(({ officeAgs, plate, vin }) => [
      entityTag('Vehicle', { ags: officeAgs, vin }),
      entityTag('Vehicle', { ags: officeAgs, plate }),
    ]);
    await system.block({ ags, registerKey, blocked: true });
    await eventually(
      () =>
        expect(
          ear
            .tags()
            .filter((tag) => tag.startsWith('entity:Vehicle'))
            .sort(),
        ).toEqual([...entities].sort()),
      2 * IN_FORCE_MS,
    );
    await heard(`vehicles:${vehicles[0]?.officeAgs}`, expect.stringMatching(/^person:[\w-]{40,}$/));
    ear.forget();
    await system.export();
    await system.block({ ags, registerKey, blocked: false });
    await eventually(() => expect(ear.tags()).toEqual(expect.arrayContaining(entities)), 2 * IN_FORCE_MS);
    expect(ear.tags()).not.toContain(typeTag('Vehicle'));
  });
});
