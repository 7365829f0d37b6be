import { describe, expect, it } from '@jest/globals';
import { type OperationDefinitionNode, parse } from 'graphql';
import type { Caller } from '../../../../lib/caller.js';
import type { AppError } from '../../../../lib/errors.js';
import { toLinkedPerson } from '../../../../lib/link.js';
import type { Asking, Entry, Found, Hit, ResidentsConnector } from '../../../../subgraphs/residents/connector.js';
import { createLoaders } from '../../../../subgraphs/residents/loaders.js';
import { createPseudonyms } from '../../../../subgraphs/residents/pseudonyms.js';
import { CITIZEN, CLERK } from './callers.js';
import { residentOf } from './resident.js';

const pseudonyms = createPseudonyms({
  RESIDENT_ID_KEY: 'r'.repeat(32),
  VEHICLES_LINK_KEY: 'v'.repeat(32),
  OWN_RECORD_KEY: 'o'.repeat(32),
  HOUSING_BENEFIT_LINK_KEY: 'h'.repeat(32),
});

const infoOf = (text: string) => ({ operation: parse(text).definitions[0] as OperationDefinitionNode, fragments: {} });
const INFO = infoOf('{ me { sex } }');
const AGS = '10045114';
const PERSON = toLinkedPerson({ familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05-17' });

interface Call {
  readonly kind: string;
  readonly asking: Asking;
  readonly entries?: readonly Entry[];
}

/** A register that answers what it is told to and remembers what it was asked. */
function setUp(caller: Caller | null, answers: { found?: Found; disclosed?: Found; hits?: Hit[] } = {}) {
  const calls: Call[] = [];
  const nobody: Found = { count: 0, resident: null };
  const connector: ResidentsConnector = {
    async search(_ags, _search, asking) {
      calls.push({ kind: 'search', asking });
      return answers.hits ?? [];
    },
    async findMany(entries, asking) {
      calls.push({ kind: 'batch', asking, entries });
      return entries.map(() => answers.found ?? nobody);
    },
    async disclose(_ags, asking) {
      calls.push({ kind: 'disclosure', asking });
      return answers.disclosed ?? nobody;
    },
    async followUp(ags, _search, asking) {
      calls.push({ kind: 'follow-up', asking });
      return { ags, reference: 'MV-1', receivedAt: '2026-03-20T08:00:00.000Z' };
    },
    pseudonyms,
    isMember: (ags) => ags === '10041100',
    close: async () => undefined,
  };
  const { signal } = new AbortController();
  const serves = (ags: string) => ags.startsWith('10045');
  return { calls, loaders: createLoaders(connector, { caller, serves, signal, requestId: 'r1' }) };
}

const one = (change = {}): Found => ({ count: 1, resident: residentOf(change) });
const byLink = (ags = AGS) => ({
  __typename: 'Resident' as const,
  ags,
  vehiclesLink: pseudonyms.links.vehicles.seal(PERSON),
});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: AppError) => error.code,
  );

describe('me', () => {
  it('is one self-disclosure, asked for what the operation reads', async () => {
    const { calls, loaders } = setUp(CITIZEN, { disclosed: one() });
    await expect(loaders.me(INFO)).resolves.toMatchObject({ callName: 'Käthe' });
    await loaders.me(INFO);
    expect(calls).toMatchObject([{ kind: 'disclosure', asking: { account: CITIZEN.account } }]);
    expect([...(calls[0]?.asking.elements ?? [])]).toEqual(['sex']);
  });

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['a weaker login', { ...CITIZEN, trustLevel: 'normal' }, 'INSUFFICIENT_TRUST_LEVEL'],
  ] as [string, Caller | null, string][])('is refused to %s without a call', async (_, caller, code) => {
    const { calls, loaders } = setUp(caller);
    expect(await codeOf(loaders.me(INFO))).toBe(code);
    expect(calls).toEqual([]);
  });

  it('names the trust level it needs', async () => {
    const { loaders } = setUp({ ...CITIZEN, trustLevel: 'substanziell' });
    await expect(loaders.me(INFO)).rejects.toMatchObject({
      extensions: { requiredTrustLevel: 'hoch', requiredAcr: 'STORK-QAA-Level-4' },
    });
  });

  it.each([
    ['an office', CLERK],
    ['a citizen of a municipality served elsewhere', { ...CITIZEN, municipalities: ['10041100'] }],
    ['a citizen without account data', { ...CITIZEN, account: null }],
  ] as [string, Caller][])('is null for %s without a call', async (_, caller) => {
    const { calls, loaders } = setUp(caller, { disclosed: one() });
    expect(await loaders.me(INFO)).toBeNull();
    expect(calls).toEqual([]);
  });

  it('is null where nobody fits the account, and uncertain where several do', async () => {
    expect(await setUp(CITIZEN).loaders.me(INFO)).toBeNull();
    expect(await codeOf(setUp(CITIZEN, { disclosed: { count: 2, resident: null } }).loaders.me(INFO))).toBe(
      'MATCH_UNCERTAIN',
    );
  });
});

