import { headOf, splitCompound } from './compounds.js';
import { stem, wordsOf } from './german.js';
import { createVocabulary, type Vocabulary } from './vocabulary.js';

/** The texts of a document by which it is found. */
export interface SearchText {
  readonly title: string;
  readonly synonyms: readonly string[];
  /** A sentence that says what it is about. */
  readonly teaser: string;
  readonly text: string;
}

/** An inverted index; documents are known by their number, in the order in which they were given. */
export interface SearchIndex {
  readonly count: number;
  readonly vocabulary: Vocabulary;
  /** How well documents fit a stem: numbers and impacts, side by side; `null` where none has it. */
  postings(stemmed: string): Postings | null;
  /** Documents of which a title or synonym consists of these stems, in any order. */
  namedBy(stems: readonly string[]): readonly number[];
  /** Parts of a compound that is made of known words; empty for all other words. */
  partsOf(word: string): readonly string[];
}

export interface Postings {
  readonly documents: Int32Array;
  /** Inverse document frequency times saturated weight of the term in the document. */
  readonly impacts: Float32Array;
}

const FIELD_WEIGHT = { title: 5, synonym: 4, teaser: 1.2, text: 0.4 };
/** What a part of a compound counts of the whole. */
const PART_WEIGHT = 0.5;
const SATURATION = 2.5;

/** The words of a document's fields; what depends on the document alone, so that it can be kept. */
export interface Analysis {
  readonly title: readonly string[];
  readonly synonyms: readonly (readonly string[])[];
  readonly teaser: readonly string[];
  readonly text: readonly string[];
}

export const analyse = ({ title, synonyms, teaser, text }: SearchText): Analysis => ({
  title: wordsOf(title),
  synonyms: synonyms.map(wordsOf),
  teaser: wordsOf(teaser),
  text: wordsOf(text),
});

/**
 * Builds the index, letting others run after each document.
 *
 * @param pause As `createPause` of lib/turns.ts gives it.
 */
export async function buildSearchIndex(
  analyses: readonly Analysis[],
  pause: () => Promise<void>,
): Promise<SearchIndex> {
  const vocabulary = createVocabulary(analyses.flatMap(({ title, synonyms }) => [...title, ...synonyms.flat()]));
  const stems = new Set(analyses.flatMap(({ title, synonyms }) => [...title, ...synonyms.flat()].map(stem)));
  // `ummeldung` is a word where only `ummelden` is written.
  const isWord = (text: string) => vocabulary.has(text) || stems.has(stem(text));
  const partsOf = remember((word) => splitCompound(word, isWord));
  const termsOf = remember((word) => toTerms(word, partsOf(word), vocabulary));
  const drafts = new Map<string, { documents: number[]; weights: number[] }>();
  const names = new Map<string, number[]>();
  for (const [document, analysis] of analyses.entries()) {
    for (const [term, weight] of weigh(analysis, termsOf)) {
      const draft = drafts.get(term) ?? { documents: [], weights: [] };
      drafts.set(term, draft);
      draft.documents.push(document);
      draft.weights.push(weight);
    }
    for (const name of new Set([analysis.title, ...analysis.synonyms].map((words) => nameKey(words.map(stem)))))
      names.set(name, [...(names.get(name) ?? []), document]);
    await pause();
  }
  const postings = new Map<string, Postings>();
  for (const [term, draft] of drafts) {
    postings.set(term, finish(draft, analyses.length));
    await pause();
  }
  return {
    count: analyses.length,
    vocabulary,
    postings: (stemmed) => postings.get(stemmed) ?? null,
    namedBy: (stems) => names.get(nameKey(stems)) ?? [],
    partsOf: (word) => splitCompound(word, isWord),
  };
}

type Terms = readonly { readonly term: string; readonly share: number }[];

/** A word is found by its stem, and by its parts where it is a compound, or by what it is a kind of. */
function toTerms(word: string, parts: readonly string[], { has }: Vocabulary): Terms {
  const head = parts.length > 0 ? null : headOf(word, has);
  const further = head === null ? parts : [head];
  const whole = stem(word);
  return [
    { term: whole, share: 1 },
    ...[...new Set(further.map(stem))].filter((term) => term !== whole).map((term) => ({ term, share: PART_WEIGHT })),
  ];
}

/** Each field counts by its weight; a long one counts less a word. */
function weigh(analysis: Analysis, termsOf: (word: string) => Terms): Map<string, number> {
  const weights = new Map<string, number>();
  const add = (words: readonly string[], weight: number) => {
    for (const word of words)
      for (const { term, share } of termsOf(word)) weights.set(term, (weights.get(term) ?? 0) + weight * share);
  };
  add(analysis.title, FIELD_WEIGHT.title / damp(analysis.title.length, 3));
  // Of many synonyms each is as good as a title.
  for (const words of analysis.synonyms) add(words, FIELD_WEIGHT.synonym / damp(words.length, 2));
  add(analysis.teaser, FIELD_WEIGHT.teaser / damp(analysis.teaser.length, 12));
  add(analysis.text, FIELD_WEIGHT.text / damp(analysis.text.length, 60));
  return weights;
}

const damp = (length: number, usual: number): number => 0.6 + 0.4 * (length / usual);

function finish({ documents, weights }: { documents: number[]; weights: number[] }, count: number): Postings {
  const rarity = Math.log(1 + (count - documents.length + 0.5) / (documents.length + 0.5));
  return {
    documents: Int32Array.from(documents),
    impacts: Float32Array.from(weights, (weight) => rarity * ((weight * (SATURATION + 1)) / (weight + SATURATION))),
  };
}

const nameKey = (stems: readonly string[]): string => [...stems].sort().join(' ');

/** Words come back again and again while an index is built. */
function remember<Result>(compute: (word: string) => Result): (word: string) => Result {
  const known = new Map<string, Result>();
  return (word) => {
    const found = known.get(word) ?? compute(word);
    known.set(word, found);
    return found;
  };
}
