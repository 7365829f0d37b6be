import { LRUCache } from 'lru-cache';
import type { Entry } from './entry.js';
import { lifetimeOf } from './entry.js';
import type { Store, Write } from './store.js';

export interface MemoryStore extends Store {
  read(keys: readonly string[]): (Entry<unknown> | null)[];
  write(writes: Parameters<Store['write']>[0]): void;
  drop(keys: readonly string[]): void;
  /** @returns Whether it is kept: what is too large would push out all others. */
  put(write: Write): boolean;
  /** About how much it holds now, in bytes. */
  bytes(): number;
}

/** What an entry takes beside its value: the object, its place in the list, numbers. */
const ENTRY_BYTES = 400;
/** One entry may not push out all others. */
const LARGEST_SHARE = 16;

/** Keeps entries in this process; the least recently used go first. */
export function createMemoryStore(maxBytes: number): MemoryStore {
  const maxEntrySize = Math.max(1, Math.floor(maxBytes / LARGEST_SHARE));
  const entries = new LRUCache<string, Entry<unknown>>({ maxSize: maxBytes, maxEntrySize });
  const put = ({ key, entry }: Write): boolean => {
    const size = sizeOf(key, entry);
    // Where it is too large, what was there before goes as well.
    entries.set(key, entry, { ttl: Math.max(1, lifetimeOf(entry)), size });
    return size <= maxEntrySize;
  };
  return {
    read: (keys) => keys.map((key) => entries.get(key) ?? null),
    put,
    write(writes) {
      for (const write of writes) put(write);
    },
    drop(keys) {
      for (const key of keys) entries.delete(key);
    },
    bytes: () => entries.calculatedSize,
  };
}

const sizeOf = (key: string, { bytes, tags }: Entry<unknown>): number =>
  ENTRY_BYTES + bytes + 2 * key.length + tags.reduce((sum, tag) => sum + 2 * tag.length + 16, 0);
