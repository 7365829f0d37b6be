import { Counter, Gauge, type Registry } from 'prom-client';
import type { Log } from '../../lib/log.js';
import type { CacheEvent } from '../cache/events.js';

/** Counts of the caches. */
export function createCacheMetrics(registers: Registry[]): (event: CacheEvent) => void {
  const reads = new Counter({
    name: 'fachverbund_cache_reads_total',
    help: 'Answers that were looked for in a cache, by what was found.',
    labelNames: ['cache', 'subgraph', 'outcome'] as const,
    registers,
  });
  const kept = new Counter({
    name: 'fachverbund_cache_kept_total',
    help: 'Answers that were kept.',
    labelNames: ['cache', 'subgraph'] as const,
    registers,
  });
  const keptBytes = new Counter({
    name: 'fachverbund_cache_kept_bytes_total',
    help: 'About what kept answers take in memory; those that went again are not taken off.',
    labelNames: ['cache', 'subgraph'] as const,
    registers,
  });
  const writes = new Counter({
    name: 'fachverbund_cache_shared_bytes_total',
    help: 'Sealed bytes written to the shared store.',
    labelNames: ['cache'] as const,
    registers,
  });
  const rejected = new Counter({
    name: 'fachverbund_cache_rejected_total',
    help: 'Shared entries that were damaged, forged, of another type or under another key.',
    labelNames: ['cache', 'reason'] as const,
    registers,
  });
  const failures = new Counter({
    name: 'fachverbund_cache_store_failures_total',
    help: 'Times the shared store did not do what it was asked to.',
    labelNames: ['cache', 'reason'] as const,
    registers,
  });
  const link = new Gauge({
    name: 'fachverbund_cache_link_confirmed',
    help: '1 while this process hears of every invalidation; otherwise nothing private or stale is sent from caches.',
    registers,
  });
  const invalidated = new Counter({
    name: 'fachverbund_cache_invalidated_tags_total',
    help: 'Tags that were invalidated.',
    labelNames: ['from'] as const,
    registers,
  });
  link.set(1);
  return (event) => {
    if (event.kind === 'read')
      reads.inc({ cache: event.cache, subgraph: event.subgraph ?? '', outcome: event.outcome }, event.count);
    else if (event.kind === 'kept') {
      const of = { cache: event.cache, subgraph: event.subgraph ?? '' };
      kept.inc(of, event.count);
      keptBytes.inc(of, event.bytes);
    } else if (event.kind === 'written') writes.inc({ cache: event.cache }, event.bytes);
    else if (event.kind === 'rejected') rejected.inc({ cache: event.cache, reason: event.reason });
    else if (event.kind === 'store-failed') failures.inc({ cache: event.cache, reason: event.reason });
    else if (event.kind === 'link') link.set(event.isConfirmed ? 1 : 0);
    else if (event.kind === 'invalidated') invalidated.inc({ from: event.from }, event.tags);
  };
}

export function createMemoryGauge(registers: Registry[], bytes: () => number): void {
  new Gauge({
    name: 'fachverbund_cache_memory_bytes',
    help: 'About what kept answers take in the memory of this process.',
    registers,
    collect() {
      this.set(bytes());
    },
  });
}

/** Lines for what somebody has to know: a store that comes and goes, entries that are not ours. */
export const createCacheLog =
  (log: Log) =>
  (event: CacheEvent): void => {
    if (event.kind === 'rejected') log.warn(event, 'a shared entry is none of ours');
    else if (event.kind === 'link' && !event.isConfirmed) log.warn(event, 'invalidations cannot be heard');
    else if (event.kind === 'link') log.info(event, 'invalidations are heard');
    else if (event.kind === 'node' && event.state === 'down') log.debug(event, 'shared store');
    else if (event.kind === 'invalidated') log.debug(event, 'invalidated');
  };
