import type { RequestContext } from '../context.js';

/** One request to one logical subgraph, as a plan asks for it; routing may send it to several instances. */
export interface SubgraphRequest {
  /** Name as in the supergraph's `join__Graph`. */
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** Text of exactly one operation. The same string object each time, so that it can be analysed once. */
  readonly operation: string;
  readonly operationName: string | undefined;
  /** With `representations` for an `_entities` fetch. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * An error of a subgraph in our own words: `code` of `lib/errors.ts`. `path` is that of the subgraph's answer
 * (`['_entities', 3, 'vehicles']`), or absent where the whole request failed.
 */
export interface SubgraphFieldError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
  readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
}

/** `data` belongs to the caller, who may change it in place. */
export interface SubgraphAnswer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly SubgraphFieldError[];
  /**
   * What the subgraph says about keeping the answer, as its header says it; of several instances all of them, joined by
   * commas. Absent where it said nothing.
   */
  readonly cacheControl?: string | undefined;
  /** How old it was when it was received, of several instances the oldest; absent where it was made anew. */
  readonly ageSeconds?: number | undefined;
}

/**
 * Asks a subgraph: routed by municipality, within its deadline. Never rejects: what fails is an error of the answer,
 * with the paths it costs where only some instances failed, and without a path where nothing came back.
 */
export type FetchSubgraph = (request: SubgraphRequest, context: RequestContext) => Promise<SubgraphAnswer>;
