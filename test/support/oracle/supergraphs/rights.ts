import { federation2, type TestSupergraph } from '../compose.js';

/** Fields with rights, which the stock gateway refuses to load; a caller with every right sees all of them. */
export const rights: TestSupergraph = {
  name: 'rights',
  needsRights: true,
  subgraphs: {
    files: federation2(`
      type Query { file(number: ID!): File files: [File!] @authenticated }
      type File @key(fields: "number") {
        number: ID!
        subject: String
        body: String @requiresScopes(scopes: [["files:read"]])
        notes: [Note!] @policy(policies: [["clerk"]])
        clerk: Clerk @tag(name: "staff")
      }
      type Note @authenticated { text: String! by: Clerk }
      type Clerk @key(fields: "id") { id: ID! }
    `),
    staff: federation2(`
      type Query { clerks: [Clerk!] }
      type Clerk @key(fields: "id") { id: ID! name: String! pay: Int @requiresScopes(scopes: [["staff:pay"], ["admin"]]) files: [File] }
      type File @key(fields: "number") { number: ID! due: String reader: Clerk }
    `),
  },
};
