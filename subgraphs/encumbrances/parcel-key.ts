/** A parcel key (Flurstückskennzeichen) in the parts that people read. */
export interface ParcelName {
  /** Land and Gemarkung, 6 digits. */
  readonly cadastralDistrict: string;
  /** Flur without leading zeros; `null` where there is none. */
  readonly section: string | null;
  /** `42`, or `42/7` with a Nenner. */
  readonly number: string;
}

const PARTS = /^([0-9]{6})([0-9]{3}|_{3})([0-9]{5})([0-9]{4}|_{4})([0-9]{2}|_{2})$/;

/** @returns `null` for what is no key of ALKIS: Land 2, Gemarkung 4, Flur 3, Zähler 5, Nenner 4, Folge 2. */
export function readParcelKey(key: string): ParcelName | null {
  const [, cadastralDistrict = '', section = '', numerator = '', denominator = ''] = PARTS.exec(key) ?? [];
  if (Number(numerator) === 0) return null;
  const below = toNumber(denominator);
  return {
    cadastralDistrict,
    section: toNumber(section),
    number: below === null ? String(Number(numerator)) : `${Number(numerator)}/${below}`,
  };
}

/** Zeros stand for "none" as underscores do. */
const toNumber = (digits: string): string | null => (Number(digits) > 0 ? String(Number(digits)) : null);
