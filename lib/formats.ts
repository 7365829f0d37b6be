/**
 * The forms an argument may have, by the name that `@constraint(format:)` uses. Length is bounded before any pattern
 * is tried, and every pattern is linear.
 */
export const FORMATS = {
  /** Amtlicher Gemeindeschlüssel: 8 digits. */
  ags: { maxLength: 8, test: (text: string) => /^[0-9]{8}$/.test(text) },
  date: { maxLength: 10, test: isDate },
  /** YYYY, YYYY-MM or YYYY-MM-DD: registers know no more. */
  'partial-date': { maxLength: 10, test: (text: string) => /^[0-9]{4}$/.test(text) || isMonth(text) || isDate(text) },
  /** Plate as on the car (FZV Anlage 1, without season): district code, letters, digits, suffix H or E. */
  plate: {
    maxLength: 12,
    test: (text: string) => /^[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2} ?[1-9][0-9]{0,3}[HE]?$/.test(text),
  },
  /** 1 to 17 characters; vehicles from before about 1981 may have fewer than 17. */
  vin: { maxLength: 17, test: (text: string) => /^[A-HJ-NPR-Z0-9]{1,17}$/.test(text) },
  /** Text a person typed: no control characters, no lone surrogates. */
  text: { maxLength: 200, test: isPlainText },
  /** An opaque id or cursor of ours: base64url and a few separators. */
  opaque: { maxLength: 512, test: (text: string) => /^[A-Za-z0-9_.~=-]+$/.test(text) },
  /** A case number as on the decision (§ 35 (2) WoGG: without personal data). */
  'case-number': { maxLength: 24, test: (text: string) => /^[A-Za-z0-9][A-Za-z0-9./-]*$/.test(text) },
} as const satisfies Record<string, { maxLength: number; test: (text: string) => boolean }>;

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
  return text.isWellFormed() && !/[\p{Cc}]/u.test(text);
}
