import { createHash } from 'node:crypto';
import type { TrustedDocument } from './read-manifest.js';

/** The registered documents of all manifests. */
export interface DocumentIndex {
  readonly size: number;
  /** @param id As in the manifest, or the text's SHA-256 in hexadecimal, with or without `sha256:` before it. */
  find(id: string): string | null;
  /** Whether a text is, character by character, a registered one. */
  has(text: string): boolean;
}

/** @throws Error where two documents have one id. */
export function createDocumentIndex(documents: readonly TrustedDocument[]): DocumentIndex {
  const texts = new Map<string, string>();
  for (const { id, text } of documents) {
    if ((texts.get(id) ?? text) !== text) throw new Error(`two documents have the id ${id}`);
    texts.set(id, text);
  }
  const known = new Set(texts.values());
  // An id that a manifest gives counts before a hash.
  for (const text of known) {
    const hash = hashOf(text);
    for (const id of [hash, `${SHA256}${hash}`]) if (!texts.has(id)) texts.set(id, text);
  }
  return {
    size: known.size,
    find: (id) => texts.get(id) ?? (id.startsWith(SHA256) ? (texts.get(id.slice(SHA256.length)) ?? null) : null),
    has: (text) => known.has(text),
  };
}

const SHA256 = 'sha256:';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
