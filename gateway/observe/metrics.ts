import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { CacheEvent } from '../cache/events.js';
import type { FetchEvent } from '../fetch/events.js';
import type { HttpEvent } from '../http/server.js';
import { createCacheMetrics, createMemoryGauge } from './cache-events.js';
import { createDurations } from './durations.js';

/** Counts for operators, in the Prometheus format; no label holds anything that a client sent. */
export interface Metrics {
  onHttp(event: HttpEvent): void;
  onFetch(event: FetchEvent): void;
  onCache(event: CacheEvent): void;
  /** @param bytes About how much caches hold in memory now. */
  watchMemory(bytes: () => number): void;
  onRegistryAlarm(isAlarmed: boolean): void;
  read(): Promise<{ readonly type: string; readonly text: string }>;
}

const OPEN = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** @param inFlight Requests that are being answered. */
export function createMetrics(inFlight: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = createDurations({
    name: 'fachverbund_request_duration_seconds',
    help: 'Time to answer a request, by route and status.',
    labelNames: ['route', 'status'],
  });
  const errors = new Counter({
    name: 'fachverbund_request_errors_total',
    help: 'Answers that hold an error, by code.',
    labelNames: ['code'] as const,
    registers,
  });
  const instruments = createFetchInstruments(registers);
  new Gauge({
    name: 'fachverbund_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  const alarm = new Gauge({
    name: 'fachverbund_registry_alarm',
    help: '1 while what the registry says cannot be followed; what ran before goes on.',
    registers,
  });
  return {
    onHttp({ route, status, durationMs, facts }) {
      requests.observe(durationMs, route, `${status}`);
      for (const code of facts.codes) errors.inc({ code });
    },
    onFetch: (event) => countFetch(instruments, event),
    onCache: createCacheMetrics(registers),
    watchMemory: (bytes) => createMemoryGauge(registers, bytes),
    onRegistryAlarm: (isAlarmed) => alarm.set(isAlarmed ? 1 : 0),
    read: async () => ({
      type: registry.contentType,
      text: [await registry.metrics(), requests.read(), instruments.requests.read()].join('\n'),
    }),
  };
}

type Instruments = ReturnType<typeof createFetchInstruments>;

function createFetchInstruments(registers: Registry[]) {
  const where = ['subgraph', 'provider'] as const;
  return {
    requests: createDurations({
      name: 'fachverbund_subgraph_request_duration_seconds',
      help: 'Time until a subgraph instance answered or failed, by outcome.',
      labelNames: [...where, 'outcome'],
    }),
    retries: new Counter({
      name: 'fachverbund_subgraph_retries_total',
      help: 'Subgraph requests that were sent again.',
      labelNames: where,
      registers,
    }),
    shared: new Counter({
      name: 'fachverbund_subgraph_shared_flights_total',
      help: 'Subgraph requests that were answered by an equal one in flight.',
      labelNames: where,
      registers,
    }),
    breakers: new Gauge({
      name: 'fachverbund_subgraph_breaker_open',
      help: '1 while an instance is not asked because it failed; 0.5 during the trial after it.',
      labelNames: where,
      registers,
    }),
    unroutable: new Counter({
      name: 'fachverbund_subgraph_unroutable_total',
      help: 'Requests with records that name no municipality.',
      labelNames: ['subgraph'] as const,
      registers,
    }),
  };
}

function countFetch({ requests, retries, shared, breakers, unroutable }: Instruments, event: FetchEvent): void {
  const { subgraph } = event;
  if (event.kind === 'answered') {
    requests.observe(event.durationMs, subgraph, event.provider, event.outcome);
    return;
  }
  if (event.kind === 'unroutable') {
    unroutable.inc({ subgraph });
    return;
  }
  const where = { subgraph, provider: event.provider };
  if (event.kind === 'retried') retries.inc(where);
  if (event.kind === 'shared') shared.inc(where);
  if (event.kind === 'breaker') breakers.set(where, OPEN[event.state]);
}
