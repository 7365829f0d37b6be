import { federation2, type TestSupergraph } from '../compose.js';

/** `@override` with labels, which the stock gateway takes for never: for some requests, for all and for none. */
export const labels: TestSupergraph = {
  name: 'labels',
  isForRouters: true,
  subgraphs: {
    old: federation2(`
      type Query { rooms(floor: Int): [Room!] room(number: Int!): Room }
      type Room @key(fields: "number") {
        number: Int!
        name: String!
        light: Float
        heat(at: Int = 12): Float
        desk: Desk
        keys: [String!]
      }
      type Desk @key(fields: "id") { id: ID! drawers: Int owner: String }
    `),
    next: federation2(`
      type Query { bookings: [Booking] }
      type Booking @key(fields: "code") { code: ID! room: Room desk: Desk }
      type Room @key(fields: "number") {
        number: Int!
        name: String! @override(from: "old", label: "percent(100)")
        light: Float @override(from: "old", label: "percent(50)")
        heat(at: Int = 12): Float @external
        comfort: Float @requires(fields: "heat(at: 8)")
      }
      type Desk @key(fields: "id") { id: ID! drawers: Int @override(from: "old", label: "percent(0)") near: [Room!] }
    `),
    third: federation2(`
      type Desk @key(fields: "id") { id: ID! owner: String @override(from: "old", label: "percent(25)") lamp: Boolean }
      type Room @key(fields: "number") { number: Int! sign: String }
    `),
  },
};
