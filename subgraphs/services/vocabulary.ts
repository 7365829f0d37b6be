import { editDistance, prefixDistance } from './edit-distance.js';

/** A word of the vocabulary that may be meant, and how sure that is, above 0 and at most 1. */
export interface Guess {
  readonly word: string;
  readonly weight: number;
}

/** The words that titles and synonyms are made of: what somebody who searches may mean. */
export interface Vocabulary {
  has(word: string): boolean;
  /** Words that begin like this, the shortest first; the word itself is not among them. */
  beginningWith(typed: string): readonly Guess[];
  /** Words a slip away, nearest first. Short words have none, long ones up to two slips. */
  like(typed: string): readonly Guess[];
  /** Words whose beginning is a slip away. */
  beginningLike(typed: string): readonly Guess[];
}

const MOST_GUESSES = 40;
const SHORTEST_BEGINNING = 2;
const SURE = { prefix: 0.55, oneSlip: 0.75, twoSlips: 0.5, unfinished: 0.45 };

interface Entry {
  readonly word: string;
  /** One bit for each letter that occurs: most words are told apart by it alone. */
  readonly letters: number;
}

export function createVocabulary(words: Iterable<string>): Vocabulary {
  const sorted = [...new Set(words)].sort();
  const known = new Set(sorted);
  const entries = sorted.map((word): Entry => ({ word, letters: lettersOf(word) }));
  return {
    has: (word) => known.has(word),
    beginningWith(typed) {
      if (typed.length < SHORTEST_BEGINNING) return [];
      const found: string[] = [];
      for (let at = lowerBound(sorted, typed); sorted[at]?.startsWith(typed); at++) found.push(sorted[at] ?? '');
      return found
        .filter((word) => word !== typed)
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
        .slice(0, MOST_GUESSES)
        .map((word) => ({ word, weight: SURE.prefix + (1 - SURE.prefix) * 0.9 * (typed.length / word.length) }));
    },
    like(typed) {
      const most = slipsFor(typed);
      return guess(entries, { typed, most }, editDistance, (slips) => (slips === 1 ? SURE.oneSlip : SURE.twoSlips));
    },
    beginningLike(typed) {
      const most = Math.min(1, slipsFor(typed));
      return guess(entries, { typed, most }, prefixDistance, () => SURE.unfinished);
    },
  };
}

/** Fewer than four letters are too few to be sure of any; from eight on two slips still leave the word. */
const slipsFor = (typed: string): number => (typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2);

function guess(
  entries: readonly Entry[],
  { typed, most }: { typed: string; most: number },
  distance: (typed: string, word: string, most: number) => number,
  weight: (slips: number) => number,
): Guess[] {
  if (most === 0) return [];
  const letters = lettersOf(typed);
  const found: { word: string; slips: number }[] = [];
  for (const entry of entries) {
    // Letters that only the typed word has: each slip accounts for one of them at most.
    if (bits(letters & ~entry.letters) > most) continue;
    const slips = distance(typed, entry.word, most);
    if (slips <= most) found.push({ word: entry.word, slips });
  }
  return found
    .sort(
      (a, b) => a.slips - b.slips || sameStart(typed, b.word) - sameStart(typed, a.word) || (a.word < b.word ? -1 : 1),
    )
    .slice(0, MOST_GUESSES)
    .map(({ word, slips }) => ({ word, weight: weight(slips) * (sameStart(typed, word) === 1 ? 1 : 0.8) }));
}

/** People rarely misspell the first letter. */
const sameStart = (typed: string, word: string): number => (typed.charCodeAt(0) === word.charCodeAt(0) ? 1 : 0);

function lettersOf(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at++) mask |= 1 << ((word.charCodeAt(at) - 97 + 26) % 26);
  return mask;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
