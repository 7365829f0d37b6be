import { LRUCache } from 'lru-cache';
import type { Entry } from './entry.js';
import { lifetimeOf } from './entry.js';
import type { Store } from './store.js';

export interface MemoryStore extends Store {
  read(keys: readonly string[]): (Entry<unknown> | null)[];
  write(writes: Parameters<Store['write']>[0]): void;
  drop(keys: readonly string[]): void;
  /** About how much it holds now, in bytes. */
  bytes(): number;
}

/** What an entry takes beside its value: the object, its place in the list, numbers. */
const ENTRY_BYTES = 400;
/** One entry may not push out all others. */
const LARGEST_SHARE = 16;

/** Keeps entries in this process; the least recently used go first. */
export function createMemoryStore(maxBytes: number): MemoryStore {
  const entries = new LRUCache<string, Entry<unknown>>({
    maxSize: maxBytes,
    maxEntrySize: Math.max(1, Math.floor(maxBytes / LARGEST_SHARE)),
    sizeCalculation: ({ bytes, tags }, key) =>
      ENTRY_BYTES + bytes + 2 * key.length + tags.reduce((sum, tag) => sum + 2 * tag.length + 16, 0),
  });
  return {
    read: (keys) => keys.map((key) => entries.get(key) ?? null),
    write(writes) {
      for (const { key, entry } of writes) entries.set(key, entry, { ttl: Math.max(1, lifetimeOf(entry)) });
    },
    drop(keys) {
      for (const key of keys) entries.delete(key);
    },
    bytes: () => entries.calculatedSize,
  };
}
