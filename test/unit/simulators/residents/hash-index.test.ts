import { describe, expect, it } from '@jest/globals';
import { createHashIndex } from '../../../../simulators/residents/hash-index.js';

describe('createHashIndex', () => {
  it('finds every record by every key of its own, and no other', () => {
    const keysOf = (record: number) => [`key ${record}`, `half ${record >> 1}`];
    const { find } = createHashIndex(10_000, keysOf);
    for (let record = 0; record < 10_000; record += 2) {
      expect(find(`key ${record}`)).toEqual([record]);
      expect(find(`half ${record / 2}`)).toEqual([record, record + 1]);
    }
    expect(find('key 10000')).toEqual([]);
  });

  it('tells keys apart that share a place', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const { find } = createHashIndex(keys.length, (record) => [keys[record] ?? '']);
    expect(keys.map((key) => find(key))).toEqual(keys.map((_, record) => [record]));
  });

  it('is empty without records', () => {
    expect(createHashIndex(0, () => []).find('a')).toEqual([]);
  });
});
