import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller } from '../../lib/caller.js';
import type { Person } from '../../simulators/person.js';
import { citizen, vehicleClerk } from '../support/callers.js';
import { type ResidentsOffice, startResidentsOffice } from '../support/residents-office.js';
import {
  isLiving,
  isUnique,
  linkedTo,
  manyOfOneName,
  POPULATION,
  persona,
  pick,
  SAARPFALZ,
  sameName,
  toNames,
  unmistakable,
} from '../support/residents-world.js';

const HOMBURG = '10045114';
const ST_INGBERT = '10045117';
const SAARBRUECKEN = '10041100';
const DEADLINE_MS = 5000;
const CLERK = vehicleClerk('10045*');

interface ResidentAnswer {
  readonly id: string;
  readonly familyName: string | null;
  readonly vehiclesLink: string | null;
  readonly [field: string]: unknown;
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: ResidentAnswer }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const ALL = `ags id familyName givenNames callName birthName doctorate dateOfBirth placeOfBirth sex maritalStatus
  nationalities currentAddress { street houseNumber postalCode place ags conditionalBlock }
  residences { address { street ags } status movedIn movedOut isCurrent } municipality { ags }`;
const LINKS = 'vehiclesLink vehiclesFormerly { ags link } housingBenefitLink housingBenefitFormerly { ags link }';
const ME = `{ me { ${ALL} ${LINKS} asOf } }`;
const RESIDENT = `query ($ags: AGS!, $id: ID!) { resident(ags: $ags, id: $id) { ${ALL} } }`;
const RESIDENTS = `query ($ags: AGS!, $search: ResidentSearch!, $first: Int, $after: String) {
  residents(ags: $ags, search: $search, first: $first, after: $after) {
    edges { cursor node { id familyName givenNames dateOfBirth currentAddress { conditionalBlock } vehiclesLink } }
    pageInfo { hasNextPage endCursor } } }`;
