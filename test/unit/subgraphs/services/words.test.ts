import { describe, expect, it } from '@jest/globals';
import { headOf, splitCompound } from '../../../../subgraphs/services/compounds.js';
import { editDistance, prefixDistance } from '../../../../subgraphs/services/edit-distance.js';
import { normalise, otherWordsFor, stem, wordsOf } from '../../../../subgraphs/services/german.js';
import { createVocabulary } from '../../../../subgraphs/services/vocabulary.js';

describe('normalise', () => {
  it.each([
    ['umlauts as two letters', 'Führerschein', 'fuehrerschein'],
    ['a decomposed umlaut', 'Fu\u0308hrerschein', 'fuehrerschein'],
    ['sharp s', 'Straße', 'strasse'],
    ['capital sharp s', 'STRAẞE', 'strasse'],
    ['other diacritics', 'Éclair Ş', 'eclair s'],
    ['signs as blanks', 'Kfz-Zulassung (neu)', 'kfz zulassung neu'],
  ])('writes %s', (_, text, written) => expect(normalise(text)).toBe(written));
});

describe('wordsOf', () => {
  it('leaves out what says nothing', () =>
    expect(wordsOf('Ich will mein Auto ummelden')).toEqual(['auto', 'ummelden']));
  it('keeps it where there is nothing else', () => expect(wordsOf('wo und wie')).toEqual(['wo', 'und', 'wie']));
  it('has no words of one letter', () => expect(wordsOf('E Kennzeichen')).toEqual(['kennzeichen']));
});

describe('stem', () => {
  it.each([
    ['anmeldung', 'anmelden'],
    ['anmeldungen', 'anmelden'],
    ['verlaengerung', 'verlaengern'],
    ['aenderung', 'aendern'],
    ['ausweise', 'ausweis'],
    ['hunde', 'hund'],
    ['kinder', 'kind'],
    ['wohnungen', 'wohnung'],
    ['personalausweises', 'personalausweis'],
  ])('is the same for %s and %s', (one, other) => expect(stem(one)).toBe(stem(other)));

  it.each([
    ['anmelden', 'abmelden'],
    ['pass', 'pas'],
    ['gewerbe', 'gewerkschaft'],
  ])('is another for %s and %s', (one, other) => expect(stem(one)).not.toBe(stem(other)));

  it('has other words in mouths of callers', () => {
    expect(otherWordsFor(stem('kfz'))).toContain('auto');
    expect(otherWordsFor('wohngeld')).toEqual([]);
  });
});

describe('splitCompound', () => {
  const words = new Set([
    'hunde',
    'steuer',
    'anmeldung',
    'wohnung',
    'geber',
    'bestaetigung',
    'auto',
    'amt',
    'steueranmeldung',
  ]);
  const isWord = (text: string) => words.has(text);

  it.each([
    ['hundesteuer', ['hunde', 'steuer']],
    ['wohnungsgeberbestaetigung', ['wohnung', 'geber', 'bestaetigung']],
    ['hundesteueranmeldung', ['hunde', 'steueranmeldung']],
    ['steueramt', ['steuer', 'amt']],
    ['steuer', []],
    ['hundesteuerxy', []],
    ['', []],
  ])('takes %s apart', (word, parts) => expect(splitCompound(word, isWord)).toEqual(parts));

  it('is quick with a word made to be slow', () => {
    const began = performance.now();
    expect(splitCompound(`${'anna'.repeat(50)}x`, (text) => /^(anna)+$/.test(text))).toEqual([]);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('knows what a compound is a kind of', () => {
    expect(headOf('zweitwohnungsteuer', isWord)).toBe('steuer');
    expect(headOf('angelschein', isWord)).toBeNull();
  });
});

describe('editDistance', () => {
  it.each([
    ['wohngeld', 'wohngeld', 0],
    ['wohngeld', 'wohngled', 1],
    ['wohngeld', 'wohngelt', 1],
    ['wohngeld', 'wohgeld', 1],
    ['wohngeld', 'wohnngeld', 1],
    ['reisepass', 'reisepaas', 1],
    ['reisepass', 'raisepas', 2],
    ['ca', 'abc', 3],
    ['', 'ab', 2],
  ])('from %s to %s is %i', (one, other, distance) => {
    expect(editDistance(one, other, 3)).toBe(distance);
    expect(editDistance(other, one, 3)).toBe(distance);
  });

  it('gives up above the most that matters', () => expect(editDistance('wohngeld', 'steuer', 2)).toBe(3));

  it.each([
    ['wohng', 'wohngeldantrag', 0],
    ['wonhg', 'wohngeldantrag', 1],
    ['wong', 'wohngeldantrag', 1],
    ['steu', 'wohngeldantrag', 3],
  ])('from %s to a beginning of %s is %i', (typed, word, distance) =>
    expect(prefixDistance(typed, word, 2)).toBe(distance),
  );
});

describe('createVocabulary', () => {
  const vocabulary = createVocabulary(['wohngeld', 'wohnung', 'wohnsitz', 'pass', 'reisepass', 'wohngeldantrag']);
  const words = (guesses: readonly { readonly word: string }[]) => guesses.map(({ word }) => word);

  it('completes, the shortest first, and not what is typed already', () => {
    expect(words(vocabulary.beginningWith('wohn'))).toEqual(['wohnung', 'wohngeld', 'wohnsitz', 'wohngeldantrag']);
    expect(words(vocabulary.beginningWith('wohngeld'))).toEqual(['wohngeldantrag']);
    expect(vocabulary.beginningWith('w')).toEqual([]);
  });

  it('corrects, and is less sure of two slips than of one', () => {
    const [one] = vocabulary.like('wohngelt');
    const [two] = vocabulary.like('wohnkelt');
    expect([one?.word, two?.word]).toEqual(['wohngeld', 'wohngeld']);
    expect(one?.weight).toBeGreaterThan(two?.weight ?? 1);
  });

  it('does not correct three letters', () => expect(vocabulary.like('pas')).toEqual([]));
  it('corrects what is unfinished', () => expect(words(vocabulary.beginningLike('wohnsiz'))).toContain('wohnsitz'));
});
