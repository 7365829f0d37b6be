import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { AuditEntry } from '../../lib/audit/entry.js';
import { type Audited, startAudited } from '../support/audited.js';
import { someCaller } from '../support/some-caller.js';

/** No record, no answer: what leaves the gateway stands in the log before its first byte does. */
const PEOPLE = [
  { ags: '10045114', id: '1', name: 'Ada', homes: [{ street: 'Am Markt' }], nick: null },
  { ags: '10045114', id: '2', name: 'Bea', homes: [], nick: 'B' },
  { ags: '10041100', id: '3', name: 'Cem', homes: null, nick: null },
];
type Key = { readonly ags: string; readonly id: string };
const find = ({ ags, id }: Key) => PEOPLE.find((one) => one.ags === ags && one.id === id) ?? null;

const SOURCES = {
  people: {
    typeDefs: `
      type Query {
        motto: String
        person(ags: String!, id: ID!): Person @policy(policies: [["office"]])
        people(ags: String!, name: String, first: Int = 5): [Person!] @policy(policies: [["office"]])
      }
      type Mutation {
        rename(ags: String!, id: ID!, name: String!): Person @policy(policies: [["office"]])
        note(ags: String!, text: String!): Note @policy(policies: [["office"]])
      }
      type Note @policy(policies: [["office"]]) { text: String secret: String! @policy(policies: [["nobody"]]) }
      type Person @key(fields: "ags id") @policy(policies: [["office"]]) {
        ags: String! id: ID! name: String nick: String homes: [Home!] secret: String @policy(policies: [["nobody"]])
        broken: String
      }
      type Home @policy(policies: [["office"]]) { street: String }`,
    resolvers: {
      Query: {
        motto: () => 'all together',
        person: (_: never, key: Key) => find(key),
        people: (_: never, { ags, name }: { ags: string; name?: string }) =>
          PEOPLE.filter((one) => one.ags === ags && (!name || one.name === name)),
      },
      Mutation: {
        rename: (_: never, { name, ...key }: Key & { name: string }) => ({ ...find(key), name }),
        note: (_: never, { text }: { text: string }) => {
          if (text === '') throw new Error('nothing to note');
          return { text };
        },
      },
      Person: {
        __resolveReference: find,
        broken: () => {
          throw new Error('broken');
        },
      },
    },
  },
  dogs: {
    typeDefs: `type Person @key(fields: "ags id") @policy(policies: [["office"]]) { ags: String! id: ID! dogs: [Dog!] }
      type Dog @key(fields: "ags tag") @policy(policies: [["office"]]) { ags: String! tag: ID! weight: Int }`,
    resolvers: {
      Person: {
        __resolveReference: (key: Key) => key,
        dogs: ({ ags, id }: Key) => (id === '1' ? [{ ags, tag: 'D1', weight: 7 }] : []),
      },
      Dog: { __resolveReference: (key: object) => key },
    },
  },
};
const POLICIES = `
refused: [partner]
grants:
  - { policies: [office], role: caseworker, law: test }
`;
const CALLERS = {
  clerk: someCaller({
    subject: 'clerk-1',
    role: 'caseworker',
    office: 'vehicles',
    municipalities: ['10045*'],
    purpose: 'vehicles.registration',
    fileReference: 'A-1',
    actingFor: 'line-of-business-system',
  }),
  partner: someCaller({ subject: 'partner-1', role: 'partner' }),
};
const NOW = new Date('2026-03-20T10:00:00.123Z');
const PERSON = '10045114", id: "1"';

const sent = (changes: Partial<AuditEntry>) => ({
  requestId: 'one-request-id',
  at: '2026-03-20T10:00:00.123Z',
  register: 'people',
  controller: '10045114',
  caller: {
    subject: 'clerk-1',
    role: 'caseworker',
    office: 'vehicles',
    municipalities: ['10045*'],
    actingFor: 'line-of-business-system',
  },
  purpose: 'vehicles.registration',
  fileReference: 'A-1',
  occasion: '1 Zulassung',
  operation: { kind: 'query', hash: expect.stringMatching(/^[0-9a-f]{12}$/), name: null },
  outcome: 'sent',
  records: [],
  deniedFields: [],
  search: null,
  isWithheld: false,
  ...changes,
});
const record = (id: string, ...fields: string[]) => ({ type: 'Person', key: { ags: '10045114', id }, fields });

jest.setTimeout(60_000);

