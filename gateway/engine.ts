import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Log } from '../lib/log.js';
import type { RunCurrent } from './cache/overtaken.js';
import type { RequestContext } from './context.js';
import type { FetchSubgraph } from './fetch/subgraph-request.js';
import type { Registers } from './registers.js';
import type { Supergraph } from './supergraph.js';

/**
 * What plans and executes operations: the gateway interface of @apollo/server. Its executor finds the `RequestContext`
 * in `context`, asks subgraphs through `fetchSubgraph` alone, and answers `{ data, errors }`. Each error carries its
 * path in the client's operation and, in `extensions`, the code and details that came from the subgraph.
 */
export interface Engine extends Gateway {
  /**
   * Takes another supergraph. Operations that were judged by the former schema are answered by it.
   *
   * @throws Error where it is not fit; the one in use stays.
   */
  update(sdl: string): Promise<void>;
}

type Gateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

export interface EngineParts {
  readonly supergraph: Supergraph;
  readonly fetchSubgraph: FetchSubgraph;
  readonly log: Log;
  /** What of a supergraph is personal; `null` or absent: nobody records what answers disclose. */
  readonly readRegisters?: ((sdl: string) => Registers) | null;
  /** Around each run of an operation; absent: it runs once. */
  readonly runCurrent?: RunCurrent;
}

export type CreateEngine = (parts: EngineParts) => Engine;
