import { federation2, type TestSupergraph } from '../compose.js';

/** Entity interfaces, `@interfaceObject`, unions whose members differ by subgraph, `@provides` on unions. */
export const media: TestSupergraph = {
  name: 'media',
  plannerFault:
    'Only while parts fail: the type of an object that comes as an interface object is known to one subgraph alone, and ' +
    'where that does not know the object, a __typename is asked of nobody (@apollo/query-planner 2.14.4).',
  subgraphs: {
    archive: federation2(`
      type Query {
        medium(id: ID!): Medium
        media(first: Int = 5): [Medium!]!
        books: [Book]
        latest: [Found!] @shareable
        spotlight: Spotlight
      }
      interface Medium @key(fields: "id") {
        id: ID!
        title: String
        length(unit: LengthUnit = MINUTES): Int!
        creator: Creator
        related: [Medium]
      }
      type Book implements Medium @key(fields: "id") {
        id: ID!
        title: String
        length(unit: LengthUnit = MINUTES): Int!
        creator: Creator
        related: [Medium]
        isbn: String! @shareable
        chapters: [[Chapter!]!]
      }
      type Film implements Medium @key(fields: "id") {
        id: ID!
        title: String @shareable
        length(unit: LengthUnit = MINUTES): Int!
        creator: Creator
        related: [Medium]
        director: Creator!
        sequel: Film
      }
      type Song implements Medium @key(fields: "id") {
        id: ID!
        title: String
        length(unit: LengthUnit = MINUTES): Int!
        creator: Creator
        related: [Medium]
        key: MusicalKey
        covers(of: CoverFilter): [Song!]!
      }
      type Chapter { number: Int! title: String refersTo: Found }
      union Found = Book | Film | Creator
      union Spotlight = Book | Song | Chapter
      type Creator @key(fields: "id") { id: ID! name: String! @shareable born: Int }
      enum LengthUnit { MINUTES PAGES }
      enum MusicalKey { C D E }
      input CoverFilter { artist: String key: MusicalKey = C }
    `),
    reviews: federation2(`
      type Query { bestRated: [Medium!] reviewOf(id: ID!): Review }
      type Medium @key(fields: "id") @interfaceObject {
        id: ID!
        title: String @external
        length(unit: LengthUnit = MINUTES): Int! @external
        reviews(minimum: Int = 2): [Review!]
        score: Float!
        summary: String @requires(fields: "title length(unit: PAGES)")
      }
      type Review @key(fields: "id") { id: ID! stars: Int text: String! subject: Medium! by: Creator }
      type Creator @key(fields: "id") { id: ID! reputation: Float reviewed: [Medium] }
      enum LengthUnit { MINUTES PAGES }
    `),
    lending: federation2(`
      type Query {
        latest: [Found!] @shareable
        onLoan: [Loan!]! @provides(fields: "item { ... on Book { isbn } ... on Film { title } }")
        search(for: String!): [Anything]
      }
      type Loan @key(fields: "id") { id: ID! item: Lendable due: String next: Loan to: Creator }
      union Lendable = Book | Film
      union Found = Book | Film | Disc
      union Anything = Book | Film | Disc | Loan | Creator
      type Book @key(fields: "id") { id: ID! isbn: String! @external copies: Int shelf: Shelf! }
      type Film @key(fields: "id") { id: ID! title: String @external copies: Int }
      type Disc @key(fields: "code") { code: ID! copies: Int songs: [Song] }
      type Song @key(fields: "id", resolvable: false) { id: ID! }
      type Creator @key(fields: "id") { id: ID! name: String! @shareable loans: [Loan] }
      type Shelf { row: Int! place: String neighbours: [Anything!] }
    `),
  },
};
