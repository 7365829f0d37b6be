import { Pool } from 'undici';
import { AppError } from '../../lib/errors.js';
import { type EndpointMessage, runErrand, type Way } from './errand.js';
import type { OnFetchEvent } from './events.js';
import type { HttpAnswer } from './exchange.js';
import { createPolicies } from './policies.js';

/** One instance of a subgraph, asked over its own sockets. */
export interface Endpoint {
  readonly provider: string;
  /** Whether a request would be sent: after repeated failures there is a pause, then one trial. */
  isHealthy(): boolean;
  /**
   * Sends one GraphQL request.
   *
   * @returns The answer's status and body, whatever they are, except 5xx.
   * @throws AppError `SUBGRAPH_UNAVAILABLE`, `SUBGRAPH_TIMEOUT` or `SUBGRAPH_MALFORMED`; the reason of the signal.
   */
  send(message: EndpointMessage): Promise<HttpAnswer>;
  /** Lets requests in flight end, then closes the sockets. */
  close(): Promise<void>;
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

export function createEndpoint(parts: EndpointParts): Endpoint {
  const { provider, settings } = parts;
  const { origin, pathname: path } = new URL(parts.url);
  const pool = new Pool(origin, {
    connections: settings.connections,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    // The deadline of the whole request bounds these waits.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const policies = createPolicies(parts);
  const { deadlineMs, maxBytes, connections } = settings;
  // The pool queues what finds no free socket, so its queue is bounded instead of putting another before it.
  const maxInFlight = connections + QUEUE_LENGTH;
  const way: Way = { pool, path, deadlineMs, maxBytes, maxInFlight, load: { inFlight: 0 }, policies };
  return {
    provider,
    isHealthy: () => !policies.isResting(),
    send(message) {
      // A pause ends with one trial; whoever comes meanwhile is not made to wait for it.
      if (policies.state() === 'half-open') return Promise.reject(new AppError('SUBGRAPH_UNAVAILABLE'));
      policies.earn();
      return runErrand(way, message);
    },
    close: () => pool.close(),
  };
}
