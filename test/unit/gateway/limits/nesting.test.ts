import { expect, it } from '@jest/globals';
import { isDeeperThan } from '../../../../gateway/limits/nesting.js';

it.each([
  [1, 0, false],
  [{}, 0, true],
  [{}, 1, false],
  [{ a: [1] }, 1, true],
  [{ a: [1] }, 2, false],
  [{ a: 1, b: [{ c: null }] }, 3, false],
  [{ a: 1, b: [{ c: [] }] }, 3, true],
])('%j is deeper than %d: %s', (value, most, expected) => {
  expect(isDeeperThan(value, most)).toBe(expected);
});