describe.each(['compiled', 'apollo'] as const)('the log of the %s engine', (engine) => {
  let audited: Audited;
  beforeAll(async () => {
    audited = await startAudited({ engine, sources: SOURCES, policies: POLICIES, callers: CALLERS, now: NOW });
  });
  beforeEach(() => {
    audited.log.entries.length = 0;
    audited.log.state = 'on';
  });
  afterAll(() => audited?.close());

  /** Both ways through the gateway: by the host, which compiles, and past it. */
  const both = async (query: string, caller = 'clerk') => {
    const first = await audited.ask(query, { caller, isPlain: false });
    const byHost = audited.log.entries.splice(0);
    const second = await audited.ask(query, { caller });
    const direct = audited.log.entries.splice(0);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect(direct).toEqual(byHost);
    return { answer: first, entries: direct };
  };

  it('says whose record was sent, though nobody asked for its key', async () => {
    const { answer, entries } = await both(`{ person(ags: "${PERSON}) { alias: name nick homes { street } } }`);
    expect(answer.text).toBe('{"data":{"person":{"alias":"Ada","nick":null,"homes":[{"street":"Am Markt"}]}}}\n');
    expect(entries).toEqual([sent({ records: [record('1', 'Home.street', 'Person.homes', 'Person.name')] })]);
  });

  it('tells apart keys and what a client calls like them', async () => {
    const { answer, entries } = await both(
      `{ person(ags: "${PERSON}) { id: name ags: nick __typename: id dogs { tag: weight ags: tag } } }`,
    );
    expect(answer.text).toBe(
      '{"data":{"person":{"id":"Ada","ags":null,"__typename":"1","dogs":[{"tag":7,"ags":"D1"}]}}}\n',
    );
    const dog = { type: 'Dog', key: { ags: '10045114', tag: 'D1' }, fields: ['Dog.tag', 'Dog.weight'] };
    expect(entries).toMatchObject([
      { register: 'dogs', records: expect.arrayContaining([record('1', 'Person.dogs'), dog]) },
      { register: 'people', records: [record('1', 'Person.id', 'Person.name')] },
    ]);
  });

  it('says nothing of errors where there are none, whatever a caller may not see', async () => {
    const { answer } = await both('{ person(ags: "1", id: "1") { secret } }');
    expect(answer.text).toBe('{"data":{"person":null}}\n');
  });

  it.each(['__typename', 'nick'])(
    'says that somebody is there, though nothing else was told of them: %s',
    async (field) => {
      const { answer, entries } = await both(`{ person(ags: "${PERSON}) { ${field} } }`);
      expect(answer.text).toMatch(/"person":\{/);
      expect(entries).toEqual([sent({ records: [record('1')] })]);
    },
  );

  it('makes one entry for each register and controller', async () => {
    const dog = { type: 'Dog', key: { ags: '10045114', tag: 'D1' }, fields: ['Dog.weight'] };
    const { entries } = await both(
      `query Q { person(ags: "${PERSON}) { name dogs { weight } } x: person(ags: "10041100", id: "3") { id dogs { tag } } }`,
    );
    expect(entries.map(({ register, controller, records }) => [register, controller, records])).toEqual([
      // That somebody has none is told as well.
      ['dogs', '10041100', [{ ...record('3', 'Person.dogs'), key: { ags: '10041100', id: '3' } }]],
      ['dogs', '10045114', expect.arrayContaining([record('1', 'Person.dogs'), dog])],
      ['people', '10041100', [{ ...record('3', 'Person.id'), key: { ags: '10041100', id: '3' } }]],
      ['people', '10045114', [record('1', 'Person.name')]],
    ]);
    expect(entries[0]?.operation.name).toBe('Q');
  });

  it('keeps what was searched for and how many were found, also none', async () => {
    const found = await both('{ people(ags: "10045114") { nick } }');
    expect(found.entries).toEqual([
      sent({
        records: [record('1'), record('2', 'Person.nick')],
        search: { field: 'people', criteria: { ags: '10045114', first: 5 }, hits: 2 },
      }),
    ]);
    const none = await both('{ people(ags: "10045114", name: "Zoe") { name } }');
    expect(none.entries).toEqual([
      sent({ search: { field: 'people', criteria: { ags: '10045114', name: 'Zoe', first: 5 }, hits: 0 } }),
    ]);
    const unknown = await both('{ person(ags: "10045114", id: "99") { name } }');
    expect(unknown.entries).toEqual([
      sent({ search: { field: 'person', criteria: { ags: '10045114', id: '99' }, hits: 0 } }),
    ]);
  });

  it.each([
    ['told nothing of', 'note(ags: "1", text: "a") { __typename }'],
    ['failed', 'note(ags: "1", text: "") { text }'],
  ])('keeps a change of which the answer %s', async (_, mutation) => {
    const { entries } = await both(`mutation { ${mutation} }`);
    expect(entries).toEqual([
      sent({
        controller: '1',
        operation: expect.objectContaining({ kind: 'mutation', name: null }) as never,
        records: [{ type: 'Mutation', key: { ags: '1' }, fields: [] }],
      }),
    ]);
  });

  it('says of partial answers what was sent', async () => {
    const { answer, entries } = await both(`{ person(ags: "${PERSON}) { name broken } }`);
    expect(answer.text).toContain('SUBGRAPH_ERROR');
    expect(entries).toEqual([sent({ records: [record('1', 'Person.name')] })]);
  });

  it('says what was denied beside what was sent', async () => {
    const { answer, entries } = await both(`{ person(ags: "${PERSON}) { name secret } }`);
    expect(answer.text).toContain('"secret":null');
    expect(entries).toEqual([
      sent({ records: [record('1', 'Person.name')] }),
      sent({ outcome: 'denied', deniedFields: ['Person.secret'] }),
    ]);
  });

  it('says who was refused as a whole', async () => {
    const { answer, entries } = await both(`{ person(ags: "${PERSON}) { name } }`, 'partner');
    expect(answer.status).toBe(403);
    expect(entries).toMatchObject([
      {
        outcome: 'denied',
        controller: '10045114',
        caller: { subject: 'partner-1' },
        deniedFields: ['Person.name', 'Query.person'],
        records: [],
      },
    ]);
  });

  it('writes nothing of what everybody may know', async () => {
    const { entries } = await both('{ motto }');
    expect(entries).toEqual([]);
    expect((await audited.ask(`{ person(ags: "${PERSON}) { name } }`)).status).toBe(401);
    expect(audited.log.entries).toEqual([]);
  });

  it('follows conditions and fragments', async () => {
    const query =
      'query($v: Boolean!, $w: Boolean!) { person(ags: "10045114", id: "1") { ...f @include(if: $v) nick ... on Person @skip(if: $w) { homes { street } } } } fragment f on Person { name }';
    for (const isPlain of [false, true]) {
      await audited.ask(query, { caller: 'clerk', variables: { v: true, w: true }, isPlain });
      await audited.ask(query, { caller: 'clerk', variables: { v: false, w: false }, isPlain });
    }
    expect(audited.log.entries.map(({ records }) => records.map(({ fields }) => fields.join()))).toEqual([
      ['Person.name'],
      ['Home.street,Person.homes'],
      ['Person.name'],
      ['Home.street,Person.homes'],
    ]);
  });

  it.each([false, true])(
    'asks no subgraph for personal data while it cannot be written (plain: %s)',
    async (isPlain) => {
      const query = `{ person(ags: "${PERSON}) { name } }`;
      await audited.ask(query, { caller: 'clerk', isPlain });
      audited.log.state = 'off';
      const before = audited.requests.length;
      const answer = await audited.ask(query, { caller: 'clerk', isPlain });
      expect([answer.status, JSON.parse(answer.text), answer.headers.get('retry-after')]).toEqual([
        503,
        { errors: [{ message: expect.any(String), extensions: { code: 'AUDIT_UNAVAILABLE' } }] },
        '5',
      ]);
      expect(audited.requests.length).toBe(before);
      expect((await audited.ask('{ motto }', { isPlain })).text).toBe('{"data":{"motto":"all together"}}\n');
      audited.log.state = 'on';
      expect((await audited.ask(query, { caller: 'clerk', isPlain })).status).toBe(200);
    },
  );

  it.each([
    ['a query', `{ person(ags: "${PERSON}) { name } }`],
    ['a mutation, whose effect stands', `mutation { rename(ags: "${PERSON}, name: "Dora") { name } }`],
  ])('sends nothing of %s where writing fails', async (_, query) => {
    const good = await both(query);
    expect(good.answer.status).toBe(200);
    audited.log.state = 'full';
    const { answer } = await both(query);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.text).not.toMatch(/Ada|Dora|"data"|secret-place/);
    audited.log.state = 'on';
    expect((await both(query)).answer.text).toBe(good.answer.text);
  });
});
