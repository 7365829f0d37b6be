/**
 * The words of a text as the search knows them: lower case, umlauts as two letters, no other diacritics, without the
 * words that say nothing. Where there are no others, those are kept.
 *
 * @returns In the order of the text; single letters are no words.
 */
export function wordsOf(text: string): string[] {
  const all = normalise(text)
    .split(' ')
    .filter((word) => word.length > 1);
  const telling = all.filter((word) => !SILENT.has(word));
  return telling.length > 0 ? telling : all;
}

/** Lower case letters a to z, digits and single blanks; `Straße`, `STRASSE` and `strasse` are equal. */
export const normalise = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßœæøå]/g, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * What is left of a normalised word without its endings, so that `Anmeldung`, `anmelden` and `Anmeldungen` are equal.
 * Light on purpose: two words that are not one must not become one.
 */
export function stem(word: string): string {
  const noun = strip(word, ['ungen', 'ung'], 4);
  const bare = strip(noun, ['ern', 'em', 'en', 'er', 'es', 'e'], 4);
  if (bare !== noun || !/[bdfghklmnrt]s$/.test(noun) || noun.length < 6) return bare;
  return noun.slice(0, -1);
}

/** Other words for a stem in the mouths of those who call, as stems; none where there are none. */
export const otherWordsFor = (stemmed: string): readonly string[] =>
  SAME.find((group) => group.includes(stemmed))?.filter((other) => other !== stemmed) ?? [];

/** Elements that join the parts of a German compound. */
export const JOINTS = ['', 's', 'n', 'en', 'es', 'er', 'e'] as const;

function strip(word: string, endings: readonly string[], atLeast: number): string {
  const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= atLeast);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

const SPELLED_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  œ: 'oe',
  æ: 'ae',
  ø: 'oe',
  å: 'aa',
};

/** Everyday words; the catalogue's own synonyms are in its records. */
const SAME: readonly (readonly string[])[] = [
  ['auto', 'kfz', 'pkw', 'fahrzeug', 'kraftfahrzeug', 'wagen'],
  ['perso', 'personalausweis'],
  ['pass', 'reisepass'],
  ['verlor', 'verlust', 'weg', 'gestohl', 'geklaut'],
  ['umzug', 'umzieh', 'umgezog'],
  ['ummeld', 'umschreib'],
  ['fuehrerschein', 'fahrerlaubnis'],
  ['muell', 'abfall'],
  ['heirat', 'hochzeit', 'eheschliess'],
  ['kita', 'kindergart', 'kindertagesstaett'],
  ['kaputt', 'defekt', 'schad'],
  ['verlaeng', 'erneu'],
  ['adress', 'anschrift'],
];

const SILENT: ReadonlySet<string> = new Set(
  (
    'aber alle als am an auf aus bei beim bin bitte da dann das dass dem den der des die durch ein eine einem einen ' +
    'einer eines er es fuer gibt habe haben hat ich ihr im in ist kann mein meine meinem meinen meiner mich mir mit ' +
    'moechte muss nach neu neue neuen nicht oder sich sie sind so ueber um und uns vom von vor wann was weil wenn wer ' +
    'werden wie will wird wo zu zum zur'
  ).split(' '),
);
