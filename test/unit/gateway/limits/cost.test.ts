import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { compileCost } from '../../../../gateway/limits/cost.js';
import { readCostWeights } from '../../../../gateway/limits/cost-weights.js';

const SDL = `
  schema @link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost", { name: "@listSize", as: "@size" }]) { query: Query mutation: Mutation }
  directive @link(url: String, import: [Any]) on SCHEMA
  directive @cost(weight: Int!) on FIELD_DEFINITION | OBJECT | ARGUMENT_DEFINITION
  directive @size(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
  scalar Any
  type Query {
    one: Thing
    dear: Thing @cost(weight: 7)
    some: [Thing!] @size(assumedSize: 5)
    page(first: Int = 20): [Thing!] @size(slicingArguments: ["first"])
    connection(first: Int = 20): Connection @size(slicingArguments: ["first"], sizedFields: ["edges"])
    unknown: [Thing]
    search(name: String @cost(weight: 3)): Int
  }
  type Mutation { change: Thing }
  type Connection { edges: [Edge!]! total: Int }
  type Edge { node: Thing! }
  type Thing { id: ID next: Thing }
`;
const weights = readCostWeights(parse(SDL));
const schema = buildSchema(SDL);

const costOf = (text: string, variables = {}) => {
  const document = parse(text);
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  return compileCost({ schema, weights }, document, operation)(variables);
};

describe('the cost estimate', () => {
  it.each([
    ['an object', '{ one { id } }', {}, 1],
    ['objects below', '{ one { next { next { id } } } }', {}, 3],
    ['a declared weight', '{ dear { id } }', {}, 7],
    ['an assumed size', '{ some { next { id } } }', {}, 10],
    ['a slice by default', '{ page { id } }', {}, 20],
    ['a slice by literal', '{ page(first: 3) { next { id } } }', {}, 6],
    ['a slice by variable', 'query q($n: Int) { page(first: $n) { id } }', { n: 50 }, 50],
    ['a slice by the default of a variable', 'query q($n: Int = 50) { page(first: $n) { id } }', {}, 50],
    ['a variable before its default', 'query q($n: Int = 50) { page(first: $n) { id } }', { n: 3 }, 3],
    ['a variable of null before its default', 'query q($n: Int = 50) { page(first: $n) { id } }', { n: null }, 20],
    [
      'a variable called as what every object has',
      'query q($constructor: Int = 50) { page(first: $constructor) { id } }',
      {},
      50,
    ],
    ['a connection', '{ connection(first: 4) { edges { node { id } } } }', {}, 9],
    ['an unknown list once', '{ unknown { id } }', {}, 1],
    ['a weighted argument', '{ search(name: "a") }', {}, 3],
    [
      'fragments where they are spread',
      '{ one { ...f } two: one { ...f } } fragment f on Thing { next { id } }',
      {},
      4,
    ],
    ['a mutation', 'mutation { change { id } }', {}, 11],
    ['a negative slice costs nothing', '{ page(first: -5) { id } }', {}, 0],
  ])('counts %s', (_, text, variables, expected) => {
    expect(costOf(text, variables)).toBe(expected);
  });
});
