/** The bounds of one request; each has a setting (`LIMIT_TOKENS` …). Counts, unless the name says otherwise. */
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

/** What holds with `LIMITS=off`: only what keeps the process itself safe. */
export const NO_LIMITS: Limits = {
  tokens: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
  selections: Number.POSITIVE_INFINITY,
  aliases: Number.POSITIVE_INFINITY,
  rootFields: Number.POSITIVE_INFINITY,
  directives: Number.POSITIVE_INFINITY,
  variablesBytes: Number.POSITIVE_INFINITY,
  variablesDepth: LIMIT_PROFILE.variablesDepth,
  listEntries: Number.POSITIVE_INFINITY,
  cost: Number.POSITIVE_INFINITY,
};
