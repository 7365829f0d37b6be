import type { RequestContext } from '../../../gateway/context.js';
import type { CreateEngine } from '../../../gateway/engine.js';
import type { FetchSubgraph, SubgraphFieldError } from '../../../gateway/fetch/subgraph-request.js';
import { readSupergraph } from '../../../gateway/supergraph.js';
import type { Engine } from './engine.js';
import type { Run } from './faults.js';
import { createGatewayEngine } from './gateway-engine.js';
import type { TestSubgraph } from './subgraph.js';

type Context = RequestContext & { readonly run: Run };

/** An engine of ours in this process: no HTTP between it and the subgraphs, and nobody lacks a right. */
export function createInProcess(
  name: string,
  createEngine: CreateEngine,
  arena: { readonly supergraphSdl: string; readonly subgraphs: readonly TestSubgraph[] },
): Promise<Engine> {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const fetchSubgraph = toFetchSubgraph(arena.subgraphs);
  const gateway = createEngine({ supergraph: readSupergraph(arena.supergraphSdl), fetchSubgraph, log });
  const toContext = (run: Run): Context => ({
    requestId: 'test',
    caller: null,
    signal: new AbortController().signal,
    run,
  });
  return createGatewayEngine(name, gateway, toContext);
}

function toFetchSubgraph(subgraphs: readonly TestSubgraph[]): FetchSubgraph {
  return async ({ subgraph: name, operation, operationName, variables }, context) => {
    const subgraph = subgraphs.find((other) => other.name === name);
    if (!subgraph) return failed(`no subgraph ${name}`);
    try {
      const sent = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>;
      const { data = null, errors = [] } = await subgraph.answer(
        { query: operation, operationName, variables: sent },
        (context as Context).run,
      );
      return { data, errors: errors.map(toFieldError) };
    } catch (error) {
      return failed((error as Error).message);
    }
  };
}

function toFieldError(error: unknown): SubgraphFieldError {
  const { message, path } = error as { message: string; path?: readonly (string | number)[] };
  return { message, path, extensions: { code: 'SUBGRAPH_ERROR' } };
}

const failed = (message: string): Awaited<ReturnType<FetchSubgraph>> => ({
  data: null,
  errors: [{ message, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
});
