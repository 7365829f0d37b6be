import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Parsed and valid documents, as the host keeps them by their hash. */
export interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

const MOST_BYTES = 64 * 2 ** 20;
/** One document may not push out all others. */
const LARGEST_SHARE = 16;
/** With what the phases note of it. */
const BYTES_PER_DOCUMENT = 8192;
/** Nodes and tokens of a dense text. The host's own store counts their JSON, a quarter of it. */
const BYTES_PER_CHARACTER = 150;

/** Bounded by bytes; the least recently used go first, and what is very long is read each time. */
export function createDocumentStore(): DocumentStore {
  const known = new LRUCache<string, DocumentNode>({
    maxSize: MOST_BYTES,
    maxEntrySize: MOST_BYTES / LARGEST_SHARE,
    sizeCalculation: ({ loc }) => BYTES_PER_DOCUMENT + (loc?.source.body.length ?? 0) * BYTES_PER_CHARACTER,
  });
  return {
    get: async (key) => known.get(key),
    async set(key, document) {
      known.set(key, document);
    },
    delete: async (key) => known.delete(key),
  };
}
