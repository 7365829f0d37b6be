import { describe, expect, it } from '@jest/globals';
import { readInvalidation } from '../../../../gateway/cache/invalidation.js';

const nested = (levels: number): unknown => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('the key of a record', () => {
  it.each([
    [0, true],
    [3, true],
    [20, false],
    [5000, false],
  ])('is none where it is nested without need: %d levels', (levels, expected) => {
    const body = { entity: { type: 'T', key: { id: nested(levels) } } };
    expect(readInvalidation(body) !== null).toBe(expected);
  });
});
