import type { Log } from '../../lib/log.js';
import type { FetchEvent } from '../fetch/events.js';
import type { HttpEvent } from '../http/server.js';

/** One line for each request: never the query, its variables, its address or who asked. */
export const createHttpLog =
  (log: Log) =>
  (request: HttpEvent): void => {
    const level = levelOf(request);
    if (log.isLevelEnabled?.(level) === false) return;
    const { facts, durationMs, ...event } = request;
    log[level]({ ...event, ...facts, durationMs: round(durationMs) }, 'request');
  };

function levelOf({ status, route }: Pick<HttpEvent, 'status' | 'route'>): 'error' | 'info' | 'debug' {
  if (status >= 500) return 'error';
  return route === '/graphql' || status >= 400 ? 'info' : 'debug';
}

/** Lines for what goes wrong between the gateway and the instances. */
export const createFetchLog =
  (log: Log) =>
  (event: FetchEvent): void => {
    if (event.kind === 'answered' && event.outcome === 'ok') return;
    if (event.kind === 'answered')
      log.warn({ ...event, durationMs: round(event.durationMs) }, 'subgraph request failed');
    else if (event.kind === 'breaker') log.warn(event, 'subgraph instance');
    else if (event.kind === 'unroutable') log.error(event, 'a record names no municipality');
    else if (event.kind === 'retried') log.debug(event, 'subgraph request sent again');
  };

const round = (ms: number): number => Math.round(ms * 100) / 100;
