import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../../simulators/person.js';
import type { Answer } from '../support/ask.js';
import { CLERKS, findNamesakes, isLiving, OTHERS, searchFor, watch } from '../support/block-watch.js';
import { eventually } from '../support/eventually.js';
import { startFederation, type TestFederation } from '../support/federation.js';

const ST_INGBERT = '10045117';
const DISTRICT = '10045';
const IN_FORCE_MS = 1000;

const RESIDENT = `query ($ags: AGS!, $id: ID!) { resident(ags: $ags, id: $id) {
  ags id familyName currentAddress { street conditionalBlock } } }`;
const SEARCH = `query ($ags: AGS!, $search: ResidentSearch!, $first: Int, $after: String) {
  residents(ags: $ags, search: $search, first: $first, after: $after) {
    edges { cursor node { id familyName dateOfBirth } } pageInfo { hasNextPage endCursor } } }`;
const VEHICLE =
  'query ($ags: AGS!, $plate: String!) { vehicle(ags: $ags, plate: $plate) { vin holder { familyName } } }';
const CASE = `query ($ags: AGS!, $number: ID!) {
  housingBenefitCase(ags: $ags, caseNumber: $number) { caseNumber applicant { familyName currentAddress { street } } } }`;

interface Page {
  readonly residents: {
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: { readonly id: string; readonly dateOfBirth: string };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('whoever lives under a block (§ 51 BMG)', () => {
  let federation: TestFederation;
  let blockedId: string;
  beforeAll(async () => {
    federation = await startFederation({ size: 3000 });
    const { data, errors } = await federation.query<{ me: { id: string } }>('{ me { id } }', {
      persona: 'citizen-blocked',
    });
    expect(errors).toEqual([]);
    blockedId = data?.me.id ?? '';
  }, 120_000);
  afterAll(() => federation?.stop());

  const as = <Data>(persona: string | null, document: string, variables: Readonly<Record<string, unknown>>) =>
    federation.query<Data>(document, { variables, ...(persona && { persona }) });
  const blocked = () => federation.persona('citizen-blocked');
  const register = () => federation.control('residents-spk');
  const nobody = () => ({ ...searchFor(blocked()), familyName: 'Niemandsohn' });
  /** An id as long as a real one. */
  const unknownId = () => blockedId.replace(/^.{6}/, 'AAAAAA');

  const counted = (work: () => Promise<Answer<unknown>>) => watch(register(), work);

  it('sees themself, and what is theirs', async () => {
    const { data, errors } = await as<{ me: object }>(
      'citizen-blocked',
      '{ me { familyName vehicles { plate } housingBenefitCases { caseNumber applicant { familyName } } } }',
      {},
    );
    const { familyName, vehicles, housingBenefit } = blocked();
    expect(errors).toEqual([]);
    expect(data?.me).toEqual({
      familyName,
      vehicles: vehicles.map(({ plate }) => ({ plate })),
      housingBenefitCases: [{ caseNumber: housingBenefit?.caseNumber, applicant: { familyName } }],
    });
  });

  describe.each(OTHERS)('is for %s', (persona) => {
    it('looked up the same as somebody unknown: bytes, headers, calls of the register', async () => {
      const lookUp = (id: string) => counted(() => as(persona, RESIDENT, { ags: ST_INGBERT, id }));
      const [hidden, absent] = [await lookUp(blockedId), await lookUp(unknownId())];
      expect(hidden).toEqual(absent);
      expect(hidden.text).not.toContain(blocked().familyName);
      if (CLERKS.some((clerk) => clerk === persona)) expect(hidden.text).toBe('{"data":{"resident":null}}\n');
    });

    it('searched for the same as somebody unknown: bytes, headers, calls of the register', async () => {
      const find = (search: object) => counted(() => as(persona, SEARCH, { ags: ST_INGBERT, search }));
      const [hidden, absent] = [await find(searchFor(blocked())), await find(nobody())];
      expect(hidden).toEqual(absent);
      expect(hidden.text).not.toContain(blocked().givenNames[0]);
    });
  });

  it('is looked up the same as somebody unknown while the register is down', async () => {
    await register().fault({ error: 'http500' });
    try {
      const lookUp = (id: string) => counted(() => as('residents-clerk', RESIDENT, { ags: ST_INGBERT, id }));
      expect(await lookUp(blockedId)).toEqual(await lookUp(unknownId()));
    } finally {
      await register().fault({});
    }
  });

  it('is reached by another authority’s system with the exact key as little as somebody unknown', async () => {
    const known = await as<Page>('residents-clerk', SEARCH, {
      ags: ST_INGBERT,
      search: searchFor(federation.persona('citizen-basic')),
    });
    const id = known.data?.residents.edges[0]?.node.id ?? '';
    const found = await as<{ resident: object | null }>('partner', RESIDENT, { ags: ST_INGBERT, id });
    expect(found.data?.resident).toMatchObject({ id });
    expect((await as('partner', RESIDENT, { ags: ST_INGBERT, id: blockedId })).data).toEqual({ resident: null });
  });

  describe('joined from another register', () => {
    const holder = (person: Person) => {
      const [owned] = person.vehicles;
      return counted(() => as('vehicle-clerk', VEHICLE, { ags: owned?.officeAgs, plate: owned?.plate }));
    };
    const applicant = (person: Person) => {
      const { officeAgs: ags, caseNumber: number } = person.housingBenefit ?? {};
      return counted(() => as('benefit-clerk', CASE, { ags, number }));
    };

    it('is no holder: the office keeps its vehicle, and asks as often as about anybody', async () => {
      const [hidden, open] = [await holder(blocked()), await holder(federation.persona('citizen'))];
      expect(JSON.parse(hidden.text)).toEqual({
        data: { vehicle: { vin: blocked().vehicles[0]?.vin, holder: null } },
      });
      expect(open.text).toContain(federation.persona('citizen').familyName);
      expect([hidden.status, hidden.calls]).toEqual([open.status, open.calls]);
    });

    it('is no applicant: the office keeps its case, and asks as often as about anybody', async () => {
      const [hidden, open] = [await applicant(blocked()), await applicant(federation.persona('citizen'))];
      expect(JSON.parse(hidden.text)).toEqual({
        data: { housingBenefitCase: { caseNumber: blocked().housingBenefit?.caseNumber, applicant: null } },
      });
      expect(open.text).toContain(federation.persona('citizen').familyName);
      expect([hidden.status, hidden.calls]).toEqual([open.status, open.calls]);
    });
  });

  describe('from now on', () => {
    const order = (person: Person, isBlocked: boolean) =>
      register().block({ ags: person.ags, registerKey: person.registerKey, blocked: isBlocked });
    const NAMED = { ags: ST_INGBERT, familyName: expect.anything(), currentAddress: expect.anything() };
    const basic = () => federation.persona('citizen-basic');
    const idsOf = (answer: Answer<Page>) => answer.data?.residents.edges.map(({ node }) => node.id) ?? [];

    it.each(CLERKS)('is gone for %s within a second, and back when it is lifted', async (persona) => {
      const find = async () => idsOf(await as<Page>(persona, SEARCH, { ags: ST_INGBERT, search: searchFor(basic()) }));
      const [id] = await find();
      const lookUp = async () =>
        (await as<{ resident: object | null }>(persona, RESIDENT, { ags: ST_INGBERT, id })).data?.resident;
      expect(await lookUp()).toMatchObject({ id });
      await order(basic(), true);
      try {
        await eventually(async () => expect([await lookUp(), await find()]).toEqual([null, []]), IN_FORCE_MS);
      } finally {
        await order(basic(), false);
      }
      await eventually(
        async () => expect([await lookUp(), await find()]).toEqual([{ ...NAMED, id }, [id]]),
        IN_FORCE_MS,
      );
    });

    it('is missing in a list as if they had never been there: pages, cursors, what follows', async () => {
      const namesakes = findNamesakes(federation.truth(), DISTRICT);
      const [one] = namesakes;
      const search = { familyName: one?.familyName, givenName: one?.givenNames[0], sex: 'FEMALE' };
      const list = (after: string | null) =>
        as<Page>('benefit-clerk', SEARCH, { ags: one?.ags, search, first: 1, after });
      const pages = async (): Promise<Page['residents'][]> => {
        const all: Page['residents'][] = [];
        do {
          const { data, errors } = await list(all.at(-1)?.pageInfo.endCursor ?? null);
          expect(errors).toEqual([]);
          if (data) all.push(data.residents);
        } while (all.at(-1)?.pageInfo.hasNextPage && all.length < 20);
        return all;
      };
      const before = await pages();
      expect(before.length).toBeGreaterThan(1);
      const last = before.at(-1)?.edges[0];
      const person = namesakes.find(({ dateOfBirth }) => dateOfBirth === last?.node.dateOfBirth);
      await order(person as Person, true);
      try {
        await eventually(async () => {
          const after = await pages();
          expect(after.flatMap(({ edges }) => edges)).toEqual(before.slice(0, -1).flatMap(({ edges }) => edges));
          expect(after.at(-1)?.pageInfo.hasNextPage).toBe(false);
        }, IN_FORCE_MS);
        const behind = await list(last?.cursor ?? null);
        expect([behind.errors, idsOf(behind)]).toEqual([[], []]);
      } finally {
        await order(person as Person, false);
      }
    });

    it('is nobody’s holder or applicant, though only the residents register has been told', async () => {
      const person = federation.persona('citizen');
      const [owned] = person.vehicles;
      const joined = async () => {
        const { data: vehicle } = await as<{ vehicle: { holder: object | null } }>('vehicle-clerk', VEHICLE, {
          ags: owned?.officeAgs,
          plate: owned?.plate,
        });
        const { data: benefit } = await as<{ housingBenefitCase: { applicant: object | null } }>(
          'benefit-clerk',
          CASE,
          {
            ags: person.housingBenefit?.officeAgs,
            number: person.housingBenefit?.caseNumber,
          },
        );
        return [vehicle?.vehicle.holder, benefit?.housingBenefitCase.applicant];
      };
      expect(await joined()).toEqual([expect.any(Object), expect.any(Object)]);
      await order(person, true);
      try {
        await eventually(async () => expect(await joined()).toEqual([null, null]), IN_FORCE_MS);
      } finally {
        await order(person, false);
      }
    });
  });

  it('of § 52 BMG is told to offices, with the flag on every address', async () => {
    const person = federation
      .truth()
      .find(
        (one) => isLiving(one) && !one.blocked && one.ags.startsWith(DISTRICT) && one.residences[0]?.conditionalBlock,
      );
    const query = `query ($ags: AGS!, $search: ResidentSearch!) { residents(ags: $ags, search: $search) { edges { node {
      currentAddress { conditionalBlock } residences { isCurrent address { conditionalBlock } } } } } }`;
    const { data } = await as<{ residents: { edges: { node: object }[] } }>('benefit-clerk', query, {
      ags: person?.ags,
      search: searchFor(person as Person),
    });
    const nodes = data?.residents.edges.map(({ node }) => node) ?? [];
    expect(nodes).toContainEqual({
      currentAddress: { conditionalBlock: true },
      residences: expect.arrayContaining([{ isCurrent: true, address: { conditionalBlock: true } }]),
    });
  });
});
