/** A plate in its parts (§ 9 FZV with Anlage 1): HOM AB 123H. */
export interface Plate {
  /** Unterscheidungszeichen, 1 to 3 letters. */
  readonly district: string;
  /** 1 or 2 letters. */
  readonly letters: string;
  /** 1 to 4 digits, the first not 0. */
  readonly number: string;
  /** H (§ 10 FZV), E (§ 11 FZV) or nothing. */
  readonly suffix: string;
}

/**
 * Reads a plate as people write it: small letters, a hyphen for the blank, blanks more or fewer. Only the border
 * between district and letters must be there: `BAB 1` could be B-AB 1 or BA-B 1.
 *
 * @returns `null` for what is no plate.
 */
export function readPlate(written: string): Plate | null {
  if (written.length > 20) return null;
  const parts = /^([A-ZÄÖÜ]{1,3})[ -]+([A-Z]{1,2})[ -]*([1-9][0-9]{0,3}) ?([HE]?)$/i.exec(
    written.normalize('NFC').trim(),
  );
  if (parts === null) return null;
  const [, district = '', letters = '', number = '', suffix = ''] = parts.map((part) => part.toUpperCase());
  return { district, letters, number, suffix };
}

export const writePlate = ({ district, letters, number, suffix }: Plate): string =>
  `${district} ${letters} ${number}${suffix}`;
