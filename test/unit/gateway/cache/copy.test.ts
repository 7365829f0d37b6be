import { describe, expect, it } from '@jest/globals';
import { bytesOf, copyOf } from '../../../../gateway/cache/copy.js';

const VALUE = JSON.parse(
  '{"a":{"b":[{"c":1},null,[{"d":"e"}],"f"]},"g":null,"h":true,"__proto__":{"i":1},"constructor":"j"}',
) as Record<string, unknown>;

/** All objects of a value. */
const objectsIn = (value: unknown): object[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];

describe('copyOf', () => {
  it('gives an equal value', () => {
    expect(JSON.stringify(copyOf(VALUE))).toBe(JSON.stringify(VALUE));
    expect(Object.getPrototypeOf(copyOf(VALUE))).toBe(Object.prototype);
  });

  it('of which nothing is shared', () => {
    const own = new Set(objectsIn(VALUE));
    const copied = objectsIn(copyOf(VALUE));
    expect(copied).toHaveLength(own.size);
    expect(copied.filter((object) => own.has(object))).toEqual([]);
  });

  it.each([[null], ['text'], [1], [false], [[]]])('of %j as well', (value) => {
    expect(copyOf(value)).toEqual(value);
  });
});

describe('bytesOf', () => {
  it('grows with all that there is', () => {
    expect(bytesOf({ a: 'x'.repeat(1000) })).toBeGreaterThan(1000);
    expect(bytesOf(Array.from({ length: 100 }, () => ({})))).toBeGreaterThan(4000);
    expect(bytesOf({ a: { b: 'x' } })).toBeGreaterThan(bytesOf({ a: {} }));
  });
});