describe('byReference and byId', () => {
  it('asks for all people of a moment in one message, whatever they are known by', async () => {
    const { calls, loaders } = setUp(CLERK, { found: one() });
    const id = pseudonyms.idOf(AGS, '42');
    await Promise.all([
      loaders.byReference(byLink(), INFO),
      loaders.byReference(byLink('10045117'), INFO),
      loaders.byReference({ __typename: 'Resident', ags: AGS, id }, INFO),
      loaders.byId({ ags: AGS, id }, INFO),
    ]);
    expect(calls.map(({ entries }) => entries)).toEqual([
      [
        { ags: AGS, person: PERSON, wants: 'person' },
        { ags: '10045117', person: PERSON, wants: 'person' },
        { ags: AGS, registerKey: '42' },
      ],
    ]);
    expect(calls[0]?.asking.account).toBeNull();
  });

  it('splits what is more than a message takes', async () => {
    const { calls, loaders } = setUp(CLERK);
    const ids = Array.from({ length: 501 }, (_, number) => pseudonyms.idOf(AGS, String(number)));
    await Promise.all(ids.map((id) => loaders.byId({ ags: AGS, id }, INFO)));
    expect(calls.map(({ entries }) => entries?.length)).toEqual([500, 1]);
  });

  it.each([
    ['unknown', { count: 0, resident: null }],
    ['blocked', { count: 1, resident: null }],
    ['ambiguous', { count: 2, resident: null }],
  ])('is null for somebody %s, after the same call', async (_, found) => {
    const { calls, loaders } = setUp(CLERK, { found });
    expect(await loaders.byReference(byLink(), INFO)).toBeNull();
    expect(await loaders.byId({ ags: AGS, id: pseudonyms.idOf(AGS, '42') }, INFO)).toBeNull();
    expect(calls).toHaveLength(2);
  });

  it('asks for a made-up id as for any other, so that the time says nothing', async () => {
    const { calls, loaders } = setUp(CLERK);
    expect(await loaders.byId({ ags: AGS, id: 'made-up' }, INFO)).toBeNull();
    expect(calls[0]?.entries).toEqual([{ ags: AGS, registerKey: '-' }]);
  });

  it('hands the account of a citizen to the register, which tells of nobody else', async () => {
    const { calls, loaders } = setUp(CITIZEN);
    await loaders.byReference(byLink(), INFO);
    expect(calls[0]?.asking.account).toEqual(CITIZEN.account);
  });

  it.each([
    ['nobody', null],
    ['a citizen with a weaker login', { ...CITIZEN, trustLevel: 'normal' }],
    ['a clerk of elsewhere', { ...CLERK, municipalities: ['10041*'] }],
    ['a phone agent', { ...CLERK, role: 'agent-115' }],
  ] as [string, Caller | null][])('tells %s nothing, without a call', async (_, caller) => {
    const { calls, loaders } = setUp(caller, { found: one() });
    expect(await loaders.byReference(byLink(), INFO)).toBeNull();
    expect(calls).toEqual([]);
  });

  it('is refused as a root field without a caller', async () => {
    expect(await codeOf(setUp(null).loaders.byId({ ags: AGS, id: 'any' }, INFO))).toBe('UNAUTHENTICATED');
  });

  it('is null for a link of another register', async () => {
    const { calls, loaders } = setUp(CLERK, { found: one() });
    const housingBenefitLink = pseudonyms.links.vehicles.seal(PERSON);
    expect(await loaders.byReference({ __typename: 'Resident', ags: AGS, housingBenefitLink }, INFO)).toBeNull();
    expect(calls).toEqual([]);
  });
});

