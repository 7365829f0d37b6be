import { federation2, type TestSupergraph } from '../compose.js';

/** `@override`; fields still used where they were taken from; shareable root fields. */
export const moving: TestSupergraph = {
  name: 'moving',
  subgraphs: {
    old: federation2(`
      type Query {
        homes: [Home!] @shareable
        home(id: ID!): Home
        streets: [Street]
      }
      type Home @key(fields: "id") @key(fields: "plot { number }") {
        id: ID!
        plot: Plot!
        area: Float
        rooms: Int!
        heating(kind: Fuel): String
        tenant: Tenant
        value: Int
      }
      type Plot @key(fields: "number") { number: Int! street: Street size: Int }
      type Street @key(fields: "name town") { name: String! town: String! homes: [Home!] length: Float }
      type Tenant @key(fields: "id") { id: ID! since: String phone: String }
      enum Fuel { GAS OIL }
    `),
    new: federation2(`
      type Query {
        homes: [Home!] @shareable
        streets: [Street] @override(from: "old")
        plots(numbers: [Int!]): [Plot]
      }
      type Home @key(fields: "id") {
        id: ID!
        area: Float @override(from: "old")
        rooms: Int! @override(from: "old")
        density: Float @requires(fields: "value")
        value: Int @external
        neighbours: [Home]
        heating(kind: Fuel): String @external
        price: Int @requires(fields: "heating(kind: OIL)")
      }
      enum Fuel { GAS OIL }
      type Plot @key(fields: "number") { number: Int! size: Int @override(from: "old") zone: String }
      type Street @key(fields: "name town") { name: String! town: String! noise(at: Int = 8): Int }
      type Tenant @key(fields: "id") { id: ID! phone: String @override(from: "old") home: Home }
    `),
    energy: federation2(`
      type Query { meters: [Meter!]! }
      type Meter @key(fields: "serial") { serial: ID! home: Home reading: Float! }
      type Home @key(fields: "id") {
        id: ID!
        area: Float @external
        rooms: Int! @external
        heating(kind: Fuel): String @override(from: "old")
        consumption: Float! @requires(fields: "area rooms")
        meters: [Meter]
      }
      type Tenant @key(fields: "id") { id: ID! bill(month: Int!): Int }
      enum Fuel { GAS OIL }
    `),
  },
};
