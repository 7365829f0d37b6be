import { expect } from '@jest/globals';
import type { Caller } from '../../lib/caller.js';
import type { Guarded, GuardedAnswer } from './guarded.js';

/** Somebody who is signed in, with these words in the scope. */
export const somebody = (...scopes: string[]): Caller => ({
  subject: 's',
  role: 'agent-115',
  office: null,
  municipalities: [],
  trustLevel: null,
  account: null,
  purpose: null,
  fileReference: null,
  scopes,
});

/** What both engines answer, which is the same but for what they ask subgraphs. */
export async function ask(
  guarded: Guarded,
  text: string,
  caller: Caller | null,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GuardedAnswer> {
  const compiled = await guarded.compiled(text, { caller, variables });
  const stock = await guarded.stock(text, { caller, variables });
  expect({ ...stock, sent: [] }).toEqual({ ...compiled, sent: [] });
  expect(JSON.stringify(stock.data)).toBe(JSON.stringify(compiled.data));
  return { ...compiled, sent: [...compiled.sent, ...stock.sent] };
}

export const forbidden = (...path: (string | number)[]) => ({
  message: 'The token does not grant this.',
  path,
  extensions: { code: 'FORBIDDEN' },
});
export const S = (scope: string) => `@requiresScopes(scopes: [["${scope}"]])`;

export const PEOPLE = {
  files: {
    typeDefs: `
      type Query {
        open: String
        people: [Person!]
        person(id: ID!): Person
        secret: Secret
        thing(id: ID!): Thing
        node(id: ID!): Node
        score: Score
        level: Level
        strict: Strict
      }
      type Mutation { rename(id: ID!, name: String!): Person  erase(id: ID!): Person ${S('erase')} }
      interface Node { id: ID!  label: String }
      type Person implements Node @key(fields: "id") {
        id: ID!
        label: String ${S('label')}
        name: String
        income: Int ${S('income')}
        friends(first: Int): [Person]
        diary: Diary
      }
      type Town implements Node { id: ID!  label: String  mayor: Person }
      type Secret ${S('secret')} { text: String }
      union Thing = Town | Secret
      type Diary @authenticated { text(page: Int!): String ${S('diary')} }
      scalar Score @requiresScopes(scopes: [["score", "points"], ["admin"]])
      enum Level ${S('level')} { LOW HIGH }
      type Strict { always: Int! ${S('strict')}  other: Int  inner: Strict  list: [Strict!] }
    `,
    resolvers: {
      Query: {
        open: () => 'o',
        people: () => [person('1'), person('2')],
        person: (_: never, { id }: { id: string }) => (id === '0' ? null : person(id)),
        secret: () => ({ text: 't' }),
        thing: (_: never, { id }: { id: string }) => ({ __typename: 'Town', id }),
        node: (_: never, { id }: { id: string }) => (id === 'town' ? town() : { ...person(id), __typename: 'Person' }),
        score: () => 7,
        level: () => 'HIGH',
        strict: () => ({ ...strict(), inner: strict(), list: [strict()] }),
      },
      Mutation: {
        rename: (_: never, { id, name }: { id: string; name: string }) => ({ ...person(id), name }),
        erase: (_: never, { id }: { id: string }) => person(id),
      },
      Person: {
        __resolveReference: ({ id }: { id: string }) => person(id),
        friends: () => [person('3'), null, person('4')],
        diary: () => ({}),
      },
      Diary: { text: (_: never, { page }: { page: number }) => `page ${page}` },
    },
  },
  money: {
    typeDefs: `type Person @key(fields: "id") { id: ID!  income: Int @external  taxes: Int @requires(fields: "income") ${S('income')}  pay: Int ${S('pay')} }`,
    resolvers: {
      Person: {
        __resolveReference: (reference: object) => reference,
        taxes: ({ income }: { income: number }) => income / 2,
        pay: () => 5,
      },
    },
  },
};

export const person = (id: string) => ({ id, label: `l${id}`, name: `n${id}`, income: 100 });
export const town = () => ({ __typename: 'Town', id: 'town', label: 'T', mayor: person('9') });
export const strict = () => ({ always: 1, other: 2 });
