import { federation2, type TestSupergraph } from '../compose.js';

/** Mutations in three subgraphs, whose order shows in what they return, and entities behind them. */
export const orders: TestSupergraph = {
  name: 'orders',
  subgraphs: {
    carts: federation2(`
      type Query { cart(id: ID!): Cart me: Customer }
      type Mutation {
        addItem(cart: ID!, item: ItemInput!): Cart
        emptyCart(cart: ID! = "1"): Cart!
        note(text: String): Receipt! @shareable
      }
      type Cart @key(fields: "id") { id: ID! items: [Item!]! customer: Customer total(in: Money = EUR): Int }
      type Item { article: Article! count: Int! gift: Boolean }
      type Article @key(fields: "number") { number: Int! }
      type Customer @key(fields: "id") { id: ID! }
      type Receipt @shareable { code: String! stamp: Int! }
      enum Money { EUR CHF }
      input ItemInput { article: Int! count: Int = 1 wishes: [String!] = [] }
    `),
    payments: federation2(`
      type Query { payment(id: ID!): Payment }
      type Mutation {
        pay(cart: ID!, amount: Int!, method: Method = CARD): Payment
        refund(payment: ID!): Outcome!
      }
      type Payment @key(fields: "id") { id: ID! cart: Cart amount: Int! method: Method payer: Customer }
      type Cart @key(fields: "id") { id: ID! total(in: Money = EUR): Int @external paid: Boolean @requires(fields: "total(in: CHF)") }
      type Customer @key(fields: "id") { id: ID! payments: [Payment] credit: Int }
      type Refusal { reason: String! again: Boolean payment: Payment }
      union Outcome = Payment | Refusal
      enum Method { CARD BILL }
      enum Money { EUR CHF }
    `),
    articles: federation2(`
      type Query { articles: [Article!] article(number: Int!): Article }
      type Mutation { rename(article: Int!, name: String!): Article  restock(articles: [Int!]!): [Article]! }
      type Article @key(fields: "number") { number: Int! name: String price: Int! maker: Customer similar: [Article!] }
      type Customer @key(fields: "id") { id: ID! name: String! sells: [Article] }
    `),
  },
};