const ENTITIES = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Resident { id familyName } } }`;

const searchFor = ({ ags, familyName, givenNames, dateOfBirth }: Person) => ({
  ags,
  search: { familyName, givenName: givenNames[0], dateOfBirth },
});

describe('the residents subgraph over a simulated register', () => {
  let office: ResidentsOffice;
  beforeAll(async () => {
    office = await startResidentsOffice({ provider: 'spk', serves: SAARPFALZ, deadlineMs: DEADLINE_MS, ...POPULATION });
  }, 60_000);
  afterAll(() => office?.stop());

  const me = async (caller: Caller) =>
    (await office.query<{ me: ResidentAnswer | null }>(ME, { caller })).data?.me ?? null;
  const search = (variables: Record<string, unknown>, caller = CLERK) =>
    office.query<{ residents: Page | null }>(RESIDENTS, { caller, variables });
  const resident = (variables: { ags: string; id: string }, caller = CLERK) =>
    office.query<{ resident: ResidentAnswer | null }>(RESIDENT, { caller, variables });
  const entities = (of: readonly object[], caller = CLERK) =>
    office.query<{ _entities: (ResidentAnswer | null)[] }>(ENTITIES, {
      caller,
      variables: { of: of.map((key) => ({ __typename: 'Resident', ...key })) },
    });
  const byLink = (person: Person, ags = person.ags) => ({
    ags,
    vehiclesLink: office.links.vehicles.seal(linkedTo(person)),
  });
  const idOf = async (person: Person): Promise<string> =>
    (await entities([byLink(person)])).data?._entities[0]?.id ?? '';

  describe('asked by a citizen about themselves', () => {
    it('tells all that the register holds, in two calls with the links', async () => {
      const person = persona('citizen');
      const [home] = person.residences;
      await office.control.resetCalls();
      expect(await me(citizen(person))).toMatchObject({
        ags: HOMBURG,
        familyName: person.familyName,
        givenNames: person.givenNames,
        birthName: person.birthName,
        dateOfBirth: person.dateOfBirth,
        sex: 'FEMALE',
        maritalStatus: 'MARRIED',
        nationalities: ['DE'],
        currentAddress: {
          street: home?.street,
          houseNumber: home?.houseNumber,
          postalCode: home?.postalCode,
          conditionalBlock: false,
        },
        municipality: { ags: HOMBURG },
        vehiclesLink: byLink(person).vehiclesLink,
        vehiclesFormerly: [],
        asOf: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
      });
      expect(await office.control.calls()).toEqual({ calls: 2, byKind: { 9708: 1, 9330: 1 } });
    });

    it('needs one call without links', async () => {
      await office.control.resetCalls();
      await office.query('{ me { familyName currentAddress { place } } }', { caller: citizen(persona('citizen')) });
      expect((await office.control.calls()).calls).toBe(1);
    });

    it('names the homes of before in other municipalities, as links', async () => {
      const person = persona('citizen-moved');
      const [, former] = person.residences;
      const link = linkedTo(person, former ?? null);
      expect(await me(citizen(person))).toMatchObject({
        vehiclesFormerly: [{ ags: SAARBRUECKEN, link: office.links.vehicles.seal(link) }],
        housingBenefitFormerly: [{ ags: SAARBRUECKEN, link: office.links['housing-benefit'].seal(link) }],
      });
    });

    it('hides nobody from themselves who lives under a block', async () => {
      const person = persona('citizen-blocked');
      const self = await me(citizen(person));
      expect(self).toMatchObject({ familyName: person.familyName, vehiclesLink: byLink(person).vehiclesLink });
      const again = await resident({ ags: ST_INGBERT, id: self?.id ?? '' }, citizen(person));
      expect(again.data?.resident).toMatchObject({ familyName: person.familyName });
    });

    it('follows a link to themselves, and to nobody else', async () => {
      const person = persona('citizen-blocked');
      const of = [
        byLink(person),
        byLink(persona('citizen')),
        byLink(pick((one) => one.ags === ST_INGBERT && isUnique(one))),
      ];
      const { data } = await entities(of, citizen(person));
      expect(data?._entities.map((found) => found?.familyName ?? null)).toEqual([person.familyName, null, null]);
    });

    it('tells a citizen nothing about anybody else by their id', async () => {
      const id = await idOf(persona('citizen'));
      expect((await resident({ ags: HOMBURG, id })).data?.resident).toMatchObject({ id });
      expect((await resident({ ags: HOMBURG, id }, citizen(persona('citizen-moved')))).data).toEqual({
        resident: null,
      });
    });

    it('knows no account that differs in anything', async () => {
      const caller = citizen(persona('citizen'));
      for (const change of [{ givenNames: 'Käthe' }, { houseNumber: '112' }, { dateOfBirth: '1984-05-18' }])
        expect(await me({ ...caller, account: { ...caller.account, ...change } as Caller['account'] })).toBeNull();
    });

    it('wants the level hoch, and says so', async () => {
      const answer = await office.query(ME, { caller: { ...citizen(persona('citizen')), trustLevel: 'substanziell' } });
      expect(answer).toMatchObject({
        status: 200,
        data: { me: null },
        errors: [{ path: ['me'], extensions: { code: 'INSUFFICIENT_TRUST_LEVEL', requiredTrustLevel: 'hoch' } }],
      });
    });
  });

  it('tells nobody anything who has not signed in', async () => {
    for (const [document, variables] of [
      [ME, {}],
      [RESIDENT, { ags: HOMBURG, id: 'any' }],
      [RESIDENTS, searchFor(persona('citizen'))],
    ] as const) {
      const { data, errors } = await office.query(document, { variables });
      expect(Object.values(data ?? {})).toEqual([null]);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    }
    const of = [{ __typename: 'Resident', ...byLink(persona('citizen')) }];
    expect(await office.query(ENTITIES, { variables: { of } })).toMatchObject({
      data: { _entities: [null] },
      errors: [],
    });
  });

  it('tells other roles, and offices of elsewhere, nothing', async () => {
    const others: Caller[] = [
      { ...CLERK, municipalities: ['10041*'] },
      { ...CLERK, role: 'agent-115' },
      { ...CLERK, role: 'partner' },
      { ...CLERK, role: 'protection-officer' },
    ];
    const id = await idOf(persona('citizen'));
    for (const caller of others) {
      expect((await resident({ ags: HOMBURG, id }, caller)).data).toEqual({ resident: null });
      expect((await entities([byLink(persona('citizen'))], caller)).data).toEqual({ _entities: [null] });
      expect((await search(searchFor(persona('citizen')), caller)).data?.residents?.edges).toEqual([]);
    }
  });

  describe('searched by an office', () => {
    it.each([
      ['in another spelling', { familyName: 'WEISSENBRUECK', givenName: 'Kaethe', dateOfBirth: '1984-05-17' }],
      ['by the name at birth', { familyName: 'Tränkle', givenName: 'Käthe', dateOfBirth: '1984' }],
      ['by another given name', { familyName: 'Weißenbrück', givenName: 'Sophie Käthe', sex: 'FEMALE' }],
      [
        'by street',
        { familyName: 'Weißenbrück', givenName: 'Käthe', street: persona('citizen').residences[0]?.street },
      ],
      ['by place of birth', { familyName: 'Weißenbrück', givenName: 'Käthe', placeOfBirth: 'Homburg' }],
    ])('finds a person %s, in one call', async (_, found) => {
      await office.control.resetCalls();
      const answer = await office.query<{ residents: Page }>(
        'query ($ags: AGS!, $search: ResidentSearch!) { residents(ags: $ags, search: $search) { edges { node { callName } } } }',
        { caller: CLERK, variables: { ags: HOMBURG, search: found } },
      );
      expect(answer.data?.residents.edges.map(({ node }) => node.callName)).toEqual(['Käthe']);
      expect((await office.control.calls()).byKind).toEqual({ 1330: 1 });
    });

    it('finds nobody where anything given does not fit', async () => {
      const wrong = { familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05-17', sex: 'MALE' };
      expect((await search({ ags: HOMBURG, search: wrong })).data?.residents?.edges).toEqual([]);
    });

    it.each([
      ['less than the law wants', { familyName: 'Weißenbrück', givenName: 'Käthe' }],
      ['a street that it does not know', { familyName: 'Weißenbrück', givenName: 'Käthe', street: 'Nirgendwoweg' }],
      ['no letter in a name', { familyName: '-', givenName: 'Käthe', sex: 'FEMALE' }],
    ])('refuses %s as a mistake of the search', async (_, wrong) => {
      expect(await search({ ags: HOMBURG, search: wrong })).toMatchObject({
        status: 200,
        data: { residents: null },
        errors: [{ path: ['residents'], extensions: { code: 'BAD_USER_INPUT', argument: 'search' } }],
      });
    });

    it('shows several people page by page, nobody twice and nobody left out', async () => {
      const { search: wanted, keys } = manyOfOneName();
      const seen: ResidentAnswer[] = [];
      await office.control.resetCalls();
      let after: string | null = null;
      do {
        const answer: { data: { residents: Page | null } | null } = await search({ ...wanted, first: 1, after });
        const page = answer.data?.residents;
        seen.push(...(page?.edges.map(({ node }) => node) ?? []));
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(seen.map(toNames).sort()).toEqual(keys.toSorted());
      expect((await office.control.calls()).byKind).toMatchObject({ 1330: keys.length });
    });

    it('lets the mark of § 52 BMG travel with the address', async () => {
      const person = pick(
        (one) => isLiving(one) && !one.blocked && (one.residences[0]?.conditionalBlock ?? false) && isUnique(one),
      );
      const [edge] = (await search(searchFor(person))).data?.residents?.edges ?? [];
      expect(edge?.node).toMatchObject({ familyName: person.familyName, currentAddress: { conditionalBlock: true } });
    });

    it('knows a date of birth as exactly as the register', async () => {
      const person = pick((one) => isLiving(one) && !one.blocked && one.dateOfBirth.length === 4 && isUnique(one));
      const { data } = await entities([byLink(person)]);
      expect(data?._entities[0]).toMatchObject({ familyName: person.familyName });
    });

    it('gives no link to people who share a name and a date of birth', async () => {
      const person = pick((one) => isLiving(one) && !one.blocked && sameName(one).filter(isLiving).length > 1);
      const edges = (await search(searchFor(person))).data?.residents?.edges ?? [];
      expect(edges.length).toBeGreaterThan(0);
      expect(edges.map(({ node }) => node.vehiclesLink)).toEqual(edges.map(() => null));
    });
  });

  describe('asked for the people behind links', () => {
    it('answers fifty holders with one call for each of their municipalities, each in its place', async () => {
      const fifty = unmistakable()
        .filter((_, index) => index % 7 === 0)
        .slice(0, 50);
      const municipalities = new Set(fifty.map(({ ags }) => ags)).size;
      expect(municipalities).toBeGreaterThan(1);
      await office.control.resetCalls();
      const { data } = await entities(fifty.map((person) => byLink(person)));
      expect(data?._entities.map((found) => found?.familyName)).toEqual(fifty.map(({ familyName }) => familyName));
      expect((await office.control.calls()).byKind).toEqual({ 9330: municipalities });
    });

    it('takes each kind of link for what it is', async () => {
      const [person = persona('citizen')] = unmistakable();
      const { ags, vehiclesLink } = byLink(person);
      const housingBenefitLink = office.links['housing-benefit'].seal(linkedTo(person));
      const { data } = await entities([
        { ags, housingBenefitLink },
        { ags, housingBenefitLink: vehiclesLink },
        { ags, vehiclesLink: 'made-up' },
        { ags: SAARBRUECKEN, vehiclesLink },
      ]);
      expect(data?._entities.map((found) => found?.familyName ?? null)).toEqual([person.familyName, null, null, null]);
    });

    it.each([
      ['somebody unknown', () => ({ ...persona('citizen'), familyName: 'Gibtesnicht' })],
      ['somebody under a block', () => pick((one) => isLiving(one) && one.blocked && isUnique(one))],
      ['people of one name', () => pick((one) => isLiving(one) && sameName(one).filter(isLiving).length > 1)],
      ['the dead', () => pick((one) => one.diedOn !== null && sameName(one).length === 1)],
      ['who moved away', () => pick((one) => one.movedAway && sameName(one).length === 1)],
    ])('answers %s with the same bytes and the same call', async (_, person) => {
      await office.control.resetCalls();
      const answer = await entities([byLink(person())]);
      expect(answer.text).toBe('{"data":{"_entities":[null]}}\n');
      expect((await office.control.calls()).byKind).toEqual({ 9330: 1 });
    });
  });

  describe('a block (§ 51 BMG)', () => {
    const person = persona('citizen-substantial');
    const block = (blocked: boolean) =>
      office.control.block({ ags: ST_INGBERT, persona: 'citizen-substantial', blocked });
    afterEach(() => block(false));

    it('takes effect at once, and lifts at once', async () => {
      const names = async () =>
        (await search(searchFor(person))).data?.residents?.edges.map(({ node }) => node.familyName);
      expect(await names()).toEqual([person.familyName]);
      await block(true);
      expect(await names()).toEqual([]);
      await block(false);
      expect(await names()).toEqual([person.familyName]);
    });

    it('leaves nothing that tells the person from one who never was', async () => {
      const id = await idOf(person);
      await block(true);
      const unknown = { ...person, familyName: 'Gibtesnicht' };
      const pairs = [
        [await resident({ ags: ST_INGBERT, id }), await resident({ ags: ST_INGBERT, id: 'made-up' })],
        [await search(searchFor(person)), await search(searchFor(unknown))],
        [await entities([byLink(person)]), await entities([byLink(unknown)])],
      ] as const;
      for (const [blocked, absent] of pairs) {
        expect(blocked.text).toBe(absent.text);
        expect(blocked.status).toBe(absent.status);
        expect(headersOf(blocked.headers)).toEqual(headersOf(absent.headers));
      }
    });

    it('costs the same calls as nobody', async () => {
      const id = await idOf(person);
      await block(true);
      const cost = async (ask: () => Promise<unknown>) => {
        await office.control.resetCalls();
        await ask();
        return office.control.calls();
      };
      expect(await cost(() => resident({ ags: ST_INGBERT, id }))).toEqual(
        await cost(() => resident({ ags: ST_INGBERT, id: 'made-up' })),
      );
    });

    it('still counts the person, so that a namesake gets no link', async () => {
      const namesake = pick((one) => isLiving(one) && !one.blocked && sameName(one).filter(isLiving).length === 2);
      const other = sameName(namesake).find((one) => isLiving(one) && one !== namesake);
      const order = { ags: namesake.ags, registerKey: other?.registerKey ?? '' };
      await office.control.block({ ...order, blocked: true });
      try {
        const edges = (await search(searchFor(namesake))).data?.residents?.edges;
        expect(edges?.map(({ node }) => node.vehiclesLink)).toEqual([null]);
      } finally {
        await office.control.block({ ...order, blocked: other?.blocked ?? false });
      }
    });
  });
});

const headersOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name !== 'date'));
