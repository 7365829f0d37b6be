/**
 * The form in which the register compares names, after DIN 91379: letters A to Z and digits. Umlauts and ligatures are
 * spelled out, other marks fall away: `Sœrensen` finds `Sörensen` and `Soerensen`, not `Sorensen`.
 */
export function nameForm(text: string): string {
  let form = '';
  for (const letter of text.normalize('NFD').toUpperCase()) {
    if ((letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9')) form += letter;
    else form += markAfter(form.at(-1), letter) ?? LIGATURES.get(letter) ?? '';
  }
  return form;
}

/** The ending is compared in its short form: `Bergstr.` finds `Bergstraße`, `Marktpl.` finds `Marktplatz`. */
export function streetForm(text: string): string {
  const form = nameForm(text);
  const ending = STREET_ENDINGS.find(([long]) => form.endsWith(long));
  return ending ? form.slice(0, -ending[0].length) + ending[1] : form;
}

/** Names one by one: separated by spaces, while a hyphen joins what is one name. */
export const givenNameForms = (names: string): string[] =>
  names
    .split(/\s+/)
    .map(nameForm)
    .filter((form) => form !== '');

const DIAERESIS = '\u0308';
const RING = '\u030A';

function markAfter(letter: string | undefined, mark: string): string | null {
  if (mark === DIAERESIS && (letter === 'A' || letter === 'O' || letter === 'U')) return 'E';
  return mark === RING && letter === 'A' ? 'A' : null;
}

const LIGATURES = new Map([
  ['Æ', 'AE'],
  ['Œ', 'OE'],
  ['Ø', 'OE'],
  ['ẞ', 'SS'],
  ['Þ', 'TH'],
  ['Ð', 'D'],
  ['Đ', 'D'],
  ['Ħ', 'H'],
  ['Ł', 'L'],
  ['Ŋ', 'N'],
  ['Ŧ', 'T'],
]);

const STREET_ENDINGS = [
  ['STRASSE', 'STR'],
  ['PLATZ', 'PL'],
] as const;
