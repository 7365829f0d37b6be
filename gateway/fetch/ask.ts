import { CALLER_HEADER, type Caller, encodeCaller } from '../../lib/caller.js';
import type { Instance } from '../../lib/cooperation/model.js';
import { AppError, type ErrorCode } from '../../lib/errors.js';
import { INTERNAL_TOKEN_HEADER, type SignRequest } from '../../lib/internal-token.js';
import type { RequestContext } from '../context.js';
import { Leaving } from '../leaving.js';
import { readAnswer, toFieldError } from './answer.js';
import { createWriteBody } from './bodies.js';
import type { Endpoint } from './endpoint.js';
import type { EndpointMessage } from './errand.js';
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
  readonly sharing: Sharing | null;
  /** Proves to subgraphs who asks; `null`: they are only told. */
  readonly sign: SignRequest | null;
  readonly onEvent: OnFetchEvent;
}

export interface Sharing {
  readonly flights: Flights<HttpAnswer>;
  /** Equal only for callers of whom nothing differs that a subgraph could ask for. */
  readonly scopeOf: (caller: Caller | null) => string;
  /** Grows with each invalidation: nobody who asks after one boards what was under way before. */
  readonly watermark: () => number;
}

export function createAsk(parts: AskParts): Ask {
  const textOf = createCallerText();
  const writeBody = createWriteBody();
  return (instance, request, context) => {
    const question = new Question({ parts, instance, request, context, caller: textOf(context.caller) });
    try {
      return question.send(writeBody(request));
    } catch (error) {
      return Promise.resolve(question.fail(error));
    }
  };
}

interface Asked {
  readonly parts: AskParts;
  readonly instance: Instance;
  readonly request: SubgraphRequest;
  readonly context: RequestContext;
  /** As a header; `''` for nobody. */
  readonly caller: string;
}

/** One request to one instance. */
class Question implements EndpointMessage {
  readonly #asked: Asked;
  readonly #startedAt = performance.now();
  readonly leaving: Leaving;
  body = '';

  constructor(asked: Asked) {
    this.#asked = asked;
    this.leaving = asked.context.leaving ?? Leaving.of(asked.context.signal);
  }

  get isRepeatable(): boolean {
    return this.#asked.request.kind === 'query';
  }

  send(body: string): Promise<SubgraphAnswer> {
    this.body = body;
    const { parts, instance, request, context } = this.#asked;
    const { sharing } = parts;
    const endpoint = parts.endpointOf(request.subgraph, instance);
    // Never for mutations, and only among requests of equal rights.
    const answer =
      sharing !== null && this.isRepeatable && !context.isMutation
        ? sharing.flights.share(
            `${instance.url}\n${sharing.watermark()}\n${sharing.scopeOf(context.caller)}\n${body}`,
            this.leaving,
            (leaving) => endpoint.send({ body, isRepeatable: true, leaving, headers: () => this.headers() }),
            () => parts.onEvent({ kind: 'shared', subgraph: request.subgraph, provider: instance.provider }),
          )
        : endpoint.send(this);
    return answer.then(
      (received) => this.read(received),
      (error: unknown) => this.fail(error),
    );
  }

  /** Made for each attempt: a token is good for one. */
  headers(): string[] | Promise<string[]> {
    const { parts, request, context, caller } = this.#asked;
    const headers = [...FIXED_HEADERS, 'x-request-id', context.requestId];
    if (parts.sign) {
      const token = parts.sign({ audience: request.subgraph, body: this.body, caller: context.caller });
      return token.then((text) => {
        headers.push(INTERNAL_TOKEN_HEADER, text);
        return headers;
      });
    }
    if (caller !== '') headers.push(CALLER_HEADER, caller);
    return headers;
  }

  read(received: HttpAnswer): SubgraphAnswer {
    try {
      const answer = readAnswer(received);
      this.#report('ok');
      return answer;
    } catch (error) {
      return this.fail(error);
    }
  }

  fail(error: unknown): SubgraphAnswer {
    // The only other way out is the client's leaving: then nobody reads the answer.
    const code = error instanceof AppError ? error.code : 'SUBGRAPH_UNAVAILABLE';
    this.#report(code);
    return failure(code);
  }

  #report(outcome: 'ok' | ErrorCode): void {
    const { parts, instance, request, context } = this.#asked;
    const durationMs = performance.now() - this.#startedAt;
    const { provider } = instance;
    const { requestId } = context;
    context.explaining?.subgraphRequests.push({ subgraph: request.subgraph, provider, durationMs, outcome });
    parts.onEvent({ kind: 'answered', subgraph: request.subgraph, provider, outcome, durationMs, requestId });
  }
}

/** An answer of which nothing came. */
export const failure = (code: ErrorCode): SubgraphAnswer => ({ data: null, errors: [toFieldError(code)] });

/** Beside the request id and who asks, all that a subgraph is told: nothing that the client sent goes on. */
const FIXED_HEADERS = ['content-type', 'application/json', 'accept', 'application/json'];

/** @returns The same text for equal callers, `''` for nobody; each caller is written once. */
function createCallerText(): (caller: Caller | null) => string {
  const known = new WeakMap<Caller, string>();
  return (caller) => {
    if (!caller) return '';
    const found = known.get(caller);
    if (found !== undefined) return found;
    const text = encodeCaller(caller);
    known.set(caller, text);
    return text;
  };
}
