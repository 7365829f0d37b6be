import type { ExecutionResult } from 'graphql';
import type { Engine } from './engine.js';
import type { SubgraphServer } from './serve.js';

/** A gateway in another process, asked by POST; `server` holds the subgraphs it asks in turn. */
export function createOverHttp(name: string, url: string, server: SubgraphServer): Engine {
  return {
    name,
    async run(operation, run) {
      server.follow(run);
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(operation),
      });
      return (await response.json()) as ExecutionResult;
    },
    close: async () => undefined,
  };
}
