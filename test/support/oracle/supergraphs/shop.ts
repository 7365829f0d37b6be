import { federation2, type TestSupergraph } from '../compose.js';

/** Several keys, compound and nested keys, `@requires` with arguments, `@provides`, a Federation 1 subgraph. */
export const shop: TestSupergraph = {
  name: 'shop',
  subgraphs: {
    catalogue: federation2(`
      type Query {
        product(id: ID!): Product
        products(first: Int = 3, filter: ProductFilter): [Product!]!
        cheapest(in: Currency! = EUR): Product
        shelf: [[Product]!]
      }
      type Product @key(fields: "id") @key(fields: "sku maker { code }") {
        id: ID!
        sku: String!
        maker: Maker! @shareable
        title(length: Int = 10, style: Style): String
        price(currency: Currency! = EUR, net: Boolean): Int
        weight(unit: Unit = GRAM): Float
        size: Size
        similar(first: Int): [Product]
        tags: [[String!]]
      }
      type Maker @key(fields: "code") {
        code: ID!
        name: String! @shareable
        country: String @shareable
      }
      type Size @shareable { width: Int! height: Int depth: Int! }
      enum Currency { EUR USD CHF }
      enum Unit { GRAM OUNCE }
      enum Style { PLAIN LOUD }
      input ProductFilter {
        title: String
        maxPrice: Int = 100
        currencies: [Currency!] = [EUR]
        size: SizeFilter
      }
      input SizeFilter { width: Int height: Int = 2 or: [SizeFilter!] }
    `),
    stock: federation2(`
      type Query { warehouses: [Warehouse!] nearest(latitude: Float!, longitude: Float = 7.5): Warehouse }
      type Warehouse @key(fields: "town number") {
        town: String!
        number: Int!
        products: [Product!]
        manager: Person
        load(on: String): Float!
      }
      type Product @key(fields: "id") {
        id: ID!
        weight(unit: Unit = GRAM): Float @external
        size: Size @external
        price(currency: Currency! = EUR, net: Boolean): Int @external
        maker: Maker! @external
        shipping(express: Boolean = false): Int
          @requires(fields: "weight(unit: OUNCE) size { width depth } price(currency: USD)")
        duty: Float @requires(fields: "price(currency: CHF, net: true) maker { country }")
        stored: [Stored!]!
      }
      type Maker @key(fields: "code", resolvable: false) { code: ID! country: String @external }
      type Stored { warehouse: Warehouse! count: Int! since: String }
      type Size @shareable { width: Int! depth: Int! }
      type Person @key(fields: "id") { id: ID! }
      enum Currency { EUR USD CHF }
      enum Unit { GRAM OUNCE }
    `),
    people: federation2(`
      type Query { person(id: ID!): Person staff: [Person]! }
      type Person @key(fields: "id") @key(fields: "email") {
        id: ID!
        email: String!
        name: Name!
        boss: Person
        friends(first: Int! = 2): [Person!]
        reviews: [Review!] @provides(fields: "product { sku }")
        favourite: Product @provides(fields: "maker { code name }")
      }
      type Name { first: String last: String! }
      type Review @key(fields: "id") { id: ID! text: String stars: Int! product: Product author: Person! }
      type Product @key(fields: "sku maker { code }") @key(fields: "id") {
        id: ID!
        sku: String! @external
        maker: Maker! @external
        reviews(first: Int, minimum: Int = 1): [Review]
        rating: Float
      }
      type Maker @key(fields: "code") { code: ID! name: String! @external founder: Person }
    `),
    legacy: `
      type Query { offers(season: String): [Offer!] }
      type Offer @key(fields: "number") { number: Int! product: Product! percent: Int buyer: Person }
      extend type Product @key(fields: "id") {
        id: ID! @external
        rating: Float @external
        offers: [Offer!]
        badge: String @requires(fields: "rating")
      }
      extend type Person @key(fields: "email") { email: String! @external loyalty: Int }
    `,
  },
};
