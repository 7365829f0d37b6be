import type { EmissionSticker } from './schema.generated.js';

type Span = readonly [first: number, last: number];

/**
 * Sticker by fuel and emission key (last two digits of ZB I field 14.1), after the annex of the 35. BImSchV. It is no
 * field of the register (§ 57 FZV), hence derived. Sources differ on diesel key 71; here it is red, the lesser right.
 */
const STICKERS: Readonly<Record<string, Readonly<Partial<Record<EmissionSticker, readonly Span[]>>>>> = {
  D: {
    RED: [
      [25, 29],
      [35, 35],
      [41, 41],
      [71, 71],
    ],
    YELLOW: [
      [30, 31],
      [36, 37],
      [42, 42],
      [44, 52],
      [72, 72],
    ],
    GREEN: [
      [32, 33],
      [38, 39],
      [43, 43],
      [53, 70],
      [73, 75],
    ],
  },
  B: {
    GREEN: [
      [1, 2],
      [14, 14],
      [16, 16],
      [18, 75],
      [77, 77],
    ],
  },
  E: { GREEN: [[0, 99]] },
};

/**
 * @param fuel B petrol, D diesel, E electric.
 * @param emissionKey Two digits.
 * @returns `NONE` where the table grants no sticker; `null` for a fuel the table does not know.
 */
export function emissionSticker(fuel: string, emissionKey: string): EmissionSticker | null {
  const stickers = STICKERS[fuel];
  if (stickers === undefined) return null;
  const key = Number(emissionKey);
  for (const sticker of ['GREEN', 'YELLOW', 'RED'] as const)
    if (stickers[sticker]?.some(([first, last]) => first <= key && key <= last)) return sticker;
  return 'NONE';
}
