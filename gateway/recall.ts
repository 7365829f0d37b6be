import { type GraphQLRequestContext, type GraphQLResponse, HeaderMap } from '@apollo/server';
import type { OperationDefinitionNode } from 'graphql';
import type { Kept, ResponseCache, Visit } from './cache/response-cache.js';
import { cacheHeadersOf, freshnessOf, isUnchanged } from './cache-headers.js';
import type { HostContext } from './context.js';

type Request = GraphQLRequestContext<HostContext>;

/** What the host does with finished answers of one request. */
export interface Recall {
  /** @returns What is sent in place of an answer; `null`: the operation has to run. */
  find(request: Request): Promise<GraphQLResponse | null>;
  /** Keeps an answer that is about to leave, and says what caches had to do with it. */
  finish(request: Request, response: GraphQLResponse): void;
}

export function createRecall(responses: ResponseCache | null): Recall {
  let visit: Visit | null = null;
  let hit: Kept | null = null;
  return {
    async find(request) {
      const { operation, document, schema, source } = request;
      if (!operation || !document || source === undefined) return null;
      const asked = { schema, document, definition: operation as OperationDefinitionNode };
      visit =
        responses?.visit({
          operation: { ...asked, variables: request.request.variables ?? {} },
          text: source,
          operationName: request.request.operationName ?? undefined,
          context: request.contextValue,
        }) ?? null;
      hit = (await visit?.read()) ?? null;
      if (!hit) return null;
      const { body, disclosed } = hit.response;
      request.contextValue.disclosed = disclosed;
      const singleResult = JSON.parse(body.toString('utf8')) as { data: Record<string, unknown> };
      return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult } };
    },
    finish({ contextValue, request }, { http, body }) {
      if (body.kind !== 'single') return;
      const result = body.singleResult;
      const { sources, disclosed } = contextValue;
      const freshness = freshnessOf(sources);
      const isWhole = result.data !== undefined && (result.errors ?? []).length === 0;
      const kept =
        isWhole && !hit && disclosed
          ? (visit?.keep(`{"data":${JSON.stringify(result.data)}}\n`, disclosed) ?? null)
          : null;
      if (freshness && result.data !== undefined) result.extensions = { ...result.extensions, freshness };
      const headers =
        result.data === undefined ? {} : cacheHeadersOf({ hit, kept, wasRead: visit?.wasRead ?? false, sources });
      for (const [name, value] of Object.entries(headers)) http.headers.set(name, value);
      if (isWhole && isUnchanged(request.http?.headers.get('if-none-match'), hit ?? kept)) http.status = 304;
    },
  };
}
