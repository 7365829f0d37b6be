import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Records } from '../../../../lib/connect/fixed-width.js';
import { sortRecords } from '../../../../lib/connect/sorted-records.js';

const WIDTH = 6;
const pause = async () => undefined;

function toRecords(lines: readonly string[]): Records {
  const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
  const stride = WIDTH + 2;
  const at = (index: number) => bytes.subarray(index * stride, index * stride + WIDTH);
  return { count: lines.length, bytes, stride, at, numberOf: (index) => index + 2 };
}

const line = fc
  .array(fc.constantFrom('A', 'B', '\xc4', ' ', '0'), { minLength: WIDTH, maxLength: WIDTH })
  .map((letters) => letters.join(''));

describe('sortRecords', () => {
  it('orders records by columns, byte by byte, and equal ones as they stand', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
        const key = (index: number) => `${lines[index]?.slice(4, 6)}${lines[index]?.slice(0, 2)}`;
        const columns = [
          { first: 5, width: 2 },
          { first: 1, width: 2 },
        ];
        const sorted = await sortRecords(toRecords(lines), columns, pause);
        const expected = lines
          .map((_, index) => index)
          .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
        expect(lines.map((_, position) => sorted.indexAt(position))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('finds those that begin with a key, whole or in part', async () => {
    const lines = ['B1    ', 'A2    ', 'A1    ', 'C     ', 'A1   x'];
    const sorted = await sortRecords(toRecords(lines), [{ first: 1, width: 2 }], pause);
    const find = (key: string) => {
      const [from, to] = [sorted.lowerBound(Buffer.from(key)), sorted.upperBound(Buffer.from(key))];
      return Array.from({ length: to - from }, (_, position) => lines[sorted.indexAt(from + position)]);
    };
    expect(find('A1')).toEqual(['A1    ', 'A1   x']);
    expect(find('A')).toEqual(['A1    ', 'A1   x', 'A2    ']);
    expect(find('')).toHaveLength(5);
    expect(find('A3')).toEqual([]);
    expect(find('D')).toEqual([]);
  });

  it.each([
    ['where one stands twice', ['A     ', 'B     ', 'A     '], 2],
    ['where all differ', ['A     ', 'B     ', 'C     '], -1],
    ['where there is none', [], -1],
  ])('finds the duplicate %s', async (_, lines, expected) => {
    const sorted = await sortRecords(toRecords(lines), [{ first: 1, width: 6 }], pause);
    expect(await sorted.findDuplicate()).toBe(expected);
  });
});
