import type { GatewaySettings } from '../settings.js';

/** The bounds of one request. Counts, unless the name says otherwise. */
export interface Limits {
  /** Lexical tokens of the document. */
  readonly tokens: number;
  /** Fields below each other, fragments expanded. */
  readonly depth: number;
  /** Fields after all fragments are expanded. */
  readonly selections: number;
  /** Aliases and repeated fields together, fragments expanded. */
  readonly aliases: number;
  readonly rootFields: number;
  /** Directives in the document. */
  readonly directives: number;
  /** Bytes of the variables as JSON, about. */
  readonly variablesBytes: number;
  /** Nesting of the variables. */
  readonly variablesDepth: number;
  /** Entries of one list in the variables. */
  readonly listEntries: number;
  /** See `cost.ts`. */
  readonly cost: number;
}

/** What holds with `LIMITS=off`: only what keeps the process itself safe. */
const NO_LIMITS: Omit<Limits, 'variablesDepth'> = {
  tokens: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
  selections: Number.POSITIVE_INFINITY,
  aliases: Number.POSITIVE_INFINITY,
  rootFields: Number.POSITIVE_INFINITY,
  directives: Number.POSITIVE_INFINITY,
  variablesBytes: Number.POSITIVE_INFINITY,
  listEntries: Number.POSITIVE_INFINITY,
  cost: Number.POSITIVE_INFINITY,
};

export function readLimits(settings: GatewaySettings): Limits {
  const variablesDepth = settings.LIMIT_VARIABLES_DEPTH;
  if (settings.LIMITS === 'off') return { ...NO_LIMITS, variablesDepth };
  return {
    tokens: settings.LIMIT_TOKENS,
    depth: settings.LIMIT_DEPTH,
    selections: settings.LIMIT_SELECTIONS,
    aliases: settings.LIMIT_ALIASES,
    rootFields: settings.LIMIT_ROOT_FIELDS,
    directives: settings.LIMIT_DIRECTIVES,
    variablesBytes: settings.LIMIT_VARIABLES_BYTES,
    variablesDepth,
    listEntries: settings.LIMIT_LIST_ENTRIES,
    cost: settings.LIMIT_COST,
  };
}
