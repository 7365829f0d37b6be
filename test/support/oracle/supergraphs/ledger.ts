import { federation2, type TestSupergraph } from '../compose.js';

/**
 * Lists of lists, nullable and non-null mixed, enums and inputs that differ by subgraph, inaccessible parts, values
 * that two subgraphs know in part, non-resolvable keys, custom scalars.
 */
export const ledger: TestSupergraph = {
  name: 'ledger',
  subgraphs: {
    accounts: federation2(`
      scalar Amount
      scalar Anything
      type Query {
        account(number: Int!): Account
        accounts(filter: AccountFilter = { kinds: [GIRO], limit: { most: 5 } }): [Account]!
        matrix(size: Int): [[[Cell!]]!]
        colour(of: Mode!): Colour
        anything: Anything
      }
      type Account @key(fields: "number") @key(fields: "iban { country digits }") {
        number: Int!
        iban: Iban! @shareable
        balance(at: Moment): Amount!
        kind: Kind
        history(last: [Int!]! = [1, 2], where: Condition): [[Entry]!]
        secret: String @inaccessible
        owner: Owner!
        limits: Limits @shareable
        meta: Anything
      }
      type Iban @shareable { country: String! digits: String! check: Int }
      type Entry { amount: Amount! text: String counter: Account tags: [String]! nested: [[Entry!]] }
      type Cell { value: Int! label: String colour: Colour! account: Account }
      type Owner @key(fields: "id", resolvable: false) { id: ID! }
      type Limits @shareable { day: Amount month: Amount! }
      enum Kind { GIRO SAVINGS LOAN @inaccessible }
      enum Mode { FAST SAFE }
      enum Colour { RED GREEN BLUE @inaccessible }
      input AccountFilter { kinds: [Kind!] text: String limit: Limit! note: String @inaccessible }
      input Limit { most: Int = 10 least: Int! = 0 }
      input Condition { and: [Condition!] text: String amount: Amount = "1.00" mode: Mode }
      input Moment { day: Int! hour: Int = 12 zone: String }
    `),
    owners: federation2(`
      scalar Amount
      type Query { owners(like: OwnerFilter): [Owner!] mine: Owner! }
      type Owner @key(fields: "id") {
        id: ID!
        name(mode: Mode = SAFE): String!
        accounts: [Account!]!
        main: Account
        household: [[Owner!]!]!
        address: Address
        partner: Owner
      }
      type Account @key(fields: "number") {
        number: Int!
        limits: Limits @shareable
        owners: [Owner]
        secret: String @external
        risk(level: Int! = 1): Int @requires(fields: "secret")
      }
      type Limits @shareable { day: Amount month: Amount! year: Amount }
      type Address @shareable { street: String town: Town! }
      type Town @shareable { name: String! }
      enum Mode { FAST SAFE SLOW }
      input OwnerFilter { name: String limit: Limit }
      input Limit { most: Int = 10 least: Int! = 0 }
    `),
    rating: federation2(`
      scalar Amount
      type Query { watchlist: [Account] ratings: [[Rating]] }
      type Account @key(fields: "iban { country digits }") {
        iban: Iban! @shareable
        rating: Rating
        score(weights: [[Float!]]): Float
        grade: Grade!
      }
      type Iban @shareable { country: String! digits: String! }
      type Rating { value: Int! reasons: [Reason!] subject: Account! peers: [[Account!]] }
      type Reason { text: String! weight: Float! grade: Grade }
      enum Grade { A B C }
    `),
  },
  values: { Amount: ['1.00', '12.50', '-3.10'], Anything: ['x', 1, true], 'Query.account.number': [1, 4, -3] },
};
