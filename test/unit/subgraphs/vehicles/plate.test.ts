import { describe, expect, it } from '@jest/globals';
import { readPlate, writePlate } from '../../../../subgraphs/vehicles/plate.js';

describe('readPlate', () => {
  it.each([
    ['as on the car', 'HOM AB 123', 'HOM AB 123'],
    ['with hyphens', 'HOM-AB-123', 'HOM AB 123'],
    ['with a hyphen and no blank', 'HOM-AB123', 'HOM AB 123'],
    ['in small letters with too many blanks', '  hom  ab  123 ', 'HOM AB 123'],
    ['of a historic vehicle', 'SB A 1H', 'SB A 1H'],
    ['of an electric vehicle, with a blank', 'sb-a 1 e', 'SB A 1E'],
    ['with an umlaut of two code points', 'LO\u0308 A 1', 'LÖ A 1'],
  ])('reads a plate %s', (_, written, plate) => {
    const parts = readPlate(written);
    expect(parts && writePlate(parts)).toBe(plate);
  });

  it.each([
    ['nothing', ''],
    ['no border between district and letters', 'HOMAB 123'],
    ['a number that begins with 0', 'HOM AB 012'],
    ['a number of five digits', 'HOM AB 12345'],
    ['an umlaut in the letters', 'HOM Ä 1'],
    ['four letters of district', 'HOMB A 1'],
    ['a suffix of another letter', 'HOM A 1X'],
    ['a wildcard', 'HOM A %'],
    ['a letter that becomes another in capitals', 'ß A 1'],
    ['very many blanks', `HOM${' '.repeat(10_000)}A 1`],
  ])('takes %s for no plate', (_, written) => {
    expect(readPlate(written)).toBeNull();
  });
});
