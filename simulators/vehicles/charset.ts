/**
 * Writes text in ISO-8859-15 as an old system does: a letter it does not have becomes its base letter, and what has
 * none becomes a question mark.
 *
 * @returns A string of bytes: each character stands for the byte of its code, for `Buffer.from(text, 'latin1')`.
 */
export const toLatin9 = (text: string): string => text.normalize('NFC').replace(/[^ -~]/gu, toBytes);

function toBytes(letter: string): string {
  const byte = LATIN9[letter];
  if (byte !== undefined) return byte;
  if (/^[\u00a0-\u00ff]$/.test(letter) && !Object.values(LATIN9).includes(letter)) return letter;
  if (/^\p{M}$/u.test(letter)) return '';
  const base = BASE_LETTERS[letter] ?? letter.normalize('NFD').charAt(0);
  return base === letter || /^[^ -\u00ff]/.test(base) ? '?' : base;
}

/** Where ISO-8859-15 differs from ISO-8859-1, whose bytes are the code points of Unicode. */
const LATIN9: Readonly<Record<string, string>> = {
  '€': '\u00a4',
  Š: '\u00a6',
  š: '\u00a8',
  Ž: '\u00b4',
  ž: '\u00b8',
  Œ: '\u00bc',
  œ: '\u00bd',
  Ÿ: '\u00be',
};

/** Letters that Unicode does not take apart. */
const BASE_LETTERS: Readonly<Record<string, string>> = {
  Đ: 'D',
  đ: 'd',
  Ħ: 'H',
  ħ: 'h',
  ı: 'i',
  Ł: 'L',
  ł: 'l',
  Ŋ: 'N',
  ŋ: 'n',
  Ŧ: 'T',
  ŧ: 't',
  Ə: 'A',
  ə: 'a',
  ẞ: 'SS',
  '’': "'",
  '–': '-',
};
