import { describe, expect, it } from '@jest/globals';
import { createFederation } from '../../../support/supergraphs/federation.js';

/** What a plan of @apollo/query-planner gets wrong when it is run as it stands. */

const items = [
  { upc: 'a', name: 'Lamp', price: 10, weight: 1 },
  { upc: 'b', name: 'Desk', price: 20, weight: 2 },
];

const shop = () =>
  createFederation({
    stock: {
      typeDefs: `type Query { products: [Product] }
        type Product @key(fields: "upc") { upc: ID! name: String price(currency: String = "USD"): Int weight: Int category: Category }
        type Category { average(currency: String!): Int }`,
      resolvers: {
        Query: { products: () => items },
        Product: {
          price: ({ price }: { price: number }, { currency }: { currency: string }) =>
            currency === 'EUR' ? price * 2 : price,
          category: () => ({}),
        },
        Category: { average: (_: object, { currency }: { currency: string }) => (currency === 'EUR' ? 200 : 100) },
      },
    },
    post: {
      typeDefs: `type Product @key(fields: "upc") {
          upc: ID! price(currency: String = "USD"): Int @external weight: Int @external category: Category @external
          inDollars: Int @requires(fields: "price(currency: \\"USD\\") weight")
          inEuros: Int @requires(fields: "price(currency: \\"EUR\\") weight")
          plain: Int @requires(fields: "price")
          isDear: Boolean @requires(fields: "category { average(currency: \\"EUR\\") }")
          isCheap: Boolean @requires(fields: "category { average(currency: \\"USD\\") }")
          label: String
        }
        type Category { average(currency: String!): Int @external }`,
      resolvers: {
        Product: {
          inDollars: ({ price, weight }: { price: number; weight: number }) => price * weight,
          inEuros: ({ price, weight }: { price: number; weight: number }) => price * weight,
          plain: ({ price }: { price: number }) => price,
          isDear: ({ category }: { category: { average: number } }) => category.average > 150,
          isCheap: ({ category }: { category: { average: number } }) => category.average < 150,
          label: ({ upc }: { upc: string }) => `label ${upc}`,
        },
      },
    },
  });

describe('fields that require the same field with different arguments', () => {
  it('each get the value they require', async () => {
    const { data } = await shop().ask('{ products { inDollars inEuros plain } }');
    expect(data).toEqual({
      products: [
        { inDollars: 10, inEuros: 20, plain: 10 },
        { inDollars: 40, inEuros: 80, plain: 20 },
      ],
    });
  });

  it('each get the nested value they require, beside fields that require nothing', async () => {
    const { data } = await shop().ask('{ products { isDear isCheap label } }');
    expect(data).toEqual({
      products: [
        { isDear: true, isCheap: true, label: 'label a' },
        { isDear: true, isCheap: true, label: 'label b' },
      ],
    });
  });

  it('are asked in one request where they agree', async () => {
    const federation = shop();
    await federation.ask('{ products { inEuros label } }');
    expect(federation.requests.map(({ subgraph }) => subgraph)).toEqual(['stock', 'post']);
  });
});

describe('what a client calls a field', () => {
  it('does not take the place of the same field that another one requires with other arguments', async () => {
    const { data } = await shop().ask(
      'query ($currency: String) { products { price(currency: $currency) inDollars } }',
      {
        variables: { currency: 'EUR' },
      },
    );
    expect(data).toEqual({
      products: [
        { price: 20, inDollars: 10 },
        { price: 40, inDollars: 40 },
      ],
    });
  });

  it('does not take the place of a key', async () => {
    const { data } = await shop().ask('{ products { upc: name weight: upc label } }');
    expect(data).toEqual({
      products: [
        { upc: 'Lamp', weight: 'a', label: 'label a' },
        { upc: 'Desk', weight: 'b', label: 'label b' },
      ],
    });
  });

  it('may be anything that JavaScript has a meaning for', async () => {
    const { data } = await shop().ask(
      'query ($__proto__: String, $constructor: String) { products { __proto__: price(currency: $__proto__) constructor: upc toString: price(currency: $constructor) hasOwnProperty: inDollars } }',
      { variables: JSON.parse('{ "__proto__": "EUR", "constructor": "USD" }') as Record<string, unknown> },
    );
    expect(JSON.stringify(data)).toBe(
      '{"products":[{"__proto__":20,"constructor":"a","toString":10,"hasOwnProperty":10},{"__proto__":40,"constructor":"b","toString":20,"hasOwnProperty":40}]}',
    );
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('may be a variable that the planner uses itself', async () => {
    const { data } = await shop().ask(
      'query ($representations: String) { products { price(currency: $representations) label } }',
      {
        variables: { representations: 'EUR' },
      },
    );
    expect(data).toEqual({
      products: [
        { price: 20, label: 'label a' },
        { price: 40, label: 'label b' },
      ],
    });
  });
});

it('comes back to a subgraph by a key that it resolves', async () => {
  const federation = createFederation({
    names: {
      typeDefs: 'type A @key(fields: "id") { id: ID! name: String! }',
      resolvers: { A: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `name ${id}` }) } },
    },
    lists: {
      typeDefs: `type Query { list: [A!]! }
        type A @key(fields: "pair { one two }", resolvable: false) @key(fields: "id pair { two }") @key(fields: "id", resolvable: false) {
          id: ID! pair: Pair! name: String! @external shout: String! @requires(fields: "name") }
        type Pair { one: ID! two: ID! }`,
      resolvers: {
        Query: { list: () => [{ id: '1', pair: { one: 'x', two: 'y' } }] },
        A: { shout: ({ id, name }: { id: string; name: string }) => `${id} ${name.toUpperCase()}` },
      },
    },
  });
  const { data } = await federation.ask('{ list { shout } }');
  expect(data).toEqual({ list: [{ shout: '1 NAME 1' }] });
});

it('refuses an operation for which the plan is empty', async () => {
  const federation = createFederation({
    a: {
      typeDefs:
        'type Query { a: Node } interface Node @key(fields: "id") { id: ID! } type Thing @key(fields: "id") { id: ID! }',
    },
    b: {
      typeDefs:
        'type Query { b: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }',
    },
  });
  await expect(federation.ask('{ a { field } }')).rejects.toMatchObject({ code: 'SUBGRAPH_MALFORMED' });
});

it('takes nothing that a condition leaves out for a need of what it keeps', async () => {
  const federation = shop();
  const query =
    'query ($dear: Boolean! = true) { products { inEuros @include(if: $dear) label isDear @skip(if: $dear) } }';
  const [kept, left] = [await federation.ask(query), await federation.ask(query, { variables: { dear: false } })];
  expect(kept.data).toMatchObject({ products: [{ inEuros: 20, label: 'label a' }, {}] });
  expect(left.data).toMatchObject({ products: [{ label: 'label a', isDear: true }, {}] });
});
