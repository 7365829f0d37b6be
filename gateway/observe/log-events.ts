import type { Log } from '../../lib/log.js';
import type { FetchEvent } from '../fetch/events.js';
import type { HttpEvent } from '../http/server.js';

/** One line for each request: never the query, its variables, its address or who asked. */
export const createHttpLog =
  (log: Log) =>
  ({ facts, durationMs, ...event }: HttpEvent): void => {
    const line = { ...event, ...facts, durationMs: round(durationMs) };
    if (event.status >= 500) log.error(line, 'request');
    else if (event.route === '/graphql' || event.status >= 400) log.info(line, 'request');
    else log.debug(line, 'request');
  };

/** Lines for what goes wrong between the gateway and the instances. */
export const createFetchLog =
  (log: Log) =>
  (event: FetchEvent): void => {
    if (event.kind === 'answered' && event.outcome === 'ok') return;
    if (event.kind === 'answered')
      log.warn({ ...event, durationMs: round(event.durationMs) }, 'subgraph request failed');
    else if (event.kind === 'breaker') log.warn(event, 'subgraph instance');
    else if (event.kind === 'unroutable') log.error(event, 'a record names no municipality');
    else log.debug(event, 'subgraph request sent again');
  };

const round = (ms: number): number => Math.round(ms * 100) / 100;
