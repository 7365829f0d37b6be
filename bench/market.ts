import { federation2, type TestSupergraph } from '../test/support/oracle/compose.js';

/** Customers, articles, what customers write about articles, and what is in store: four subgraphs, four entities. */
export const market = (lengths: Readonly<Record<string, number>>): TestSupergraph => ({
  name: 'market',
  lengths,
  subgraphs: {
    accounts: federation2(`
      type Query { customers: [Customer!] customer(id: ID!): Customer }
      type Customer @key(fields: "id") { id: ID! name: String! handle: String @shareable since: Int! }
    `),
    products: federation2(`
      type Query { favourites: [Article!] article(code: ID!): Article }
      type Article @key(fields: "code") { code: ID! title: String! price: Int! weight: Int! }
    `),
    reviews: federation2(`
      type Review @key(fields: "id") { id: ID! text: String! author: Customer! @provides(fields: "handle") article: Article! }
      type Customer @key(fields: "id") { id: ID! handle: String @external reviews: [Review!] }
      type Article @key(fields: "code") { code: ID! reviews: [Review!] }
    `),
    inventory: federation2(`
      type Article @key(fields: "code") {
        code: ID!
        price: Int! @external
        weight: Int! @external
        inStore: Boolean!
        delivery: Int! @requires(fields: "price weight")
      }
    `),
  },
});

/** The same with pages of articles by their number, which everybody may ask for. */
export function pagedMarket(lengths: Readonly<Record<string, number>>): TestSupergraph {
  const { subgraphs, ...others } = market(lengths);
  const products = `${subgraphs['products']?.replace('"@tag"', '"@tag" "@composeDirective"')}
    extend schema
      @link(url: "https://fachverbund.example/words/v1.0", import: ["@public"])
      @composeDirective(name: "@public")
    directive @public on FIELD_DEFINITION
    extend type Query { page(number: Int!): [Article!] @public }`;
  return { ...others, name: 'paged market', subgraphs: { ...subgraphs, products } };
}

export const MARKET_PAGES =
  'query Page($number: Int!) { page(number: $number) { code title price reviews { id text } } }';

export const MARKET_PAGE = `query Page { favourites { code title price reviews { id text } } }`;

export const MARKET_WIDE = `query Wide {
  customers {
    ...Who
    reviews { ...Said article { ...What reviews { ...Said author { ...Who reviews { ...Said article { ...What } } } } } }
  }
  favourites { ...What reviews { ...Said author { ...Who reviews { ...Said article { ...What } } } } }
}
fragment Who on Customer { id name handle }
fragment Said on Review { id text }
fragment What on Article { code title price weight inStore delivery }`;

/** The same subgraphs in the words of Federation 1, for a gateway that knows no other. */
export const MARKET_FEDERATION_1: Readonly<Record<string, string>> = {
  accounts: `
    extend type Query { customers: [Customer!] customer(id: ID!): Customer }
    type Customer @key(fields: "id") { id: ID! name: String! handle: String since: Int! }
  `,
  products: `
    extend type Query { favourites: [Article!] article(code: ID!): Article }
    type Article @key(fields: "code") { code: ID! title: String! price: Int! weight: Int! }
  `,
  reviews: `
    type Review @key(fields: "id") { id: ID! text: String! author: Customer! article: Article! }
    extend type Customer @key(fields: "id") { id: ID! @external reviews: [Review!] }
    extend type Article @key(fields: "code") { code: ID! @external reviews: [Review!] }
  `,
  inventory: `
    extend type Article @key(fields: "code") {
      code: ID! @external
      price: Int! @external
      weight: Int! @external
      inStore: Boolean!
      delivery: Int! @requires(fields: "price weight")
    }
  `,
};
