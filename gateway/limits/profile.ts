/**
 * The bounds of one request, each with its setting (`LIMIT_TOKENS` …) and what breaks it. Values are counts unless the
 * name says otherwise. They hold for documents people write; a trusted document is checked when it is registered.
 */
export const LIMIT_PROFILE = {
  /** Lexical tokens of the document. */
  tokens: 2_000,
  /** Fields below each other, fragments expanded. */
  depth: 12,
  /** Fields after all fragments are expanded. */
  selections: 2_000,
  /** Aliases and repeated fields together, fragments expanded. */
  aliases: 30,
  rootFields: 10,
  /** Directives in the document. */
  directives: 50,
  /** Bytes of the variables as JSON. */
  variablesBytes: 64 * 1024,
  /** Nesting of the variables. */
  variablesDepth: 32,
  /** Entries of one list in the arguments. */
  listEntries: 100,
  /** See `cost.ts`. */
  cost: 1_000,
} as const satisfies Record<string, number>;

export type Limits = { readonly [Name in keyof typeof LIMIT_PROFILE]: number };