describe('linkOf', () => {
  it('counts all people of a moment in one message, and asks for no data', async () => {
    const { calls, loaders } = setUp(CLERK, { found: { count: 1, resident: null } });
    const links = await Promise.all([
      loaders.linkOf(residentOf({}), 'vehicles', INFO),
      loaders.linkOf(residentOf({}), 'housing-benefit', INFO),
      loaders.linkOf(residentOf({ dateOfBirth: '1984' }), 'vehicles', INFO),
    ]);
    expect(calls.map(({ entries }) => entries)).toMatchObject([[{ wants: 'count' }, { wants: 'count' }]]);
    expect(pseudonyms.links.vehicles.open(links[0] ?? '')).toEqual(PERSON);
    expect(pseudonyms.links['housing-benefit'].open(links[1] ?? '')).toEqual(PERSON);
  });

  it('needs no second message for whom a link led to', async () => {
    const { calls, loaders } = setUp(CLERK, { found: one() });
    const resident = await loaders.byReference(byLink(), INFO);
    await loaders.linkOf(resident ?? residentOf({}), 'housing-benefit', INFO);
    expect(calls).toHaveLength(1);
  });

  it.each([0, 2, 3])('is null where the register counts %d such people', async (count) => {
    const { loaders } = setUp(CLERK, { found: { count, resident: null } });
    expect(await loaders.linkOf(residentOf({}), 'vehicles', INFO)).toBeNull();
  });

  it('is null for somebody without a name to link by', async () => {
    const { calls, loaders } = setUp(CLERK);
    expect(await loaders.linkOf(residentOf({ givenNames: null }), 'vehicles', INFO)).toBeNull();
    expect(calls).toEqual([]);
  });
});

describe('formerLinksOf', () => {
  const address = {
    street: 'In den Weiden',
    houseNumber: '11',
    postalCode: '66113',
    place: 'x',
    conditionalBlock: false,
  };
  const formerHomeIn = (ags: string) => ({
    address: { ...address, ags },
    status: null,
    movedIn: null,
    movedOut: null,
    isCurrent: false,
  });
  const resident = residentOf({ residences: [formerHomeIn('10041100'), formerHomeIn('07319000')] });

  it('names former municipalities of the cooperation, with the home there', () => {
    const links = setUp(CITIZEN).loaders.formerLinksOf(resident, 'vehicles');
    expect(links?.map(({ ags }) => ags)).toEqual(['10041100']);
    expect(pseudonyms.links.vehicles.open(links?.[0]?.link ?? '')).toEqual({ ...PERSON, home: '66113 INDENWEIDEN 11' });
  });

  it('is null for an office', () => {
    expect(setUp(CLERK).loaders.formerLinksOf(resident, 'vehicles')).toBeNull();
  });
});

describe('search', () => {
  const args = (change = {}) => ({ ags: AGS, search: { familyName: 'A', givenName: 'B' }, first: 2, ...change });
  const hit = (key: string, resident: Hit['resident'] = null): Hit => ({
    registerKey: key,
    order: `A|B|${key}`,
    resident,
  });
  const hits = ['1', '2', '3', '4', '5'].map((key) => hit(key));

  it('asks for the people of its page alone', async () => {
    const { calls, loaders } = setUp(CLERK, { hits, found: one() });
    const page = await loaders.search(args(), INFO);
    expect(page.edges).toHaveLength(2);
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(calls.map(({ kind, entries }) => [kind, entries])).toEqual([
      ['search', undefined],
      [
        'batch',
        [
          { ags: AGS, registerKey: '1' },
          { ags: AGS, registerKey: '2' },
        ],
      ],
    ]);
  });

  it('continues behind a cursor, also where its person is gone', async () => {
    const { pageInfo } = await setUp(CLERK, { hits, found: one() }).loaders.search(args(), INFO);
    const { calls, loaders } = setUp(CLERK, {
      hits: hits.filter(({ registerKey }) => registerKey !== '2'),
      found: one(),
    });
    const next = await loaders.search(args({ first: 9, after: pageInfo.endCursor }), INFO);
    expect(calls[1]?.entries).toEqual(['3', '4', '5'].map((registerKey) => ({ ags: AGS, registerKey })));
    expect(next.pageInfo.hasNextPage).toBe(false);
  });

  it('needs no second call for a single hit', async () => {
    const { calls, loaders } = setUp(CLERK, { hits: [hit('1', residentOf({}))] });
    expect((await loaders.search(args(), INFO)).edges).toMatchObject([{ node: { callName: 'Käthe' } }]);
    expect(calls).toHaveLength(1);
  });

  it('leaves out who has got a block since', async () => {
    const { loaders } = setUp(CLERK, { hits, found: { count: 1, resident: null } });
    expect((await loaders.search(args(), INFO)).edges).toEqual([]);
  });

  it('puts no name and no key into a cursor', async () => {
    const { edges } = await setUp(CLERK, { hits: [hit('4231651425', residentOf({}))] }).loaders.search(args(), INFO);
    const [scope, position = ''] = edges[0]?.cursor.split('.') ?? [];
    expect(scope).toHaveLength(11);
    expect(Buffer.from(position, 'base64url').toString('utf8')).not.toContain('4231651425');
  });

  it.each([
    ['another search', { search: { familyName: 'A', givenName: 'C' } }],
    ['another municipality', { ags: '10045117' }],
  ])('refuses the cursor of %s', async (_, change) => {
    const { pageInfo } = await setUp(CLERK, { hits, found: one() }).loaders.search(args(), INFO);
    const { calls, loaders } = setUp(CLERK);
    const search = loaders.search(args({ after: pageInfo.endCursor, ...change }), INFO);
    await expect(search).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } });
    expect(calls).toEqual([]);
  });

  it('refuses a cursor with a position that was not sealed here', async () => {
    const { pageInfo } = await setUp(CLERK, { hits, found: one() }).loaders.search(args(), INFO);
    const after = `${pageInfo.endCursor?.split('.')[0]}.QXxCfDE`;
    expect(await codeOf(setUp(CLERK).loaders.search(args({ after }), INFO))).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['a citizen', CITIZEN],
    ['a clerk of elsewhere', { ...CLERK, municipalities: ['10041*'] }],
    ['a phone agent', { ...CLERK, role: 'agent-115' }],
  ] as [string, Caller][])('is empty for %s, without a call', async (_, caller) => {
    const { calls, loaders } = setUp(caller, { hits });
    expect((await loaders.search(args(), INFO)).edges).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('is refused without a caller', async () => {
    expect(await codeOf(setUp(null).loaders.search(args(), INFO))).toBe('UNAUTHENTICATED');
  });
});

