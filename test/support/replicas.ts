import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Cache, Hits } from '../../gateway/cache/cache.js';
import { JSON_VALUES } from '../../gateway/cache/entry-codec.js';
import type { CacheEvent } from '../../gateway/cache/events.js';
import { type Caches, openCaches } from '../../gateway/cache/open-caches.js';
import { readSupergraph } from '../../gateway/supergraph.js';
import { readSupergraph as readSdl } from '../../schema/compose.js';
import { eventually } from './eventually.js';

const supergraph = readSupergraph(readSdl());
const KEYS = [randomBytes(32)];

/** The caches of one process, beside others on the same store. */
export interface Replica {
  readonly caches: Caches;
  readonly cache: Cache<unknown>;
  readonly events: CacheEvent[];
  isConfirmed(): boolean;
}

const replicas: Replica[] = [];

export function startReplica(redisUrl: string, keys: readonly Buffer[] = KEYS): Replica {
  const events: CacheEvent[] = [];
  const onEvent = (event: CacheEvent) => void events.push(event);
  const caches = openCaches({ supergraph, memoryBytes: 10_000_000, redisUrl, keys, onEvent });
  const replica = {
    caches,
    events,
    cache: caches.open('entities', JSON_VALUES),
    isConfirmed: () => events.filter((event) => event.kind === 'link').at(-1)?.isConfirmed ?? false,
  };
  replicas.push(replica);
  return replica;
}

export const confirmed = (...all: Replica[]) =>
  Promise.all(all.map((replica) => eventually(() => expect(replica.isConfirmed()).toBe(true), 10_000)));

/** Closes all that were started. */
export function closeReplicas(): void {
  for (const { caches } of replicas.splice(0)) caches.close();
}

export const LONG = { freshMs: 60_000, staleMs: 0, errorMs: 0, isPublic: true };

interface Given {
  readonly tags?: readonly string[];
  readonly lifetime?: typeof LONG;
  readonly reach?: 'process' | 'everywhere';
}

export function keep({ cache }: Replica, key: string, value: unknown, given: Given = {}): void {
  const { tags = [], lifetime = LONG, reach = 'everywhere' } = given;
  cache.keep([{ key, value, tags, lifetime, reach, asOf: cache.moment(), bytes: 100 }]);
}

export const read = async ({ cache }: Replica, ...keys: string[]): Promise<unknown[]> => {
  const hits: Hits<unknown> = await cache.read(keys.map((key) => ({ key, reach: 'everywhere' })));
  return hits.map((hit) => hit?.value ?? null);
};

export const finds = (replica: Replica, key: string, value: unknown, deadlineMs = 5000) =>
  eventually(async () => expect(await read(replica, key)).toEqual([value]), deadlineMs);

/** Keeps under ever new keys until another replica finds one: what it writes reaches the store. */
let written = 0;
export const isShared = (from: Replica, to: Replica, deadlineMs = 5000) =>
  eventually(async () => {
    written += 1;
    keep(from, `probe ${written}`, written);
    await eventually(async () => expect(await read(to, `probe ${written}`)).toEqual([written]), 100);
  }, deadlineMs);
