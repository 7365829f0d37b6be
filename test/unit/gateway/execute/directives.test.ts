import { describe, expect, it } from '@jest/globals';
import { createFederation, type SubgraphSource } from '../../../support/supergraphs/federation.js';

interface Case {
  readonly subgraphs: Readonly<Record<string, SubgraphSource>>;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly overrides?: readonly string[];
  readonly data: unknown;
}

const product = { id: '1', name: 'Lamp', price: 10, weight: 3 };
const byId = (items: readonly { id: string }[]) => (key: { id: string }) =>
  items.find(({ id }) => id === key.id) ?? null;

const CASES: readonly [string, Case][] = [
  [
    'joins a second subgraph by key',
    {
      subgraphs: {
        a: {
          typeDefs: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! name: String }',
          resolvers: { Query: { product: () => product } },
        },
        b: {
          typeDefs: 'type Product @key(fields: "id") { id: ID! price: Int }',
          resolvers: { Product: { __resolveReference: byId([product]) } },
        },
      },
      query: '{ product { price name } }',
      data: { product: { price: 10, name: 'Lamp' } },
    },
  ],
  [
    'sends what @requires names, nested and through a list',
    {
      subgraphs: {
        a: {
          typeDefs: `type Query { product: Product } type Product @key(fields: "id") { id: ID! size: Size parts: [Part!] }
            type Size { width: Int height: Int } type Part { weight: Int name: String }`,
          resolvers: {
            Query: {
              product: () => ({ id: '1', size: { width: 2, height: 3 }, parts: [{ weight: 1 }, { weight: 4 }] }),
            },
          },
        },
        b: {
          typeDefs: `type Product @key(fields: "id") { id: ID! size: Size @external parts: [Part!] @external
              area: Int @requires(fields: "size { width height }") weight: Int @requires(fields: "parts { weight }") }
            type Size { width: Int @external height: Int @external } type Part { weight: Int @external }`,
          resolvers: {
            Product: {
              area: ({ size }: { size: { width: number; height: number } }) => size.width * size.height,
              weight: ({ parts }: { parts: { weight: number }[] }) => parts.reduce((sum, part) => sum + part.weight, 0),
            },
          },
        },
      },
      query: '{ product { area weight } }',
      data: { product: { area: 6, weight: 5 } },
    },
  ],
  [
    'takes what @provides brings along without asking its owner',
    {
      subgraphs: {
        a: {
          typeDefs: `type Query { review: Review } type Review { product: Product @provides(fields: "name") }
            type Product @key(fields: "id") { id: ID! name: String @external }`,
          resolvers: { Query: { review: () => ({ product: { id: '1', name: 'provided' } }) } },
        },
        b: {
          typeDefs: 'type Product @key(fields: "id") { id: ID! name: String @shareable price: Int }',
          resolvers: { Product: { __resolveReference: byId([product]) } },
        },
      },
      query: '{ review { product { name price } } }',
      data: { review: { product: { name: 'provided', price: 10 } } },
    },
  ],
  [
    'takes @provides on the members of a union',
    {
      subgraphs: {
        a: {
          typeDefs: `type Query { media: [Media] @provides(fields: "... on Book { title }") } union Media = Book | Song
            type Book @key(fields: "id") { id: ID! title: String @external } type Song @key(fields: "id") { id: ID! }`,
          resolvers: {
            Query: {
              media: () => [
                { __typename: 'Book', id: 'b', title: 'provided' },
                { __typename: 'Song', id: 's' },
              ],
            },
          },
        },
        b: {
          typeDefs: `type Book @key(fields: "id") { id: ID! title: String @shareable }
            type Song @key(fields: "id") { id: ID! title: String }`,
          resolvers: { Song: { __resolveReference: ({ id }: { id: string }) => ({ id, title: 'song' }) } },
        },
      },
      query: '{ media { __typename ... on Book { title } ... on Song { title } } }',
      data: {
        media: [
          { __typename: 'Book', title: 'provided' },
          { __typename: 'Song', title: 'song' },
        ],
      },
    },
  ],
  [
    'asks the new home of a field under @override',
    {
      subgraphs: {
        a: {
          typeDefs: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Int }',
          resolvers: { Query: { product: () => ({ id: '1', price: 1 }) } },
        },
        b: {
          typeDefs: 'type Product @key(fields: "id") { id: ID! price: Int @override(from: "a") }',
          resolvers: { Product: { price: () => 2 } },
        },
      },
      query: '{ product { price } }',
      data: { product: { price: 2 } },
    },
  ],
  ...(['old', 'new'] as const).map((home): [string, Case] => [
    `asks the ${home} home of a field under @override with a label`,
    {
      subgraphs: {
        a: {
          typeDefs: 'type Query { product: Product } type Product @key(fields: "id") { id: ID! price: Int }',
          resolvers: { Query: { product: () => ({ id: '1', price: 1 }) } },
        },
        b: {
          typeDefs: 'type Product @key(fields: "id") { id: ID! price: Int @override(from: "a", label: "percent(10)") }',
          resolvers: { Product: { price: () => 2 } },
        },
      },
      query: '{ product { price } }',
      overrides: home === 'new' ? ['percent(10)'] : [],
      data: { product: { price: home === 'new' ? 2 : 1 } },
    },
  ]),
  [
    'adds fields of an @interfaceObject to every implementation and finds the type behind it',
    {
      subgraphs: {
        a: {
          typeDefs: `type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
            type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
            type Song implements Media @key(fields: "id") { id: ID! title: String }`,
          resolvers: {
            Query: {
              media: () => [
                { __typename: 'Book', id: 'b' },
                { __typename: 'Song', id: 's' },
              ],
            },
            Media: {
              __resolveReference: ({ id }: { id: string }) => ({
                __typename: id === 'b' ? 'Book' : 'Song',
                id,
                pages: 7,
              }),
            },
          },
        },
        b: {
          typeDefs: `type Query { rated: [Media] } type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }`,
          resolvers: {
            Query: {
              rated: () => [
                { id: 's', stars: 1 },
                { id: 'b', stars: 2 },
              ],
            },
            Media: { __resolveReference: ({ id }: { id: string }) => ({ id, stars: id === 'b' ? 2 : 1 }) },
          },
        },
      },
      query: '{ media { id stars } rated { __typename stars ... on Book { pages } } }',
      data: {
        media: [
          { id: 'b', stars: 2 },
          { id: 's', stars: 1 },
        ],
        rated: [
          { __typename: 'Song', stars: 1 },
          { __typename: 'Book', stars: 2, pages: 7 },
        ],
      },
    },
  ],
  [
    'fills an argument from the context above, for each parent its own',
    {
      subgraphs: {
        a: {
          typeDefs: `type Query { users: [User!]! } type User @key(fields: "id") @context(name: "user") { id: ID! locale: String! letter: Letter! }
            type Letter @key(fields: "id") { id: ID! greeting(in: String @fromContext(field: "$user { locale }")): String }`,
          resolvers: {
            Query: {
              users: () => [
                { id: '1', locale: 'de', letter: { id: 'l' } },
                { id: '2', locale: 'fr', letter: { id: 'l' } },
              ],
            },
            Letter: { greeting: (_: object, args: { in: string }) => `greeting in ${args.in}` },
          },
        },
        b: { typeDefs: 'type Letter @key(fields: "id") { id: ID! pages: Int }' },
      },
      query: '{ users { letter { greeting } } }',
      data: { users: [{ letter: { greeting: 'greeting in de' } }, { letter: { greeting: 'greeting in fr' } }] },
    },
  ],
  [
    'goes through an inaccessible key',
    {
      subgraphs: {
        a: {
          typeDefs:
            'type Query { product: Product } type Product @key(fields: "secret") { secret: ID! @inaccessible name: String }',
          resolvers: { Query: { product: () => ({ secret: 's', name: 'Lamp' }) } },
        },
        b: {
          typeDefs: 'type Product @key(fields: "secret") { secret: ID! @inaccessible price: Int }',
          resolvers: { Product: { price: ({ secret }: { secret: string }) => secret.length } },
        },
      },
      query: '{ product { name price } }',
      data: { product: { name: 'Lamp', price: 1 } },
    },
  ],
  [
    'takes a supergraph with rights whole',
    {
      subgraphs: {
        a: {
          typeDefs: `type Query { open: Int closed: Int @authenticated scoped: Int @requiresScopes(scopes: [["a"]])
            ruled: Int @policy(policies: [["p"]]) }`,
          resolvers: { Query: { open: () => 1, closed: () => 2, scoped: () => 3, ruled: () => 4 } },
        },
      },
      query: '{ open closed scoped ruled }',
      data: { open: 1, closed: 2, scoped: 3, ruled: 4 },
    },
  ],
  [
    'joins subgraphs that extend in the style of Federation 1',
    {
      subgraphs: {
        a: {
          typeDefs:
            '# fed1\n type Query { product: Product } type Product @key(fields: "id") { id: ID! name: String price: Int }',
          resolvers: { Query: { product: () => product }, Product: { __resolveReference: byId([product]) } },
        },
        b: {
          typeDefs: `# fed1
            extend type Product @key(fields: "id") { id: ID! @external price: Int @external double: Int @requires(fields: "price") }`,
          resolvers: { Product: { double: ({ price }: { price: number }) => price * 2 } },
        },
      },
      query: '{ product { name double } }',
      data: { product: { name: 'Lamp', double: 20 } },
    },
  ],
  [
    'fetches a field of the root below a field of the root type',
    {
      subgraphs: {
        a: {
          typeDefs: 'type Query { self: Query! a: Int @shareable }',
          resolvers: { Query: { self: () => ({}), a: () => 1 } },
        },
        b: { typeDefs: 'type Query { b: Int }', resolvers: { Query: { b: () => 2 } } },
      },
      query: '{ self { a b } }',
      data: { self: { a: 1, b: 2 } },
    },
  ],
  [
    'answers an entity whose key leads nowhere with null',
    {
      subgraphs: {
        a: {
          typeDefs: 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! }',
          resolvers: { Query: { products: () => [{ id: '1' }, { id: 'unknown' }] } },
        },
        b: {
          typeDefs: 'type Product @key(fields: "id") { id: ID! price: Int }',
          resolvers: { Product: { __resolveReference: byId([product]) } },
        },
      },
      query: '{ products { id price } }',
      data: {
        products: [
          { id: '1', price: 10 },
          { id: 'unknown', price: null },
        ],
      },
    },
  ],
];

describe('a plan over several subgraphs', () => {
  it.each(CASES)('%s', async (_, { subgraphs, query, variables = {}, overrides = [], data }) => {
    const answer = await createFederation(subgraphs).ask(query, { variables, overrides });
    expect(answer).toEqual({ data, errors: [] });
  });
});
