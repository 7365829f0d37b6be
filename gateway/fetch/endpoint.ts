import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { Pool } from 'undici';
import { withDeadline } from '../../lib/deadline.js';
import { AppError } from '../../lib/errors.js';
import type { OnFetchEvent } from './events.js';
import { exchange, type HttpAnswer } from './exchange.js';
import { createRetryBudget } from './retry-budget.js';

/** One instance of a subgraph, asked over its own sockets. */
export interface Endpoint {
  readonly provider: string;
  /** Whether a request would be sent: after repeated failures there is a pause, then one trial. */
  isHealthy(): boolean;
  /**
   * Sends one GraphQL request.
   *
   * @returns The answer's status and body, whatever they are, except 5xx.
   * @throws AppError `SUBGRAPH_UNAVAILABLE`, `SUBGRAPH_TIMEOUT` or `SUBGRAPH_MALFORMED`; the reason of `signal`.
   */
  send(message: EndpointMessage): Promise<HttpAnswer>;
  /** Lets requests in flight end, then closes the sockets. */
  close(): Promise<void>;
}

export interface EndpointMessage {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Mutations are sent once, whatever happens. */
  readonly isRepeatable: boolean;
  /** Ends when the client has left. */
  readonly signal: AbortSignal;
}

export interface EndpointSettings {
  readonly deadlineMs: number;
  readonly connections: number;
  readonly maxBytes: number;
}

export interface EndpointParts {
  readonly subgraph: string;
  readonly provider: string;
  readonly url: string;
  readonly settings: EndpointSettings;
  readonly onEvent: OnFetchEvent;
}

/** Requests that wait for a socket; more are refused at once. */
const QUEUE_LENGTH = 512;
/** After repeated failures: how long nothing is sent. */
const PAUSE_MS = 1000;

export function createEndpoint(parts: EndpointParts): Endpoint {
  const { provider, settings } = parts;
  const url = new URL(parts.url);
  const pool = new Pool(url.origin, {
    connections: settings.connections,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    // The deadline of the whole request bounds these waits.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const { breaker, once, repeated, budget, isResting } = createPolicies(parts);
  return {
    provider,
    isHealthy: () => !isResting(),
    async send({ body, headers, isRepeatable, signal: parent }) {
      // A pause ends with one trial; whoever comes meanwhile is not made to wait for it.
      if (breaker.state === CircuitState.HalfOpen) throw new AppError('SUBGRAPH_UNAVAILABLE');
      budget.earn();
      const limit = { deadlineMs: settings.deadlineMs, code: 'SUBGRAPH_TIMEOUT', parent } as const;
      return withDeadline(limit, async (signal) => {
        const question = { path: url.pathname, headers, body, maxBytes: settings.maxBytes, signal };
        const attempt = () =>
          exchange(pool, question).then(refuseServerError, (error) => Promise.reject(toFailure(error, signal)));
        return (isRepeatable ? repeated : once).execute(attempt, signal).catch((error) => {
          throw toRefusal(error, signal);
        });
      });
    },
    close: () => pool.close(),
  };
}

/** An instance that failed: the breaker counts it; `isTransient` says whether asking again may help at once. */
class InstanceFailure extends AppError {
  readonly isTransient: boolean;

  constructor(isTransient: boolean, cause?: unknown) {
    super('SUBGRAPH_UNAVAILABLE', undefined, { cause });
    this.isTransient = isTransient;
  }
}

function createPolicies({ subgraph, provider, settings, onEvent }: EndpointParts) {
  const budget = createRetryBudget();
  const breaker = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: PAUSE_MS,
    breaker: new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 10 }),
  });
  const places = bulkhead(settings.connections, QUEUE_LENGTH);
  const again = retry(
    handleWhen((error) => error instanceof InstanceFailure && error.isTransient && budget.spend()),
    { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 200 }) },
  );
  again.onRetry(() => onEvent({ kind: 'retried', subgraph, provider }));
  breaker.onStateChange((state) => onEvent({ kind: 'breaker', subgraph, provider, state: STATES[state] }));
  let openedAt = 0;
  breaker.onBreak(() => {
    openedAt = Date.now();
  });
  const isResting = () =>
    breaker.state === CircuitState.HalfOpen ||
    (breaker.state === CircuitState.Open && Date.now() - openedAt < PAUSE_MS);
  return { breaker, budget, isResting, once: wrap(breaker, places), repeated: wrap(again, breaker, places) };
}

const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
} as const;

const isOutage = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'SUBGRAPH_UNAVAILABLE' || error.code === 'SUBGRAPH_TIMEOUT');

function refuseServerError(answer: HttpAnswer): HttpAnswer {
  if (answer.status < 500) return answer;
  throw new InstanceFailure(answer.status === 502 || answer.status === 503 || answer.status === 504);
}

/** Our own errors and the reason of the signal as they are; all else is the connection's. */
function toFailure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return error instanceof AppError ? error : new InstanceFailure(true, error);
}

/** The policies' own refusals in our words: too many wait, or the instance is in its pause. */
function toRefusal(error: unknown, signal: AbortSignal): unknown {
  if (error instanceof BulkheadRejectedError || error instanceof BrokenCircuitError)
    return new AppError('SUBGRAPH_UNAVAILABLE');
  return signal.aborted ? signal.reason : error;
}
