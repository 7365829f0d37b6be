import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import { toLinkedPerson } from '../../lib/link.js';
import type { Person } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';
import { citizen, vehicleClerk } from '../support/callers.js';
import { eventually } from '../support/eventually.js';
import { type ResidentsOffice, startResidentsOffice } from '../support/residents-office.js';

const HOMBURG = '10045114';
const POPULATION = { size: 600, today: '2026-03-20' };
const DEADLINE_MS = 1000;
const CLERK = vehicleClerk('10045*');
const ME = '{ me { familyName sex maritalStatus currentAddress { place } vehiclesLink } }';
const RESIDENTS =
  'query ($ags: AGS!, $search: ResidentSearch!) { residents(ags: $ags, search: $search) { edges { cursor } } }';
const ENTITIES = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident { id familyName } } }';

const world = { municipalities: readCooperationFile('cooperation.yaml').municipalities, seed: 1, ...POPULATION };
const personas = new Map([...people(world)].map((person) => [person.persona, person]));
const persona = (name: string): Person => personas.get(name) as Person;
const CITIZEN = citizen(persona('citizen'));

describe('the residents subgraph over a register that fails', () => {
  let office: ResidentsOffice;
  beforeAll(async () => {
    office = await startResidentsOffice({ provider: 'spk', serves: [HOMBURG], deadlineMs: DEADLINE_MS, ...POPULATION });
  }, 60_000);
  afterAll(() => office?.stop());
  afterEach(() => office.control.fault({}));

  const me = async () =>
    (await office.query<{ me: Record<string, unknown> | null }>(ME, { caller: CITIZEN })).data?.me ?? null;
  const referenceTo = ({ ags, familyName, givenNames, dateOfBirth }: Person) => {
    const person = toLinkedPerson({ familyName, givenName: givenNames[0] ?? '', dateOfBirth });
    return { __typename: 'Resident', ags, vehiclesLink: office.links.vehicles.seal(person) };
  };
  const search = { familyName: 'Weißenbrück', givenName: 'Käthe', sex: 'FEMALE' };

  it.each([
    ['is down', { down: true }, 'LEGACY_UNAVAILABLE'],
    ['breaks off', { error: 'refuse' }, 'LEGACY_UNAVAILABLE'],
    ['answers 500', { error: 'http500' }, 'LEGACY_UNAVAILABLE'],
    ['answers a SOAP fault', { special: 'soap-fault' }, 'LEGACY_UNAVAILABLE'],
    ['says nothing', { error: 'silent' }, 'LEGACY_TIMEOUT'],
    ['is slow', { latencyMs: DEADLINE_MS + 2000 }, 'LEGACY_TIMEOUT'],
    ['answers with a page', { error: 'html' }, 'LEGACY_MALFORMED'],
    ['stops in the middle', { error: 'truncated' }, 'LEGACY_MALFORMED'],
    ['breaks its base64', { special: 'broken-base64' }, 'LEGACY_MALFORMED'],
    ['cuts its message', { special: 'truncated-xml' }, 'LEGACY_MALFORMED'],
    ['declares a document type', { special: 'doctype' }, 'LEGACY_MALFORMED'],
    ['sends an entity bomb', { special: 'entity-bomb' }, 'LEGACY_MALFORMED'],
    ['nests without end', { special: 'deep-nesting' }, 'LEGACY_MALFORMED'],
    ['sends more than anybody asked for', { special: 'too-large' }, 'LEGACY_MALFORMED'],
    ['answers for another municipality', { special: 'wrong-ags' }, 'LEGACY_MALFORMED'],
    ['answers another request', { special: 'other-request' }, 'LEGACY_MALFORMED'],
  ])('and %s costs its field, within its deadline', async (_, fault, code) => {
    await office.control.fault(fault);
    for (const ask of [
      () => office.query(ME, { caller: CITIZEN }),
      () => office.query(RESIDENTS, { caller: CLERK, variables: { ags: HOMBURG, search } }),
      () =>
        office.query(ENTITIES, {
          caller: CLERK,
          variables: { of: [referenceTo(persona('citizen')), referenceTo(persona('citizen-moved'))] },
        }),
    ]) {
      const beganAt = performance.now();
      const answer = await ask();
      expect(performance.now() - beganAt).toBeLessThan(DEADLINE_MS + 1000);
      expect(answer.status).toBe(200);
      expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(new Set([code]));
      expect(answer.text).not.toMatch(/ORA-|MELDE|10\.1\.2\.3|hostname|xmeld|127\.0\.0\.1/i);
    }
  });

  it('with a code that no table knows loses that field alone', async () => {
    await office.control.fault({ special: 'unknown-code' });
    const answer = await office.query(ME, { caller: CITIZEN });
    expect(answer.data).toMatchObject({ me: { sex: null, familyName: 'Weißenbrück', maritalStatus: 'MARRIED' } });
    expect(answer.errors).toMatchObject([{ path: ['me', 'sex'], extensions: { code: 'LEGACY_MALFORMED' } }]);
  });

  it('is asked again as soon as it is back', async () => {
    await office.control.fault({ down: true });
    expect(await me()).toBeNull();
    await office.control.fault({});
    expect(await me()).toMatchObject({ familyName: 'Weißenbrück' });
  });

  it('holds up nobody while it is slow', async () => {
    await office.control.fault({ latencyMs: 200 });
    const beganAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => me()));
    expect(answers.map((answer) => answer?.familyName)).toEqual(answers.map(() => 'Weißenbrück'));
    expect(performance.now() - beganAt).toBeLessThan(20 * 200);
  });

  it('writes nobody into its log', async () => {
    await office.control.fault({ special: 'truncated-xml' });
    await me();
    await office.query(RESIDENTS, { caller: CLERK, variables: { ags: HOMBURG, search } });
    const log = await eventually(() => {
      expect(office.log()).toContain('failure with a cause');
      return office.log();
    });
    for (const text of ['Weißenbrück', 'WEISSENBRUECK', 'Talstraße', '1984-05-17', persona('citizen').registerKey])
      expect(log).not.toContain(text);
  });
});
