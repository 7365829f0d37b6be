import { readRedisUrl } from '../../lib/redis-target.js';
import type { Supergraph } from '../supergraph.js';
import { type Bus, createLocalBus } from './bus.js';
import { type Cache, createCache } from './cache.js';
import type { ValueCodec } from './entry-codec.js';
import { createEpochs, type Epochs } from './epochs.js';
import type { CacheName, OnCacheEvent } from './events.js';
import { createHintOf, type HintOf } from './hints.js';
import { readInvalidation } from './invalidation.js';
import { LONGEST_LIFETIME_MS } from './lifetime.js';
import { createMemoryStore } from './memory-store.js';
import { openRedisBus } from './redis-bus.js';
import { openRedisNodes, type RedisNodes } from './redis-nodes.js';
import { createRedisStore } from './redis-store.js';
import { readSchemaFacts } from './schema-facts.js';
import { createTagger, type Tagger } from './tagger.js';
import { typeTag } from './tags.js';
import { createVault } from './vault.js';
import { createWidening } from './widening.js';

export interface CacheSettings {
  readonly supergraph: Supergraph;
  readonly memoryBytes: number;
  /** REDIS_URL; `undefined`: nothing is shared. */
  readonly redisUrl: string | undefined;
  /** 32 bytes each; the first seals. Needed where something is shared. */
  readonly keys: readonly Buffer[];
  readonly onEvent: OnCacheEvent;
}

export interface Caches {
  readonly hintOf: HintOf;
  /** What records of a supergraph are called where something is invalidated. */
  taggerOf(supergraph: Supergraph): Tagger;
  /** A cache of one kind of values; one for each name. */
  open<Value>(name: CacheName, codec: ValueCodec<Value>): Cache<Value>;
  readonly invalidate: Invalidate;
  readonly watermark: Epochs['watermark'];
  readonly isCurrent: Epochs['isCurrent'];
  /** About how much the memory of this process holds, in bytes. */
  bytes(): number;
  close(): void;
}

/**
 * Makes entries misses.
 *
 * @param body As `POST /invalidation` takes it.
 * @returns How many tags were invalidated, whatever number of entries has them; `malformed`; or `unsure` where it holds
 *   in this process but may not have reached the others.
 */
export type Invalidate = (body: unknown) => Promise<number | 'malformed' | 'unsure'>;

/** A reply of the store that comes later is given up: the subgraph is asked instead. */
const ENTRY_DEADLINE_MS = 50;
/** Nobody who asks for data waits for this. */
const BUS_DEADLINE_MS = 500;

export function openCaches({ supergraph, memoryBytes, redisUrl, keys, onEvent }: CacheSettings): Caches {
  const facts = readSchemaFacts(supergraph.document);
  const memory = createMemoryStore(memoryBytes);
  const { epochs, taggerOf } = createNaming();
  const redis = redisUrl === undefined ? null : openShared(redisUrl, onEvent);
  const vault = redis && createVault(keys);
  const bus: Bus =
    redis && vault
      ? openRedisBus({ ...redis, epochs, vault, longestLifetimeMs: LONGEST_LIFETIME_MS, onEvent })
      : createLocalBus(epochs, onEvent);
  return {
    hintOf: createHintOf(facts),
    taggerOf,
    open<Value>(name: CacheName, codec: ValueCodec<Value>) {
      // What a cache wrote under its name only this cache reads.
      const anyCodec = codec as ValueCodec<unknown>;
      const shared =
        redis && vault && createRedisStore({ cache: name, nodes: redis.entryNodes, vault, codec: anyCodec, onEvent });
      return createCache<Value>({ name, memory, shared, epochs, bus, now: Date.now });
    },
    async invalidate(body) {
      const tags = readInvalidation(body);
      if (!tags) return 'malformed';
      return (await bus.invalidate(tags)) ? tags.length : 'unsure';
    },
    watermark: epochs.watermark,
    isCurrent: epochs.isCurrent,
    bytes: memory.bytes,
    close() {
      bus.close();
      redis?.nodes.close();
      redis?.entryNodes.close();
    },
  };
}

/** Names of what is kept, and what invalidations by name mean, wherever they come from. */
function createNaming(): { readonly epochs: Epochs } & Pick<Caches, 'taggerOf'> {
  const known = new WeakMap<Supergraph, Tagger>();
  const { learn, widen } = createWidening();
  const own = createEpochs();
  const epochs: Epochs = { ...own, invalidate: (tags, number) => own.invalidate(widen(tags), number) };
  return {
    epochs,
    taggerOf(supergraph) {
      const found = known.get(supergraph);
      if (found) return found;
      const facts = readSchemaFacts(supergraph.document);
      const lost = learn(facts.keys);
      if (lost.length > 0) own.invalidate(lost.map(typeTag), own.watermark());
      const tagger = createTagger(facts);
      known.set(supergraph, tagger);
      return tagger;
    },
  };
}

function openShared(url: string, onEvent: OnCacheEvent) {
  const target = readRedisUrl(url);
  const open = (purpose: 'entries' | 'invalidation', deadlineMs: number): RedisNodes =>
    openRedisNodes({ target, deadlineMs, onState: (state) => onEvent({ kind: 'node', state, purpose }) });
  return {
    access: target.access,
    entryNodes: open('entries', ENTRY_DEADLINE_MS),
    nodes: open('invalidation', BUS_DEADLINE_MS),
  };
}
