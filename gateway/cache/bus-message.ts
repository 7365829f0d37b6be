import { MOST_TAGS } from '../../lib/cache-tags.js';
import type { Vault } from './vault.js';

/** Keys and channels; the hash tag keeps them on one node of a cluster, whose order of messages is everybody's. */
export const SET = '{fachverbund:invalidation}';
export const CHANNEL = `${SET}:tags`;

/** One tag that was invalidated; `null`: none, the number alone is told. */
export interface Piece {
  /** µs since 1970 by the clock of who told it, later ones higher. */
  readonly number: number;
  readonly tag: string | null;
}

/** Lengths are told only in steps. */
const PADDING_BYTES = 32;
/** Longer than any that is sent: no body of a request would make it. */
const LONGEST_MESSAGE = 32_000_000;

/** Number and tag are sealed together: nobody without the secrets can make one, or give it another number. */
export function sealPieces(vault: Vault, number: number, tags: readonly (string | null)[]): string[] {
  return tags.map((tag) => {
    const text = Buffer.from(JSON.stringify([number, tag]));
    const padded = Buffer.alloc(Math.ceil(text.length / PADDING_BYTES) * PADDING_BYTES, ' ');
    text.copy(padded);
    return vault.seal(SET, padded).toString('base64url');
  });
}

/** @returns `null` for what was not sent with a secret of ours; its first part that is not ours tells. */
export function readMessage(vault: Vault, text: string): Piece[] | null {
  if (text.length > LONGEST_MESSAGE) return null;
  const texts = text.split(' ', MOST_TAGS + 1);
  return texts.length > MOST_TAGS ? null : readPieces(vault, texts);
}

/** @returns `null` where one of them is none of ours. */
export function readPieces(vault: Vault, texts: readonly string[]): Piece[] | null {
  const pieces: Piece[] = [];
  for (const text of texts) {
    const plain = vault.open(SET, Buffer.from(text, 'base64url'));
    if (!plain) return null;
    // What opens was sealed by `sealPieces`.
    const [number, tag] = JSON.parse(plain.toString('utf8')) as [number, string | null];
    if (!isBelievable(number)) return null;
    pieces.push({ number, tag });
  }
  return pieces;
}

const DAY_MS = 24 * 3600 * 1000;

/** Whether somebody can have chosen it: clocks of replicas do not differ by more than a day. */
export const isBelievable = (number: number): boolean =>
  Number.isSafeInteger(number) && number >= 0 && number <= (Date.now() + DAY_MS) * 1000;
