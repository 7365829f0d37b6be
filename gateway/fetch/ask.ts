import { CALLER_HEADER, type Caller, encodeCaller } from '../../lib/caller.js';
import type { Instance } from '../../lib/cooperation/model.js';
import { AppError, type ErrorCode } from '../../lib/errors.js';
import type { RequestContext } from '../context.js';
import { readAnswer, toFieldError } from './answer.js';
import type { Endpoint } from './endpoint.js';
import type { OnFetchEvent } from './events.js';
import type { HttpAnswer } from './exchange.js';
import type { Flights } from './flights.js';
import type { SubgraphAnswer, SubgraphRequest } from './subgraph-request.js';

/**
 * Sends a request, or a part of it, to one instance. Never rejects: a failure is an answer without data and with one
 * error that has no path.
 */
export type Ask = (instance: Instance, request: SubgraphRequest, context: RequestContext) => Promise<SubgraphAnswer>;

export interface AskParts {
  readonly endpointOf: (subgraph: string, instance: Instance) => Endpoint;
  /** Equal queries in flight are shared; `null`: each travels alone. */
  readonly flights: Flights<HttpAnswer> | null;
  readonly onEvent: OnFetchEvent;
}

export function createAsk({ endpointOf, flights, onEvent }: AskParts): Ask {
  const headersFor = createHeaders();
  return async (instance, request, context) => {
    const { subgraph, operation, variables, operationName } = request;
    const started = performance.now();
    const report = (outcome: 'ok' | ErrorCode) => {
      const durationMs = performance.now() - started;
      const { requestId } = context;
      onEvent({ kind: 'answered', subgraph, provider: instance.provider, outcome, durationMs, requestId });
    };
    try {
      const body = JSON.stringify({ query: operation, variables, operationName });
      const headers = headersFor(context);
      const isRepeatable = request.kind === 'query';
      const send = (signal: AbortSignal) =>
        endpointOf(subgraph, instance).send({ body, headers, isRepeatable, signal });
      // Never for mutations, and only among requests of equal rights.
      const key = `${instance.url}\n${headers[CALLER_HEADER] ?? ''}\n${body}`;
      const isShared = flights !== null && isRepeatable;
      const httpAnswer = await (isShared ? flights.share(key, context.signal, send) : send(context.signal));
      const answer = readAnswer(httpAnswer);
      report('ok');
      return answer;
    } catch (error) {
      // The only other way out is the client's leaving: then nobody reads the answer.
      const code = error instanceof AppError ? error.code : 'SUBGRAPH_UNAVAILABLE';
      report(code);
      return failure(code);
    }
  };
}

/** An answer of which nothing came. */
export const failure = (code: ErrorCode): SubgraphAnswer => ({ data: null, errors: [toFieldError(code)] });

/** Exactly what a subgraph is told: nothing that the client sent goes on but the request id. */
function createHeaders(): (context: RequestContext) => Record<string, string> {
  const encoded = new WeakMap<Caller, string>();
  return ({ requestId, caller }) => {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-request-id': requestId,
    };
    if (!caller) return headers;
    const text = encoded.get(caller) ?? encodeCaller(caller);
    encoded.set(caller, text);
    headers[CALLER_HEADER] = text;
    return headers;
  };
}
