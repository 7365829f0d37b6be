import { describe, expect, it } from '@jest/globals';
import { emissionSticker } from '../../../../subgraphs/vehicles/emission-sticker.js';

/** All keys of a fuel with this sticker, from the published table. */
const keysOf = (fuel: string, sticker: string) =>
  Array.from({ length: 100 }, (_, key) => String(key).padStart(2, '0')).filter(
    (key) => emissionSticker(fuel, key) === sticker,
  );
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(2, '0'));

describe('emissionSticker', () => {
  it.each([
    ['red diesel', 'D', 'RED', [...range(25, 29), '35', '41', '71']],
    ['yellow diesel', 'D', 'YELLOW', ['30', '31', '36', '37', '42', ...range(44, 52), '72']],
    ['green diesel', 'D', 'GREEN', ['32', '33', '38', '39', '43', ...range(53, 70), '73', '74', '75']],
    ['green petrol', 'B', 'GREEN', ['01', '02', '14', '16', ...range(18, 75), '77']],
    ['petrol without a sticker', 'B', 'NONE', ['00', ...range(3, 13), '15', '17', '76', ...range(78, 99)]],
    ['green electric', 'E', 'GREEN', range(0, 99)],
  ])('knows the keys of %s', (_, fuel, sticker, keys) => {
    expect(keysOf(fuel, sticker)).toEqual(keys);
  });

  it('knows no sticker for a fuel that is in no table', () => {
    expect(emissionSticker('X', '70')).toBeNull();
  });
});
