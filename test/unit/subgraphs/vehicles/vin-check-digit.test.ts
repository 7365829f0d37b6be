import { describe, expect, it } from '@jest/globals';
import { vinCheckDigit } from '../../../../subgraphs/vehicles/vin-check-digit.js';

describe('vinCheckDigit', () => {
  it.each([
    ['the published example', 'A1BS31Z0430336179', '4'],
    ['ten as X', '0000000000000000T', '6'],
    ['all zeros', '00000000000000000', '0'],
    ['a last digit of weight 2', '00000000000000005', 'X'],
    ['a ninth digit of weight 10', '00000000100000000', 'X'],
    ['the letters to T', 'ABCDEFGHJKLMNPRST', '8'],
    ['the letters from U', 'UVWXYZ00000000000', '5'],
  ])('computes %s', (_, vin, digit) => {
    expect(vinCheckDigit(vin)).toBe(digit);
  });

  it.each(['', '1234567', 'A1BS31Z043033617', 'A1BS31Z04303361790'])('has none for %j', (vin) => {
    expect(vinCheckDigit(vin)).toBeNull();
  });
});
