import { describe, expect, it } from '@jest/globals';
import { toLatin9 } from '../../../../simulators/vehicles/charset.js';

const decode = (bytes: string) => new TextDecoder('iso-8859-15').decode(Buffer.from(bytes, 'latin1'));

describe('toLatin9', () => {
  it.each([
    ['what it has', 'Weißenbrück Þóra Œuvre Šiđ 12 €', 'Weißenbrück Þóra Œuvre Šid 12 €'],
    [
      'base letters for the rest',
      'Ștefănescu Dağcıoğlu Łąkowiecki Đurđica Nguyễn',
      'Stefanescu Dagcioglu Lakowiecki Durdica Nguyen',
    ],
    ['two letters where one is not enough', 'GROẞE', 'GROSSE'],
    ['letters composed from two code points', 'Mu\u0308ller S\u0326tefan', 'Müller Stefan'],
    ['no combining sign that is left over', 'J\u030cu\u0308\u0300', 'Ju'],
    ['a question mark for what has no base', '漢 ¤ \u0001', '? ? ?'],
  ])('writes %s', (_, text, written) => {
    expect(decode(toLatin9(text))).toBe(written);
  });

  it('never writes more than one byte a character', () => {
    for (let code = 0x20; code < 0x2fff; code += 1)
      expect(toLatin9(String.fromCodePoint(code))).toMatch(/^[ -~\u00a0-\u00ff]*$/);
  });
});
