import { federation2, type TestSupergraph } from '../compose.js';

/** Entity interfaces and interface objects in every role: root field, list, reference. */
export const series: TestSupergraph = {
  name: 'series',
  subgraphs: {
    catalogue: federation2(`
      type Query { shows(first: Int = 4): [Show!]! show(id: ID!): Show dramas: [Drama] }
      interface Show @key(fields: "id") {
        id: ID!
        code: Code!
        title(language: Language = DE): String
        minutes: Int!
        sequel: Show
      }
      type Drama implements Show @key(fields: "id") {
        id: ID!
        code: Code!
        title(language: Language = DE): String
        minutes: Int!
        sequel: Show
        acts: Int
        basedOn: News
      }
      type News implements Show @key(fields: "id") {
        id: ID!
        code: Code!
        title(language: Language = DE): String
        minutes: Int!
        sequel: Show
        aired: [String!]
      }
      type Quiz implements Show @key(fields: "id") {
        id: ID!
        code: Code!
        title(language: Language = DE): String
        minutes: Int!
        sequel: Show
        prizes: [[Int!]]
      }
      type Code { station: String! number: Int! }
      enum Language { DE FR }
    `),
    ratings: federation2(`
      type Query { top(count: Int): [Show!] worst: Show }
      type Show @key(fields: "id") @interfaceObject { id: ID! rating: Float! votes(from: Int): [Vote!] }
      type Vote { stars: Int! of: Show comment: String }
    `),
    planning: federation2(`
      type Query { slots: [Slot!] }
      type Show @key(fields: "id") @interfaceObject { id: ID! slots: [Slot] cost(in: Currency = EUR): Int }
      type Slot @key(fields: "id") { id: ID! at: Int show: Show before: Slot }
      enum Currency { EUR CHF }
    `),
  },
};
