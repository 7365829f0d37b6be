import { describe, expect, it } from '@jest/globals';
import { createMarks } from '../../../../simulators/residents/marks.js';

const HOUR_MS = 3_600_000;
const KEY = Buffer.alloc(16, 7);

describe('createMarks', () => {
  it.each([
    ['at once', 0, 4711],
    ['after 48 hours', 48 * HOUR_MS, 4711],
    ['a moment later', 48 * HOUR_MS + 1, null],
  ])('is valid for 48 hours: %s', (_, laterMs, entry) => {
    let now = 1_800_000_000_000;
    const { issue, read } = createMarks(() => now, KEY);
    const mark = issue(4711);
    now += laterMs;
    expect(read(mark)).toBe(entry);
  });

  it.each([
    ['made up', 'a'.repeat(32)],
    ['too short', 'abc'],
    ['of another register', createMarks(() => 0, Buffer.alloc(16, 8)).issue(1)],
  ])('does not read a mark %s', (_, mark) => {
    expect(createMarks(() => 0, KEY).read(mark)).toBeNull();
  });
});
