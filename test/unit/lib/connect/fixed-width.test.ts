import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digits, FixedWidthError, text } from '../../../../lib/connect/columns.js';
import { type FixedWidthFormat, loadFixedWidth } from '../../../../lib/connect/fixed-width.js';

const head = { name: text(2, 7) };
const trail = { count: digits(2, 7) };
const FORMAT: FixedWidthFormat<typeof head, typeof trail> = {
  recordBytes: 8,
  types: { head: 'H', data: 'D', trail: 'T' },
  head,
  trail,
};
const GOOD = ['HEXPORT ', 'DM\xfcller ', 'DMeier  ', 'T0000002'];

describe('loadFixedWidth', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fixed-width-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const load = (content: string | Buffer, accept: (head: { name: string }) => void = () => undefined) => {
    const path = join(folder, 'file');
    writeFileSync(path, content, 'latin1');
    return loadFixedWidth(path, FORMAT, accept);
  };
  const lines = (...records: string[]) => records.map((record) => `${record}\r\n`).join('');

  it('loads head, data and trail, and gives each data record without its line end', async () => {
    const file = await load(lines(...GOOD));
    expect(file.head).toEqual({ name: 'EXPORT' });
    expect(file.trail).toEqual({ count: 2 });
    expect(file.records.count).toBe(2);
    expect(file.records.at(1).toString('latin1')).toBe('DMeier  ');
    expect(file.records.numberOf(1)).toBe(3);
  });

  it('loads an export of nothing', async () => {
    expect((await load(lines('HEXPORT ', 'T0000000'))).records.count).toBe(0);
  });

  it('shows the head first, and reads no further where it is not accepted', async () => {
    const refuse = ({ name }: { name: string }) => {
      throw new Error(`${name} is too old`);
    };
    await expect(load(lines('HEXPORT ', 'a broken record', '12345678', 'T'), refuse)).rejects.toThrow(
      'EXPORT is too old',
    );
  });

  it.each([
    ['an empty file', '', '0 bytes are no whole number of records of 10 bytes'],
    ['a head alone', lines('HEXPORT '), '10 bytes'],
    ['a file that was cut off', lines(...GOOD).slice(0, -3), '37 bytes'],
    ['a file without its trail', lines(...GOOD.slice(0, 3)), 'record 3, column 1: this is no trail record'],
    ['a file without its head', lines(...GOOD.slice(1)), 'record 1, column 1: this is no head record'],
    [
      'a foreign record among the data',
      lines('HEXPORT ', 'T0000000', 'T0000001'),
      'record 2, column 1: this is no data',
    ],
    ['a wrong count', lines(...GOOD.slice(0, 3), 'T0000003'), 'record 4, column 2: the count of data records is wrong'],
    ['a count of letters', lines(...GOOD.slice(0, 3), 'Ttwo    '), 'record 4, column 2: count breaks the layout'],
    ['line ends of another system', GOOD.map((record) => `${record}\n\n`).join(''), 'record 1, column 9: the line end'],
    [
      'a byte moved from one record to another',
      lines('HEXPORT ', 'DMeie', 'DMeier     ', 'T0000002'),
      'record 2, column 6: a control character',
    ],
    ['a tab', lines('HEXPORT ', 'DM\tller ', 'DMeier  ', 'T0000002'), 'record 2, column 3: a control character'],
    ['a control character of Windows-1252', lines('HEXPORT ', 'D\x80      ', 'T0000001'), 'record 2, column 2'],
    ['UTF-8', lines('HEXPORT ', 'DM\xc3\xbcller', 'T0000001'), 'the characters are those of UTF-8'],
  ])('refuses %s', async (_, content, message) => {
    const loading = load(content);
    await expect(loading).rejects.toThrow(FixedWidthError);
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.not.toThrow(/M.ller|Meier/);
  });

  it('takes a few letters that could be UTF-8 for what they are among others that could not', async () => {
    const file = await load(lines('HEXPORT ', 'DM\xfcller ', 'DJ\xc4\xa6KE  ', 'DB\xf6hm   ', 'T0000003'));
    expect(file.records.count).toBe(3);
  });

  it('says what the file system says where there is no file', async () => {
    await expect(loadFixedWidth(join(folder, 'none'), FORMAT, () => undefined)).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
