/** Value of a VIN character: A and J are 1, B, K and S are 2, and so on; O is 0, a digit is itself. */
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  ['AJ', 'BKS', 'CLT', 'DMU', 'ENV', 'FW', 'GPX', 'HQY', 'IRZ'].flatMap((letters, index) =>
    [...letters].map((letter) => [letter, index + 1]),
  ),
);
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * The German check digit of a VIN (Zulassungsbescheinigung Teil I, field 3): weighted sum modulo 11, 10 is X. It is an
 * eighteenth character; the one in position 9 is another and binding in North America only.
 *
 * @returns `null` for a VIN of other than 17 characters: it has none.
 */
export function vinCheckDigit(vin: string): string | null {
  if (vin.length !== WEIGHTS.length) return null;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * worth(vin.charAt(index)), 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
}

const worth = (character: string): number => VALUES[character] ?? (Number(character) || 0);
