/** Names of the caches, as metrics show them. */
export type CacheName = 'entities' | 'responses';

/** What happens in the caches; log, metrics and tests listen to the same events. Never a key or a value. */
export type CacheEvent =
  /** What was found for a number of keys of one kind, `subgraph` where the cache is about one. */
  | {
      readonly kind: 'read';
      readonly cache: CacheName;
      readonly subgraph: string | null;
      readonly outcome: 'hit' | 'stale' | 'miss';
      readonly count: number;
    }
  /** Answers that are kept from now on, `bytes` about what they take in memory. */
  | {
      readonly kind: 'kept';
      readonly cache: CacheName;
      readonly subgraph: string | null;
      readonly count: number;
      readonly bytes: number;
    }
  | { readonly kind: 'written'; readonly cache: CacheName; readonly count: number; readonly bytes: number }
  /** A shared entry that is none of ours: damaged, forged, put under another key, of a wrong type, too old. */
  | {
      readonly kind: 'rejected';
      /** `invalidation`: what is told or remembered between replicas. */
      readonly cache: CacheName | 'invalidation';
      readonly reason: 'seal' | 'form' | 'type';
    }
  /** The shared store did not do what it was asked to: `offline` costs nothing, `timeout` one command deadline. */
  | {
      readonly kind: 'store-failed';
      readonly cache: CacheName;
      readonly reason: 'offline' | 'timeout' | 'refused';
    }
  /** A connection to a node of the shared store came or went. */
  | { readonly kind: 'node'; readonly state: 'up' | 'down'; readonly purpose: 'entries' | 'invalidation' }
  /** Whether this process hears of every invalidation. */
  | { readonly kind: 'link'; readonly isConfirmed: boolean }
  | { readonly kind: 'invalidated'; readonly tags: number; readonly from: 'here' | 'elsewhere' };

export type OnCacheEvent = (event: CacheEvent) => void;
