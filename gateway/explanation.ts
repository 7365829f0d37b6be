import type { ErrorCode } from '../lib/errors.js';

/** Asked with the value `1`, and only where the playground is served. */
export const EXPLAIN_HEADER = 'x-explain';

/** How an answer comes about, noted along the way for who asked to be told. */
export interface Explaining {
  /** For people to read: names of subgraphs and their operations, never where anything runs. `null`: nothing planned. */
  plan: string | null;
  /** Whether the operation was planned and compiled before this request came; `null`: it did not come so far. */
  isCompiled: boolean | null;
  /** In the order in which they ended; empty where no subgraph was asked. */
  readonly subgraphRequests: AskedSubgraph[];
}

export interface AskedSubgraph {
  readonly subgraph: string;
  readonly provider: string;
  readonly durationMs: number;
  readonly outcome: 'ok' | ErrorCode;
}

/** What `extensions.explain` of an answer holds. */
export interface Explanation extends Readonly<Explaining> {
  /** `null`: it is not estimated, or the request was refused before. */
  readonly cost: { readonly estimated: number; readonly limit: number } | null;
  /** `Cache-Status` of the answer (RFC 9211); `null`: no cache had to do with it. */
  readonly cache: string | null;
}

export const createExplaining = (): Explaining => ({ plan: null, isCompiled: null, subgraphRequests: [] });
