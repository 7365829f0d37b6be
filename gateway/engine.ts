import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Log } from '../lib/log.js';
import type { RequestContext } from './context.js';
import type { FetchSubgraph } from './fetch/subgraph-request.js';
import type { Supergraph } from './supergraph.js';

/**
 * What plans and executes operations: the gateway interface of @apollo/server. Its executor finds the `RequestContext`
 * in `context`, asks subgraphs through `fetchSubgraph` alone, and answers `{ data, errors }`. Each error carries its
 * path in the client's operation and, in `extensions`, the code and details that came from the subgraph.
 */
export type Engine = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

export interface EngineParts {
  readonly supergraph: Supergraph;
  readonly fetchSubgraph: FetchSubgraph;
  readonly log: Log;
}

export type CreateEngine = (parts: EngineParts) => Engine;
