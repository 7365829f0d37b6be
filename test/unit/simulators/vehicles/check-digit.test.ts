import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkDigit } from '../../../../simulators/vehicles/check-digit.js';
import { vinCheckDigit } from '../../../../subgraphs/vehicles/vin-check-digit.js';

describe('checkDigit', () => {
  it('is that of the published example', () => {
    expect(checkDigit('A1BS31Z0430336179')).toBe('4');
  });

  it('is nothing for a number from before the VIN', () => {
    expect(checkDigit('1234567')).toBe('');
  });

  it('agrees with the one the adapter computes', () => {
    const character = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
    const vin = fc.array(character, { minLength: 17, maxLength: 17 }).map((characters) => characters.join(''));
    fc.assert(fc.property(vin, (text) => checkDigit(text) === vinCheckDigit(text)));
  });
});
