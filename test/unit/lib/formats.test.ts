import { describe, expect, it } from '@jest/globals';
import { hasFormat } from '../../../lib/formats.js';

describe('a parcel key', () => {
  it.each([
    ['all of its parts', '15245000800746028401'],
    ['no Folge', '152450008007460284__'],
    ['no Nenner', '152450008007460284__'.replace('0284', '____')],
    ['no Flur', '152450___007460284__'],
    ['a Zähler alone', '152450___00746______'],
  ])('may have %s', (_, key) => {
    expect(hasFormat('parcel-key', key)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['19 characters', '152450008007460284_'],
    ['21 characters', '152450008007460284___'],
    ['blanks for underscores', '152450008007460284  '],
    ['half a Flur', '15245000_007460284__'],
    ['half a Nenner', '15245000800746028___'],
    ['half a Folge', '1524500080074602840_'],
    ['no Gemarkung', '15____008007460284__'],
    ['no Land', '__2450008007460284__'],
    ['no Zähler', '152450008_____0284__'],
    ['a Zähler of zeros', '152450008000000284__'],
    ['letters', '15245000800746028A__'],
    ['other digits', '١٥٢٤٥٠٠٠٨٠٠٧٤٦٠٢٨٤__'],
    ['a line end', '152450008007460284_\n'],
  ])('has never %s', (_, key) => {
    expect(hasFormat('parcel-key', key)).toBe(false);
  });
});
