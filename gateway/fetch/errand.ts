import type { Pool } from 'undici';
import { AppError } from '../../lib/errors.js';
import type { LeaveListener, Leaving } from '../leaving.js';
import { Exchange, type HttpAnswer, type Load, type Outcome } from './exchange.js';
import { InstanceFailure, isOutage, type Policies } from './policies.js';

export interface EndpointMessage {
  readonly body: string;
  /** Names and values in turn; asked anew for each attempt. Awaited where they are signed. */
  headers(): string[] | Promise<string[]>;
  /** Mutations are sent once, whatever happens. */
  readonly isRepeatable: boolean;
  /** Of who waits for the answer. */
  readonly leaving: Leaving;
}

/** The way to one instance. */
export interface Way {
  readonly pool: Pool;
  /** Path of the instance's URL. */
  readonly path: string;
  readonly deadlineMs: number;
  readonly maxBytes: number;
  /** Most requests under way or waiting for a socket; more are refused at once. */
  readonly maxInFlight: number;
  readonly load: Load;
  readonly policies: Policies;
}

/**
 * Brings a message to an instance and an answer back, however often it has to be sent, within its deadline.
 *
 * @throws As `Endpoint.send`.
 */
export const runErrand = (way: Way, message: EndpointMessage): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    new Errand(way, message, { resolve, reject }).start();
  });

interface Settle {
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One promise, one timer and one listener for a request that goes well: what else it takes is made when it does not. */
class Errand implements Outcome, LeaveListener {
  readonly #way: Way;
  readonly #message: EndpointMessage;
  readonly #settle: Settle;
  #timer: NodeJS.Timeout | undefined;
  /** The attempt that goes on its own. */
  #exchange: Exchange | null = null;
  /** Ends what goes on under the policies. */
  #guard: AbortController | null = null;
  #isOver = false;

  constructor(way: Way, message: EndpointMessage, settle: Settle) {
    this.#way = way;
    this.#message = message;
    this.#settle = settle;
  }

  start(): void {
    const { leaving } = this.#message;
    if (leaving.hasLeft) {
      this.#settle.reject(leaving.reason);
      return;
    }
    this.#timer = setTimeout(expire, this.#way.deadlineMs, this);
    leaving.add(this);
    if (this.#way.policies.state() === 'closed') this.#exchange = this.#post(this);
    else this.#goOn(null);
  }

  answered(answer: HttpAnswer): void {
    if (this.#isOver) return;
    if (answer.status >= 500) {
      this.failed(serverError(answer));
      return;
    }
    this.#way.policies.succeeded();
    this.#end();
    this.#settle.resolve(answer);
  }

  failed(error: unknown): void {
    if (this.#isOver) return;
    const failure = toFailure(error);
    if (isOutage(failure)) this.#goOn(failure);
    else this.#fail(failure);
  }

  left(reason: unknown): void {
    this.#giveUp(reason);
  }

  expire(): void {
    const error = new AppError('SUBGRAPH_TIMEOUT', `No answer in ${this.#way.deadlineMs} ms.`);
    // Nobody waits for what the policies say to it: they are to count it.
    if (this.#guard === null) this.#count(error);
    this.#giveUp(error);
  }

  #giveUp(reason: unknown): void {
    const error = reason instanceof Error ? reason : new Error('The wait is over.', { cause: reason });
    this.#exchange?.giveUp(error);
    this.#guard?.abort(error);
    this.#fail(reason);
  }

  #count(failure: unknown): void {
    const attempt = () => Promise.reject(failure);
    const { signal } = new AbortController();
    this.#way.policies.goOn({ failure, isRepeatable: false, signal, attempt }).catch(() => undefined);
  }

  #goOn(failure: unknown): void {
    const guard = new AbortController();
    this.#guard = guard;
    this.#exchange = null;
    const attempt = () => this.#attempt(guard.signal);
    this.#way.policies.goOn({ failure, isRepeatable: this.#message.isRepeatable, signal: guard.signal, attempt }).then(
      (answer) => {
        this.#end();
        this.#settle.resolve(answer);
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #attempt(signal: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const exchange = this.#post({
        answered: (answer) => (answer.status >= 500 ? reject(serverError(answer)) : resolve(answer)),
        failed: (error) => reject(toFailure(error)),
      });
      const leave = () => {
        exchange?.giveUp(signal.reason as Error);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** @returns `null` where it could not even be sent; the outcome is told then. */
  #post(outcome: Outcome): Exchange | null {
    const { maxBytes, maxInFlight, load } = this.#way;
    if (load.inFlight >= maxInFlight) {
      outcome.failed(new AppError('SUBGRAPH_UNAVAILABLE'));
      return null;
    }
    const headers = this.#message.headers();
    const exchange = new Exchange(maxBytes, load, outcome);
    if (Array.isArray(headers)) this.#dispatch(headers, exchange);
    else
      headers.then(
        (signed) => this.#dispatch(signed, exchange),
        () => exchange.onError(new AppError('INTERNAL')),
      );
    return exchange;
  }

  #dispatch(headers: string[], exchange: Exchange): void {
    const { pool, path } = this.#way;
    const { reason } = exchange;
    // Whoever has left meanwhile needs no socket.
    if (reason) exchange.onError(reason);
    else pool.dispatch({ path, method: 'POST', headers, body: this.#message.body }, exchange);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#end();
    this.#settle.reject(error);
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#message.leaving.remove(this);
  }
}

const expire = (errand: Errand): void => errand.expire();

const serverError = ({ status }: HttpAnswer): InstanceFailure =>
  new InstanceFailure(status === 502 || status === 503 || status === 504);

/** Our own errors as they are; all else is the connection's. */
const toFailure = (error: unknown): unknown => (error instanceof AppError ? error : new InstanceFailure(true, error));
