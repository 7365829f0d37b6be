/**
 * Search form of a name after DIN 91379: upper case A to Z and digits only. Umlauts and ligatures become two letters,
 * other diacritics fall away, hyphens and spaces too. `Sörensen`, `Sœrensen` and `Soerensen` are equal, `Sorensen` is not.
 */
export const normalizeName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\P{ASCII}/gu, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');

/** Given names one by one; a hyphenated name is one name (BMeldDAV § 4). */
export const splitGivenNames = (text: string): string[] => text.split(/\s+/u).filter((name) => name !== '');

/** Search form of a street: the ending is normalised, so that `Bergstr.` and `Bergstraße` are equal. */
export const normalizeStreet = (text: string): string =>
  normalizeName(text)
    .replace(/STRASSE$/, 'STR')
    .replace(/PLATZ$/, 'PL');

const SPELLED_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  Ä: 'AE',
  ö: 'oe',
  Ö: 'OE',
  ü: 'ue',
  Ü: 'UE',
  ß: 'ss',
  ẞ: 'SS',
  œ: 'oe',
  Œ: 'OE',
  ø: 'oe',
  Ø: 'OE',
  æ: 'ae',
  Æ: 'AE',
  å: 'aa',
  Å: 'AA',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'TH',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŋ: 'n',
  Ŋ: 'N',
  ŧ: 't',
  Ŧ: 'T',
};
