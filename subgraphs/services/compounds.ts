import { JOINTS } from './german.js';

const SHORTEST_PART = 4;
const SHORTEST_HEAD = 5;
const MOST_PARTS = 4;
/** Parts that are shorter and still words. */
const SHORT_PARTS: ReadonlySet<string> = new Set(['amt', 'bau', 'kfz', 'hof']);

/**
 * Takes a compound apart: `hundesteueranmeldung` into `hunde`, `steuer`, `anmeldung`. A joint (`-s-`, `-n-` …) between
 * two parts belongs to neither.
 *
 * @param isWord Whether a text of letters is a word on its own.
 * @returns The fewest parts, in order; empty where the word is no compound of known words.
 */
export function splitCompound(word: string, isWord: (text: string) => boolean): readonly string[] {
  const known = new Map<number, readonly string[] | null>();
  const splitFrom = (start: number): readonly string[] | null => {
    if (start === word.length) return [];
    const found = known.get(start);
    if (found !== undefined) return found;
    known.set(start, null);
    let best: readonly string[] | null = null;
    for (let end = word.length; end > start; end--) {
      const part = word.slice(start, end);
      if ((start === 0 && end === word.length) || !isPart(part, isWord)) continue;
      const rest = restAfter(end);
      if (rest !== null && (best === null || rest.length + 1 < best.length)) best = [part, ...rest];
    }
    known.set(start, best);
    return best;
  };
  const restAfter = (end: number): readonly string[] | null => {
    if (end === word.length) return [];
    const rests = JOINTS.filter((joint) => word.startsWith(joint, end) && end + joint.length < word.length).map(
      (joint) => splitFrom(end + joint.length),
    );
    return rests.reduce(
      (best, rest) => (rest !== null && (best === null || rest.length < best.length) ? rest : best),
      null,
    );
  };
  const parts = word.length < 2 * SHORTEST_PART - 1 ? null : splitFrom(0);
  return parts !== null && parts.length >= 2 && parts.length <= MOST_PARTS ? parts : [];
}

/** The longest known word that a compound ends in, its head: what it is a kind of; `null` where none is known. */
export function headOf(word: string, isWord: (text: string) => boolean): string | null {
  for (let start = 2; start <= word.length - SHORTEST_HEAD; start++)
    if (isWord(word.slice(start))) return word.slice(start);
  return null;
}

const isPart = (part: string, isWord: (text: string) => boolean): boolean =>
  (part.length >= SHORTEST_PART || SHORT_PARTS.has(part)) && isWord(part);
