import { otherWordsFor, stem, wordsOf } from './german.js';
import type { SearchIndex } from './search-index.js';

/** Documents that fit and how well, side by side: best first, equal ones in the order of the index. */
export interface Hits {
  readonly documents: Int32Array;
  readonly scores: Float64Array;
}

const OTHER_WORD = 0.75;
/** A document whose whole title or synonym was typed stands before those that only have its words. */
const NAMED = 2.5;
/** What is offered where the caller lives stands first among what fits about as well. */
const OFFERED = 1.6;
/** More words than anybody types; the rest is not looked at. */
const MOST_WORDS = 12;

/** Terms that may be meant by one word typed, each with how sure that is. */
type Meanings = ReadonlyMap<string, number>;

/**
 * Finds what somebody may mean who types `query`; the last word may be unfinished, every word misspelt.
 *
 * @param offered By document: 1 where it is offered where the caller lives; `null` where that is not known.
 * @returns Nothing where no word is known.
 */
export function search(index: SearchIndex, query: string, offered: Uint8Array | null): Hits {
  const typed = wordsOf(query).slice(0, MOST_WORDS);
  const words = typed.flatMap((word, at) => toMeanings(index, word, at === typed.length - 1));
  const found = { scores: new Float64Array(index.count), matches: new Uint8Array(index.count) };
  for (const meanings of words) addWord(index, meanings, found);
  const named = new Set(index.namedBy(words.map(mostLikely)));
  for (let document = 0; document < index.count; document++) {
    const share = (found.matches[document] ?? 0) / words.length;
    const factor = share * share * (named.has(document) ? NAMED : 1) * (offered?.[document] === 1 ? OFFERED : 1);
    found.scores[document] = (found.scores[document] ?? 0) * factor;
  }
  return sort(found.scores);
}

/** Scores are told apart to the fourth decimal. */
const STEPS = 1e4;

/** As numbers that hold score and document: a common word fits thousands, and numbers are sorted ten times as fast. */
function sort(scores: Float64Array): Hits {
  const keys = new Float64Array(scores.length);
  let count = 0;
  for (let document = 0; document < scores.length; document++) {
    const steps = Math.round((scores[document] ?? 0) * STEPS);
    if (steps > 0) keys[count++] = document - steps * scores.length;
  }
  const sorted = keys.subarray(0, count).sort();
  const documents = Int32Array.from(sorted, (key) => key - Math.floor(key / scores.length) * scores.length);
  return { documents, scores: Float64Array.from(sorted, (key) => -Math.floor(key / scores.length) / STEPS) };
}

/** A compound that nobody wrote that way means its parts; every other word means one thing. */
function toMeanings(index: SearchIndex, word: string, isLast: boolean): Meanings[] {
  const parts = index.vocabulary.has(word) ? [] : index.partsOf(word);
  if (parts.length > 0) return parts.map((part) => meaningsOf(index, part, false));
  return [meaningsOf(index, word, isLast)];
}

function meaningsOf(index: SearchIndex, word: string, isLast: boolean): Meanings {
  const meanings = new Map<string, number>();
  const mean = (stemmed: string, weight: number) => {
    if (index.postings(stemmed) !== null) meanings.set(stemmed, Math.max(meanings.get(stemmed) ?? 0, weight));
  };
  const stemmed = stem(word);
  mean(stemmed, 1);
  for (const other of otherWordsFor(stemmed)) mean(other, OTHER_WORD);
  const isKnown = index.vocabulary.has(word) || meanings.has(stemmed);
  if (isLast) for (const guess of index.vocabulary.beginningWith(word)) mean(stem(guess.word), guess.weight);
  if (isKnown || meanings.size > 0) return meanings;
  for (const guess of index.vocabulary.like(word)) {
    mean(stem(guess.word), guess.weight);
    for (const other of otherWordsFor(stem(guess.word))) mean(other, guess.weight * OTHER_WORD);
  }
  if (meanings.size > 0 || !isLast) return meanings;
  for (const guess of index.vocabulary.beginningLike(word)) mean(stem(guess.word), guess.weight);
  return meanings;
}

/** Of the meanings of one word the best counts, not their sum: otherwise many unlikely ones would beat a sure one. */
function addWord(
  index: SearchIndex,
  meanings: Meanings,
  { scores, matches }: { scores: Float64Array; matches: Uint8Array },
): void {
  const best = new Float64Array(meanings.size > 0 ? index.count : 0);
  for (const [term, weight] of meanings) {
    const postings = index.postings(term);
    if (postings === null) continue;
    for (let at = 0; at < postings.documents.length; at++) {
      const document = postings.documents[at] ?? 0;
      best[document] = Math.max(best[document] ?? 0, weight * (postings.impacts[at] ?? 0));
    }
  }
  for (let document = 0; document < best.length; document++) {
    const score = best[document] ?? 0;
    if (score === 0) continue;
    scores[document] = (scores[document] ?? 0) + score;
    matches[document] = (matches[document] ?? 0) + 1;
  }
}

const mostLikely = (meanings: Meanings): string =>
  [...meanings].reduce<readonly [string, number]>((best, one) => (one[1] > best[1] ? one : best), ['', 0])[0];
