import {
  BrokenCircuitError,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import { AppError } from '../../lib/errors.js';
import type { OnFetchEvent } from './events.js';
import type { HttpAnswer } from './exchange.js';
import { createRetryBudget } from './retry-budget.js';

/**
 * When an instance is asked, asked again and left alone. While all is well a request goes on its own and only tells that
 * it succeeded: passing every one of them through the policies costs as much as sending it. Everything else goes
 * through them.
 */
export interface Policies {
  state(): 'closed' | 'open' | 'half-open';
  /** Whether nothing is sent now, but for a trial. */
  isResting(): boolean;
  /** Before the first attempt of a request. */
  earn(): void;
  /** Of a request that went on its own. */
  succeeded(): void;
  /**
   * Goes on with a request that may not go on its own, or that failed when it did.
   *
   * @throws What the last attempt threw; AppError `SUBGRAPH_UNAVAILABLE` where none may be made.
   */
  goOn(request: Guarded): Promise<HttpAnswer>;
}

export interface Guarded {
  /** What the attempt that was made ended with; `null`: none was made. */
  readonly failure: unknown;
  /** Mutations are sent once, whatever happens. */
  readonly isRepeatable: boolean;
  readonly signal: AbortSignal;
  readonly attempt: () => Promise<HttpAnswer>;
}

/** An instance that failed: the breaker counts it; `isTransient` says whether asking again may help at once. */
export class InstanceFailure extends AppError {
  readonly isTransient: boolean;

  constructor(isTransient: boolean, cause?: unknown) {
    super('SUBGRAPH_UNAVAILABLE', undefined, { cause });
    this.isTransient = isTransient;
  }
}

/** Whether it says that the instance is not well. */
export const isOutage = (error: unknown): boolean =>
  error instanceof InstanceFailure || (error instanceof AppError && error.code === 'SUBGRAPH_TIMEOUT');

/** After repeated failures: how long nothing is sent. */
const PAUSE_MS = 1000;

interface Named {
  readonly subgraph: string;
  readonly provider: string;
  readonly onEvent: OnFetchEvent;
}

export function createPolicies({ subgraph, provider, onEvent }: Named): Policies {
  const budget = createRetryBudget();
  const counter = new CountBreaker({ threshold: 0.5, size: 20, minimumNumberOfCalls: 10 });
  const breaker = circuitBreaker(handleWhen(isOutage), { halfOpenAfter: PAUSE_MS, breaker: counter });
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
  const repeated = wrap(again, breaker);
  return {
    state: () => STATES[breaker.state],
    isResting: () =>
      breaker.state === CircuitState.HalfOpen ||
      (breaker.state === CircuitState.Open && Date.now() - openedAt < PAUSE_MS),
    earn: budget.earn,
    succeeded: () => counter.success(CircuitState.Closed),
    async goOn({ failure, isRepeatable, signal, attempt }) {
      let rest = failure;
      // The attempt that was made counts as the first: the breaker sees it, and whether there is another is judged as ever.
      const next = (): Promise<HttpAnswer> => {
        const made = rest;
        rest = null;
        return made === null ? attempt() : Promise.reject(made);
      };
      try {
        return await (isRepeatable ? repeated : breaker).execute(next, signal);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        throw rest ?? new AppError('SUBGRAPH_UNAVAILABLE');
      }
    },
  };
}

const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
} as const;
