import { describe, expect, it } from '@jest/globals';
import { lazily } from '../../../../gateway/plan/lazily.js';
import { createFederation } from '../../../support/supergraphs/federation.js';

/** What a plan of @apollo/query-planner gets wrong when it is run as it stands. */

const items = [
  { upc: 'a', name: 'Lamp', price: 10, weight: 1 },
  { upc: 'b', name: 'Desk', price: 20, weight: 2 },
];

const shop = lazily(() =>
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
  }),
);

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

describe('a field that is required and requires something itself', () => {
  const create = lazily(() =>
    createFederation({
      weights: {
        typeDefs:
          'type Query { boxes: [Box!] } type Box @key(fields: "id") { id: ID! mass(round: Boolean = true): Int }',
        resolvers: {
          Query: { boxes: () => [{ id: '3' }] },
          Box: { mass: ({ id }: { id: string }, { round }: { round: boolean }) => Number(id) * (round ? 100 : 1) },
        },
      },
      costs: {
        typeDefs: `type Box @key(fields: "id") { id: ID! mass(round: Boolean = true): Int @external
          cost(extra: Int = 0): Int @requires(fields: "mass(round: false)") }`,
        resolvers: { Box: { cost: ({ mass }: { mass: number }, { extra }: { extra: number }) => mass + extra } },
      },
      sales: {
        typeDefs: `type Query { best: Box } type Box @key(fields: "id") { id: ID! cost(extra: Int = 0): Int @external
          price: Int @requires(fields: "cost(extra: 5)") rebate: Int }`,
        resolvers: {
          Query: { best: () => ({ id: '2' }) },
          Box: { price: ({ cost }: { cost: number }) => cost * 10, rebate: () => 1 },
        },
      },
      advice: {
        typeDefs: `type Box @key(fields: "id") { id: ID! price: Int @external rebate: Int @external
          verdict: String @requires(fields: "price rebate") }`,
        resolvers: {
          Box: { verdict: ({ price, rebate }: { price: number; rebate: number }) => `${price} less ${rebate}` },
        },
      },
    }),
  );

  it.each([
    ['comes from its own subgraph', '{ best { verdict } }', { best: { verdict: '70 less 1' } }],
    ['comes from another one', '{ boxes { verdict } }', { boxes: [{ verdict: '80 less 1' }] }],
    ['is asked for beside', '{ best { price verdict cost } }', { best: { price: 70, verdict: '70 less 1', cost: 2 } }],
  ])('has what it requires where the entity %s', async (_, query, data) => {
    expect(await create().ask(query)).toEqual({ data, errors: [] });
  });
});

it('asks no subgraph for a field that it knows as external only', async () => {
  const federation = createFederation({
    posts: {
      typeDefs: `type Query { posts: [Post] } type Post @key(fields: "id") { id: ID! notes(first: Int): [Note] @external count: Int @requires(fields: "notes(first: 9) { id }") }
        type Note @key(fields: "id") { id: ID! by: ID }`,
      resolvers: {
        Query: { posts: () => [{ id: 'p' }] },
        Post: { notes: () => [], count: ({ notes }: { notes: unknown[] }) => notes.length },
        Note: { by: ({ id }: { id: string }) => `by ${id}` },
      },
    },
    notes: {
      typeDefs: `type Post @key(fields: "id") { id: ID! notes(first: Int): [Note] author: String @requires(fields: "notes(first: 2) { by }") }
        type Note @key(fields: "id") { id: ID! by: ID @external }`,
      resolvers: {
        Post: {
          __resolveReference: (post: object) => post,
          notes: (_: object, { first }: { first: number }) => [{ id: 'a' }, { id: 'b' }, { id: 'c' }].slice(0, first),
          author: ({ notes }: { notes: { by: string }[] }) => notes.map(({ by }) => by).join(),
        },
      },
    },
  });
  const { data } = await federation.ask('{ posts { author notes(first: 1) { id } } }');
  expect(data).toEqual({ posts: [{ author: 'by a,by b', notes: [{ id: 'a' }] }] });
});

it('asks for fields of an interface that require nothing also where others lack what they require', async () => {
  const federation = createFederation({
    archive: {
      typeDefs: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        type Song implements Media @key(fields: "id") { id: ID! title: String }`,
      resolvers: {
        Query: { media: () => ['Book', 'Song'].map((type) => ({ __typename: type, id: type, title: `the ${type}` })) },
      },
    },
    reviews: {
      typeDefs: `type Media @key(fields: "id") @interfaceObject { id: ID! title: String @external stars: Int
        summary: String @requires(fields: "title") }`,
      resolvers: { Media: { stars: () => 5, summary: ({ title }: { title: string }) => `about ${title}` } },
    },
  });
  const { data, errors } = await federation.ask('{ media { stars ... on Book { summary } } }');
  expect(errors).toEqual([]);
  expect(data).toEqual({ media: [{ stars: 5, summary: 'about the Book' }, { stars: 5 }] });
});

it('plans conditions on a union below an interface that a subgraph knows as an object', async () => {
  const federation = createFederation({
    archive: {
      typeDefs: `interface Media @key(fields: "id") { id: ID! } union Found = Book | Creator
        type Book implements Media @key(fields: "id") { id: ID! pages: Int } type Song implements Media @key(fields: "id") { id: ID! }
        type Creator @key(fields: "id") { id: ID! }`,
      resolvers: {
        Media: { __resolveReference: ({ id }: { id: string }) => ({ __typename: id, id }) },
        Book: { pages: () => 7 },
      },
    },
    reviews: {
      typeDefs: `type Query { rated: [Media] creators: [Creator] } type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        type Creator @key(fields: "id") { id: ID! age: Int }`,
      resolvers: { Query: { rated: () => [{ id: 'Book' }, { id: 'Song' }] }, Media: { stars: () => 5 } },
    },
  });
  const { data, errors } = await federation.ask(
    '{ rated { ... on Found { __typename ... on Book { pages } } stars } }',
  );
  expect(errors).toEqual([]);
  expect(data).toEqual({ rated: [{ __typename: 'Book', pages: 7, stars: 5 }, { stars: 5 }] });
});
