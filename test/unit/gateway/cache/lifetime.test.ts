import { describe, expect, it } from '@jest/globals';
import { lifetimeFor, shortest } from '../../../../gateway/cache/lifetime.js';

const life = (seconds: number, isPublic: boolean, stale = 0, error = 0) => ({
  freshMs: seconds * 1000,
  staleMs: stale * 1000,
  errorMs: error * 1000,
  isPublic,
});
const hint = (maxAgeSeconds: number, scope: 'PUBLIC' | 'PRIVATE', isComplete = true) => ({
  policy: { maxAgeSeconds, scope, staleWhileRevalidateSeconds: 10, staleIfErrorSeconds: 20 },
  isComplete,
});
const NOTHING = { policy: null, isComplete: false };

describe('how long an answer lives', () => {
  it.each([
    ['nobody says anything', NOTHING, null, null],
    ['the schema allows', hint(60, 'PUBLIC'), null, life(60, true, 10, 20)],
    ['the schema allows a part', hint(60, 'PUBLIC', false), null, null],
    ['the header allows', NOTHING, 'public, max-age=60', life(60, true)],
    ['the header does not say public', NOTHING, 'max-age=60', life(30, false)],
    ['the header names no age', NOTHING, 'public', null],
    ['both, header shorter', hint(60, 'PUBLIC'), 'public, max-age=5, stale-if-error=3', life(5, true, 0, 3)],
    ['both, schema shorter', hint(5, 'PUBLIC'), 'public, max-age=60', life(5, true)],
    ['the header allows what the schema says in part', hint(5, 'PRIVATE', false), 'public, max-age=60', life(5, false)],
    ['the header forbids', hint(60, 'PUBLIC'), 'no-store', null],
    ['the schema forbids', hint(0, 'PUBLIC'), 'public, max-age=60', null],
    ['the header is private without an age', hint(60, 'PUBLIC'), 'private', life(30, false)],
    ['private, however long', hint(3600, 'PRIVATE'), null, life(30, false)],
    ['public, however long', hint(10_000_000, 'PUBLIC'), null, life(86_400, true, 10, 20)],
    ['what shared caches are told', NOTHING, 'public, max-age=0, s-maxage=60', life(60, true)],
    ['what they are told, of what is private', hint(60, 'PRIVATE'), 'public, max-age=0, s-maxage=60', null],
  ] as const)('%s', (_, given, header, expected) => {
    expect(lifetimeFor(given, header)).toEqual(expected);
  });

  it.each([
    ['the schema allows more', hint(3600, 'PUBLIC'), null, life(30, false)],
    ['the header allows more', NOTHING, 'public, max-age=3600, stale-if-error=9', life(30, false)],
    ['both are shorter', hint(3600, 'PUBLIC'), 'public, max-age=5', life(5, false)],
    ['the header allows shared caches more', NOTHING, 'public, max-age=2, s-maxage=60', life(2, false)],
  ] as const)('is that of what is private where it is for one who asks, though %s', (_, given, header, expected) => {
    expect(lifetimeFor(given, header, 'PRIVATE')).toEqual(expected);
  });

  it('is the shortest of several, and none where one has none', () => {
    expect(shortest([life(60, true, 5, 9), life(5, false, 9, 5)])).toEqual(life(5, false, 5, 5));
    expect(shortest([life(60, true), null])).toBeNull();
    expect(shortest([null, life(60, true)])).toBeNull();
    expect(shortest([])).toBeNull();
  });
});
