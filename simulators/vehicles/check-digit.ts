const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2];

/**
 * Prüfziffer der FIN: what the registration office prints in field 3 of the Zulassungsbescheinigung Teil I.
 *
 * @returns Nothing for a number of other than 17 characters, from before about 1981.
 */
export function checkDigit(vin: string): string {
  if (vin.length !== WEIGHTS.length) return '';
  let sum = 0;
  for (const [place, weight] of WEIGHTS.entries()) sum += weight * numberOf(vin.charCodeAt(place));
  return '0123456789X'.charAt(sum % 11);
}

/** A to I count 1 to 9, J to R once more, but O is 0; S to Z count 2 to 9. */
function numberOf(code: number): number {
  const letter = code - 'A'.charCodeAt(0);
  if (letter < 0) return code - '0'.charCodeAt(0);
  if (letter === 14) return 0;
  return letter < 18 ? (letter % 9) + 1 : letter - 16;
}
