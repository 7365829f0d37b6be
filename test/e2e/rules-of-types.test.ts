import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Caller } from '../../lib/caller.js';
import { type Guarded, type GuardedOptions, startGuarded } from '../support/guarded.js';
import { ask, forbidden, PEOPLE, S, somebody } from '../support/guarded-people.js';

jest.setTimeout(120_000);

const open: Guarded[] = [];
afterAll(() => Promise.all(open.map((each) => each.close())));

async function start(options: GuardedOptions): Promise<Guarded> {
  const guarded = await startGuarded(options);
  open.push(guarded);
  return guarded;
}

describe('interfaces and unions', () => {
  let guarded: Guarded;
  beforeAll(async () => {
    guarded = await start({ sources: PEOPLE });
  });

  it('ask for the rules of everything they can be', async () => {
    for (const id of ['1', 'town']) {
      expect(await ask(guarded, `{ node(id: "${id}") { id label } }`, somebody())).toMatchObject({
        data: { node: { id, label: null } },
        errors: [forbidden('node', 'label')],
      });
      expect((await ask(guarded, `{ node(id: "${id}") { id label } }`, somebody('label'))).errors).toEqual([]);
    }
    expect(await ask(guarded, '{ thing(id: "1") { ... on Town { id } } }', somebody())).toMatchObject({
      data: { thing: null },
      errors: [forbidden('thing')],
      sent: [],
    });
    expect(await ask(guarded, '{ thing(id: "1") { ... on Town { id } } }', somebody('secret'))).toMatchObject({
      data: { thing: { id: '1' } },
      errors: [],
    });
  });

  it('lead to no concrete field without its rule', async () => {
    const text = '{ node(id: "1") { ... on Person { income ... on Node { label } } ... on Town { label } } }';
    expect(await ask(guarded, text, somebody())).toMatchObject({
      data: { node: { income: null, label: null } },
      errors: [forbidden('node', 'income'), forbidden('node', 'label')],
    });
    // What one type asks for costs another type nothing that names itself.
    expect(await ask(guarded, '{ node(id: "town") { ... on Town { label } } }', somebody())).toMatchObject({
      data: { node: { label: 'T' } },
      errors: [],
    });
  });
});

describe('rules under other names', () => {
  const link = (imports: string, as = '') =>
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"${as}, import: [${imports}])\n`;
  const CASES: readonly (readonly [string, string, string, string])[] = [
    ['imported under another name', link('{ name: "@policy", as: "@z" }'), '@z', 'policies'],
    ['not imported', link('"@key"'), '@federation__policy', 'policies'],
    ['not imported, from a renamed link', link('"@key"', ', as: "fed"'), '@fed__policy', 'policies'],
    ['scopes under another name', link('{ name: "@requiresScopes", as: "@policy" }'), '@policy', 'scopes'],
  ];

  it.each(CASES)('hold: %s', async (_, head, directive, argument) => {
    const sources = {
      a: {
        typeDefs: `${head} type Query { open: Int  closed: Int ${directive}(${argument}: [["p"]])  vault: Vault } type Vault ${directive}(${argument}: [["p"]]) { inside: Int }`,
        resolvers: { Query: { open: () => 1, closed: () => 2, vault: () => ({ inside: 3 }) } },
      },
    };
    const guarded = await start({
      sources,
      policies: 'grants: [{ policies: [p], role: operator, law: a }]',
    });
    const text = '{ open closed vault { inside } }';
    expect(await ask(guarded, text, somebody('q'))).toMatchObject({
      data: { open: 1, closed: null, vault: null },
      errors: [forbidden('closed'), forbidden('vault')],
    });
    const granted: Caller = { ...somebody('p'), role: 'operator' };
    expect(await ask(guarded, text, granted)).toMatchObject({
      data: { open: 1, closed: 2, vault: { inside: 3 } },
      errors: [],
    });
  });
});

describe('@interfaceObject', () => {
  const MEDIA = {
    shelf: {
      typeDefs: `
        type Query { media: [Media]  book: Book }
        interface Media @key(fields: "id") { id: ID!  title: String }
        type Book implements Media @key(fields: "id") { id: ID!  title: String }
        type Film implements Media @key(fields: "id") { id: ID!  title: String }`,
      resolvers: {
        Query: {
          media: () => [
            { __typename: 'Book', id: '1', title: 'b' },
            { __typename: 'Film', id: '2', title: 'f' },
          ],
          book: () => ({ id: '1', title: 'b' }),
        },
        Media: { __resolveReference: ({ id }: { id: string }) => ({ __typename: id === '1' ? 'Book' : 'Film', id }) },
      },
    },
    ratings: {
      typeDefs: `type Media @key(fields: "id") @interfaceObject { id: ID!  stars: Int ${S('stars')}  likes: Int }`,
      resolvers: { Media: { stars: () => 5, likes: () => 9 } },
    },
  };

  it.each([
    ['through the interface', '{ media { title stars likes } }'],
    ['through an object', '{ book { title stars likes } }'],
    ['through a fragment', '{ media { ... on Book { stars likes } ... on Film { title } } }'],
  ])('is asked for its rules %s', async (_, text) => {
    const guarded = await start({ sources: MEDIA });
    const { data, errors, sent } = await ask(guarded, text, somebody());
    expect(JSON.stringify(data)).not.toContain('"stars":5');
    expect(errors.length).toBeGreaterThan(0);
    expect(sent.join()).not.toContain('stars');
    expect((await ask(guarded, text, somebody('stars'))).errors).toEqual([]);
    expect(JSON.stringify((await ask(guarded, text, somebody('stars'))).data)).toContain('"stars":5');
  });
});
