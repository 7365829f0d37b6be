import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Audited, startAudited } from '../support/audited.js';
import { someCaller } from '../support/some-caller.js';

/** Whoever is answered by what is kept is written down like everybody else. */
const SOURCES = {
  people: {
    typeDefs: `
      type Query {
        motto: String
        people(name: String): [Person!] @policy(policies: [["office"]])
      }
      type Person @key(fields: "ags id") @policy(policies: [["office"]]) {
        ags: String! id: ID! name: String secret: String @policy(policies: [["nobody"]])
      }`,
    resolvers: {
      Query: {
        motto: () => 'all together',
        people: () => [
          { ags: '10045114', id: '1', name: 'Ada' },
          { ags: '10041100', id: '2', name: null },
        ],
      },
    },
  },
};
const POLICIES = 'grants:\n  - { policies: [office], role: caseworker, law: test }\n';
const clerk = someCaller({ subject: 'clerk', role: 'caseworker', office: 'residents', purpose: 'residents.inquiry' });
const CALLERS = {
  clerk: { ...clerk, fileReference: 'A-1' },
  'clerk, another file': { ...clerk, fileReference: 'A-2' },
  colleague: { ...clerk, subject: 'colleague', fileReference: 'A-1' },
};
const QUERY = '{ people(name: "A") { id name } }';

jest.setTimeout(60_000);

describe.each(['compiled', 'apollo'] as const)('the log of the %s engine', (engine) => {
  let audited: Audited;
  beforeAll(async () => {
    audited = await startAudited({
      engine,
      sources: SOURCES,
      policies: POLICIES,
      callers: CALLERS,
      now: new Date('2026-03-20T10:00:00Z'),
      cacheControl: 'private, max-age=30',
    });
  });
  beforeEach(() => {
    audited.log.entries.length = 0;
    audited.log.state = 'on';
  });
  afterAll(() => audited?.close());

  it('says the same of an answer that was kept, by both ways', async () => {
    const first = await audited.ask(QUERY, { caller: 'clerk', isPlain: false });
    const made = audited.log.entries.splice(0);
    // The search, and a record of each municipality.
    expect(made).toHaveLength(3);
    expect(made).toContainEqual(
      expect.objectContaining({
        controller: '10045114',
        fileReference: 'A-1',
        records: [
          { type: 'Person', key: { ags: '10045114', id: '1' }, fields: expect.arrayContaining(['Person.name']) },
        ],
      }),
    );
    for (const isPlain of [true, false, true]) {
      const answer = await audited.ask(QUERY, { caller: 'clerk', isPlain });
      expect([answer.status, answer.text]).toEqual([200, first.text]);
      expect(answer.headers.get('cache-status')).toMatch(/^fachverbund-responses; hit/);
      expect(audited.log.entries.splice(0)).toEqual(made);
    }
    expect(audited.requests).toHaveLength(1);
  });

  it.each(['clerk, another file', 'colleague'])('says for what %s was told the same', async (caller) => {
    const before = audited.requests.length;
    for (let round = 0; round < 2; round++) {
      await audited.ask(QUERY, { caller });
      const { subject, fileReference } = CALLERS[caller as keyof typeof CALLERS];
      const entries = audited.log.entries.splice(0);
      expect(entries).toHaveLength(3);
      for (const entry of entries) expect(entry).toMatchObject({ fileReference, caller: { subject } });
    }
    expect(audited.requests.length - before).toBe(1);
  });

  it.each(['full', 'off'] as const)('lets nothing out that is kept while it is %s', async (state) => {
    await audited.ask(QUERY, { caller: 'clerk' });
    audited.log.state = state;
    for (const isPlain of [true, false]) {
      const { status, text, headers } = await audited.ask(QUERY, { caller: 'clerk', isPlain });
      expect([status, text.includes('Ada'), headers.get('cache-control')]).toEqual([503, false, 'no-store']);
    }
  });

  it('never keeps an answer of which something was denied', async () => {
    const query = '{ people { name secret } }';
    for (let round = 0; round < 2; round++) {
      const { text, headers } = await audited.ask(query, { caller: 'clerk' });
      expect([text.includes('FORBIDDEN'), headers.get('cache-control')]).toEqual([true, 'no-store']);
      expect(audited.log.entries.splice(0).map(({ outcome }) => outcome)).toContain('denied');
    }
  });
});