describe('a case left to the office', () => {
  const followUp = { ags: AGS, search: { familyName: 'A', givenName: 'B', dateOfBirth: '1984' } };

  it('goes to the register once, with who asks and why, and asks for no data', async () => {
    const { calls, loaders } = setUp(CLERK);
    expect(await loaders.requestFollowUp(followUp)).toMatchObject({ ags: AGS, reference: 'MV-1' });
    expect(calls).toMatchObject([{ kind: 'follow-up', asking: { caller: CLERK, account: null } }]);
    expect(calls[0]?.asking.elements.size).toBe(0);
  });

  it.each([
    ['a citizen', CITIZEN, 'FORBIDDEN'],
    ['a clerk of elsewhere', { ...CLERK, municipalities: ['10041*'] }, 'FORBIDDEN'],
    ['a clerk without a purpose', { ...CLERK, purpose: null }, 'FORBIDDEN'],
    ['a clerk without a file', { ...CLERK, fileReference: null }, 'FORBIDDEN'],
    ['a partner', { ...CLERK, role: 'partner', office: null, fileReference: null }, 'FORBIDDEN'],
    ['nobody', null, 'UNAUTHENTICATED'],
  ] as [string, Caller | null, string][])('is refused to %s, without a call', async (_, caller, code) => {
    const { calls, loaders } = setUp(caller);
    expect(await codeOf(loaders.requestFollowUp(followUp))).toBe(code);
    expect(calls).toEqual([]);
  });
});

describe('another authority’s system', () => {
  const PARTNER: Caller = { ...CLERK, role: 'partner', office: null, municipalities: [], fileReference: null };
  const key = { ags: AGS, id: pseudonyms.idOf(AGS, '4231651425') };

  it('finds a person by their exact key', async () => {
    expect(await setUp(PARTNER, { found: one() }).loaders.byId(key, INFO)).toMatchObject({ ags: AGS });
  });

  it('finds nobody by a search, by a link, or as themself, and gets no link', async () => {
    const { calls, loaders } = setUp(PARTNER, { found: one() });
    expect((await loaders.search({ ags: AGS, search: { familyName: 'A', givenName: 'B' } }, INFO)).edges).toEqual([]);
    expect(await loaders.byReference(byLink(), INFO)).toBeNull();
    expect(await loaders.byLink({ ags: AGS, link: byLink().vehiclesLink }, 'vehicles', INFO)).toBeNull();
    expect(await loaders.me(INFO)).toBeNull();
    expect(await loaders.linkOf(residentOf({}), 'vehicles', INFO)).toBeNull();
    expect(calls).toEqual([]);
  });
});
