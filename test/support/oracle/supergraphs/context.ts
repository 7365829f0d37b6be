import { federation2, type TestSupergraph } from '../compose.js';

/** `@context` and `@fromContext`, which the stock gateway refuses to load. */
export const context: TestSupergraph = {
  name: 'context',
  isForRouters: true,
  subgraphs: {
    users: federation2(`
      type Query { user(id: ID!): User users: [User!] team: Team }
      type User @key(fields: "id") @context(name: "viewer") {
        id: ID!
        language: String!
        plan: Plan
        posts: [Post!]
        friends: [User!]
      }
      type Team @key(fields: "id") @context(name: "viewer") { id: ID! language: String! plan: Plan posts: [Post] members: [User] }
      type Plan @shareable { tier: Int! }
      type Post @key(fields: "id") {
        id: ID!
        title(language: String @fromContext(field: "$viewer { language }")): String
        teaser(
          length: Int = 3
          language: String @fromContext(field: "$viewer { language }")
          tier: Int @fromContext(field: "$viewer { plan { tier } }")
        ): String
      }
    `),
    posts: federation2(`
      type Query { authors: [User!] }
      type Post @key(fields: "id") { id: ID! likes: Int! replies: [Reply] author: User }
      type User @key(fields: "id") { id: ID! karma: Int }
      type Reply @key(fields: "id") { id: ID! text: String by: User! }
    `),
  },
};
