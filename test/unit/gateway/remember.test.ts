import { describe, expect, it } from '@jest/globals';
import { remember } from '../../../gateway/remember.js';

/** @returns What upper-cases, and the lengths of what it had to make. */
function upperCase(maxBytes: number) {
  const made: number[] = [];
  const make = (text: string) => {
    made.push(text.length);
    return text.toUpperCase();
  };
  return { read: remember(make, { maxBytes }), made };
}

describe('what is remembered', () => {
  it('is made once, and the oldest is forgotten first', () => {
    const texts = Array.from({ length: 40 }, (_, index) => 'x'.repeat(index + 1));
    const { read, made } = upperCase(60_000);
    for (const text of [...texts, ...texts.slice(-5)]) expect(read(text)).toBe(text.toUpperCase());
    expect(made).toHaveLength(40);
    expect(read('x')).toBe('X');
    expect(made).toHaveLength(41);
  });

  it.each([
    ['short', 10],
    ['longer', 300],
    ['long', 900],
  ])('takes no more than its bytes where texts are %s', (_, length) => {
    const { read, made } = upperCase(1_000_000);
    const texts = Array.from({ length: 1000 }, (_, index) => String(index).padStart(length, '0'));
    texts.forEach(read);
    made.length = 0;
    texts.toReversed().forEach(read);
    const remembered = texts.length - made.length;
    expect(remembered).toBeGreaterThan(10);
    expect(remembered * length * 64).toBeLessThanOrEqual(1_000_000);
  });

  it('is nothing that would push out all others', () => {
    const { read, made } = upperCase(1_000_000);
    read('kept');
    for (let round = 0; round < 20; round++) expect(read('y'.repeat(1000))).toHaveLength(1000);
    read('kept');
    expect(made).toEqual([4, ...Array.from({ length: 20 }, () => 1000)]);
  });
});
