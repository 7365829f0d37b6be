import { federation2, type TestSupergraph } from '../compose.js';

/** A field that requires a field that itself requires something, all of it within reach of one subgraph. */
export const nested: TestSupergraph = {
  name: 'nested',
  subgraphs: {
    shelves: federation2(`
      type Query { boxes: [Box!] box(id: ID!): Box }
      type Box @key(fields: "id") { id: ID! mass(round: Boolean = true): Float size: Int! }
    `),
    costs: federation2(`
      type Query { dearest: Box }
      type Box @key(fields: "id") {
        id: ID!
        mass(round: Boolean = true): Float @external
        cost(extra: Int = 0): Int @requires(fields: "mass(round: false)")
        next: Box
      }
    `),
    sales: federation2(`
      type Query { bestseller: Box }
      type Box @key(fields: "id") {
        id: ID!
        cost(extra: Int = 0): Int @external
        price: Int @requires(fields: "cost(extra: 5)")
        rebate: Int
      }
    `),
    advice: federation2(`
      type Query { advised: [Box] }
      type Box @key(fields: "id") {
        id: ID!
        price: Int @external
        rebate: Int @external
        verdict: String @requires(fields: "price rebate")
      }
    `),
  },
};
