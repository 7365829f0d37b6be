import { federation2, type TestSupergraph } from '../compose.js';

/** `@requires` that needs `@requires`, nested, through lists, unions and interfaces, with arguments of every kind. */
export const chain: TestSupergraph = {
  name: 'chain',
  subgraphs: {
    parts: federation2(`
      type Query { part(id: ID!): Part parts: [Part!]! }
      type Part @key(fields: "id") {
        id: ID!
        mass(unit: String, round: Boolean = true): Float
        shape: Shape
        pieces(first: Int = 2, where: PieceFilter): [Piece!]
        box: Box
        layers: [[Layer]]
        hull: Hull
      }
      type Piece @key(fields: "code") { code: ID! width: Int! depth: Int inner: [Piece!] }
      union Shape = Round | Square
      type Round { radius: Int! }
      type Square { side(scale: Int = 1): Int! label: String }
      type Box { lid: Lid! size: Int }
      type Lid { colour: Colour weight(in: Grid): Int! }
      type Layer { depth: Int! stuff: String }
      interface Hull { strength: Int! }
      type Steel implements Hull { strength: Int! alloy: String }
      type Wood implements Hull { strength: Int! tree: String! }
      enum Colour { RED BLUE }
      input PieceFilter { code: [ID!] colours: [Colour!] grid: Grid }
      input Grid { x: Int! y: Int = 0 }
    `),
    costs: federation2(`
      type Part @key(fields: "id") {
        id: ID!
        mass(unit: String, round: Boolean = true): Float @external
        pieces(first: Int = 2, where: PieceFilter): [Piece!] @external
        shape: Shape @external
        box: Box @external
        layers: [[Layer]] @external
        hull: Hull @external
        cost(extra: Int = 0): Int @requires(fields: "mass(unit: \\"kg\\", round: false)")
        waste: Float @requires(fields: "pieces(first: 1, where: {code: [\\"a\\"], grid: {x: 1}}) { code width }")
        area: Float @requires(fields: "shape { ... on Round { radius } ... on Square { side(scale: 3) label } }")
        paint: String! @requires(fields: "box { lid { colour weight(in: {x: 2, y: 3}) } size }")
        stack: Int @requires(fields: "layers { depth stuff }")
        armour: Int @requires(fields: "hull { strength ... on Steel { alloy } ... on Wood { tree } }")
        plain: Int @requires(fields: "mass")
      }
      type Piece @key(fields: "code") { code: ID! width: Int! @external worth: Int @requires(fields: "width") }
      union Shape = Round | Square
      type Round { radius: Int! @external }
      type Square { side(scale: Int = 1): Int! @external label: String @external }
      type Box { lid: Lid! @external size: Int @external }
      type Lid { colour: Colour @external weight(in: Grid): Int! @external }
      type Layer { depth: Int! @external stuff: String @external }
      interface Hull { strength: Int! }
      type Steel implements Hull { strength: Int! @external alloy: String @external }
      type Wood implements Hull { strength: Int! @external tree: String! @external }
      enum Colour { RED BLUE }
      input PieceFilter { code: [ID!] colours: [Colour!] grid: Grid }
      input Grid { x: Int! y: Int = 0 }
    `),
    sales: federation2(`
      type Query { bestseller: Part orders: [Order] }
      type Part @key(fields: "id") {
        id: ID!
        cost(extra: Int = 0): Int @external
        paint: String! @external
        price: Int @requires(fields: "cost(extra: 5)")
        rebate: Int @requires(fields: "cost(extra: 1) paint")
        cheaper: Part
      }
      type Order @key(fields: "id") { id: ID! parts: [Part]! worth: Int main: Part }
      type Piece @key(fields: "code") { code: ID! worth: Int @external offer(days: Int): Int @requires(fields: "worth") }
    `),
    advice: federation2(`
      type Query { advice: [Advice!] }
      type Advice { on: Part text(for: Audience = ALL): String }
      type Part @key(fields: "id") {
        id: ID!
        cost(extra: Int = 0): Int @external
        armour: Int @external
        verdict: String @requires(fields: "cost armour")
      }
      enum Audience { ALL FEW }
    `),
  },
};
