import { federation2, type TestSupergraph } from '../compose.js';

/** Interfaces over interfaces, types that differ by subgraph, fields that conflict in type behind fragments. */
export const places: TestSupergraph = {
  name: 'places',
  subgraphs: {
    map: federation2(`
      type Query { node(id: ID!): Node nodes: [Node] places(kind: [PlaceKind!]): [Place!]! any: Located }
      interface Node { id: ID! }
      interface Located { position: Position! near(radius: Float = 1.5): [Located!] }
      interface Place implements Node & Located { id: ID! position: Position! near(radius: Float = 1.5): [Located!] name: String }
      type Town implements Node & Located & Place @key(fields: "id") {
        id: ID!
        position: Position!
        near(radius: Float = 1.5): [Located!]
        name: String
        size: Int
        twin: Town
        districts: [District!]
      }
      type District implements Node & Located & Place @key(fields: "id") {
        id: ID!
        position: Position!
        near(radius: Float = 1.5): [Located!]
        name: String
        size: TownSize
        town: Town!
      }
      type Sign implements Located { position: Position! near(radius: Float = 1.5): [Located!] text: String! points: Place }
      type Position @shareable { lat: Float! lon: Float! }
      enum PlaceKind { TOWN DISTRICT }
      enum TownSize { SMALL LARGE }
    `),
    people: federation2(`
      type Query { people(first: Int!): [Person!] owners: [Owner] citizen: Person }
      interface Node { id: ID! }
      interface Owner { holdings: [Holding] label(short: Boolean): String! }
      type Person implements Node & Owner @key(fields: "id") {
        id: ID!
        holdings: [Holding]
        label(short: Boolean): String!
        name: String!
        home: Town
        mayorOf: Seat
      }
      type Firm implements Node & Owner @key(fields: "register { court number }") {
        id: ID!
        register: Register!
        holdings: [Holding]
        label(short: Boolean): String!
        name: FirmName
        staff: [Person]
      }
      type Register { court: String! number: Int! }
      type FirmName { text: String! form: String }
      union Holding = Town | District | Firm | Deed
      union Seat = Town | District
      type Deed { since: Int! of: Holding heirs: [Owner!] }
      type Town implements Node @key(fields: "id") { id: ID! mayor: Person population(year: Int): Int }
      type District implements Node @key(fields: "id") { id: ID! council: [Person!] }
    `),
    events: federation2(`
      type Query { events(in: ID): [Event!] upcoming: [Event] }
      interface Event { id: ID! at: Town! starts: String host: Owner }
      interface Owner { reach: Int }
      type Fair implements Event @key(fields: "id") { id: ID! at: Town! starts: String host: Owner stalls: Int }
      type Match implements Event @key(fields: "id") { id: ID! at: Town! starts: String host: Owner teams: [Person!]! score: [[Int]!] }
      type Person implements Owner @key(fields: "id") { id: ID! reach: Int attends: [Event] }
      type Firm implements Owner @key(fields: "register { court number }") { register: Register! reach: Int sponsors(from: Int = 1): [Event!] }
      type Register @shareable { court: String! number: Int! }
      type Town @key(fields: "id") {
        id: ID!
        name: String @external
        population(year: Int): Int @external
        events: [Event!]!
        slogan: String @requires(fields: "name population(year: 2000)")
      }
    `),
  },
};
