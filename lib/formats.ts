/**
 * The forms an argument may have, by the name that `@constraint(format:)` uses; `says` tells people. Length is bounded before any pattern
 * is tried, and every pattern is linear.
 */
export const FORMATS = {
  /** Amtlicher Gemeindeschlüssel: 8 digits. */
  ags: { says: '8 digits', maxLength: 8, test: (text: string) => /^[0-9]{8}$/.test(text) },
  date: { says: 'a day, YYYY-MM-DD', maxLength: 10, test: isDate },
  /** YYYY, YYYY-MM or YYYY-MM-DD: registers know no more. */
  'partial-date': {
    says: 'YYYY, YYYY-MM or YYYY-MM-DD',
    maxLength: 10,
    test: (text: string) => /^[0-9]{4}$/.test(text) || isMonth(text) || isDate(text),
  },
  /** Plate as on the car (FZV Anlage 1, without season): district code, letters, digits, suffix H or E. */
  plate: {
    says: 'a plate such as HOM AB 123',
    maxLength: 12,
    test: (text: string) => /^[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2} ?[1-9][0-9]{0,3}[HE]?$/.test(text),
  },
  /** 1 to 17 characters; vehicles from before about 1981 may have fewer than 17. */
  vin: {
    says: '1 to 17 letters and digits without I, O and Q',
    maxLength: 17,
    test: (text: string) => /^[A-HJ-NPR-Z0-9]{1,17}$/.test(text),
  },
  /** Text a person typed: no control characters, no lone surrogates. */
  text: { says: 'text of 1 to 200 characters', maxLength: 200, test: isPlainText },
  /** Such a text that names the person looked up; what is given beside it is a guess about them (gateway/limits). */
  'person-name': { says: 'text of 1 to 200 characters', maxLength: 200, test: isPlainText },
  /** An opaque id or cursor of ours: base64url and a few separators. */
  opaque: {
    says: 'a value that an earlier answer gave',
    maxLength: 512,
    test: (text: string) => /^[A-Za-z0-9_.~=-]+$/.test(text),
  },
  /** LeiKa-Schlüssel of a service. */
  'leika-key': { says: '14 digits', maxLength: 14, test: (text: string) => /^[0-9]{14}$/.test(text) },
  /** Flurstückskennzeichen (ALKIS): Land, Gemarkung, Flur, Zähler, Nenner, Folge; what there is none of is underscores. */
  'parcel-key': {
    says: 'a parcel key of 20 digits and underscores',
    maxLength: 20,
    test: (text: string) => /^[0-9]{6}([0-9]{3}|_{3})(?!0{5})[0-9]{5}([0-9]{4}|_{4})([0-9]{2}|_{2})$/.test(text),
  },
  'postal-code': { says: '5 digits', maxLength: 5, test: (text: string) => /^[0-9]{5}$/.test(text) },
  /** A case number as on the decision (§ 35 (2) WoGG: without personal data). */
  'case-number': {
    says: 'a case number',
    maxLength: 24,
    test: (text: string) => /^[A-Za-z0-9][A-Za-z0-9./-]*$/.test(text),
  },
} as const satisfies Record<string, { says: string; maxLength: number; test: (text: string) => boolean }>;

export type FormatName = keyof typeof FORMATS;

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);

/** Whether `text` has the form; too long is malformed. */
export const hasFormat = (name: FormatName, text: string): boolean =>
  text.length <= FORMATS[name].maxLength && FORMATS[name].test(text);

function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 10) === text;
}

function isMonth(text: string): boolean {
  return /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(text);
}

function isPlainText(text: string): boolean {
  return text.trim() !== '' && text.isWellFormed() && !/[\p{Cc}]/u.test(text);
}
