import type { Log } from '../../lib/log.js';
import type { CacheEvent } from '../cache/events.js';
import type { FetchEvent } from '../fetch/events.js';
import type { HttpEvent } from '../http/server.js';
import { createCacheLog } from './cache-events.js';
import { createFetchLog, createHttpLog } from './log-events.js';
import { createMetrics, type Metrics } from './metrics.js';

/** The one listener to what happens: log lines and metrics of the same events. */
export interface Observer {
  onEvent(event: HttpEvent): void;
  onFetch(event: FetchEvent): void;
  onCache(event: CacheEvent): void;
  readonly watchMemory: Metrics['watchMemory'];
  /** Whether what the registry says cannot be followed. */
  onRegistryAlarm(isAlarmed: boolean): void;
  onFailure(requestId: string, error: unknown): void;
  readonly readMetrics: Metrics['read'];
}

/** @param inFlight Requests that are being answered. */
export function createObserver(log: Log, inFlight: () => number): Observer {
  const metrics = createMetrics(inFlight);
  const logHttp = createHttpLog(log);
  const logFetch = createFetchLog(log);
  const logCache = createCacheLog(log);
  return {
    onEvent(event) {
      metrics.onHttp(event);
      logHttp(event);
    },
    onFetch(event) {
      metrics.onFetch(event);
      logFetch(event);
    },
    onCache(event) {
      metrics.onCache(event);
      logCache(event);
    },
    onRegistryAlarm: metrics.onRegistryAlarm,
    onFailure: (requestId, error) =>
      log.error({ requestId, cause: error instanceof Error ? error.stack : String(error) }, 'unexpected failure'),
    watchMemory: metrics.watchMemory,
    readMetrics: metrics.read,
  };
}
