import { describe, expect, it } from '@jest/globals';
import {
  formatCacheControl,
  isForEverybody,
  parseCacheControl,
  strictest,
  UNCACHED,
} from '../../../lib/cache-control.js';

const policy = (
  maxAgeSeconds: number,
  scope: 'PUBLIC' | 'PRIVATE' = 'PRIVATE',
  staleWhileRevalidateSeconds = 0,
  staleIfErrorSeconds = 0,
) => ({ maxAgeSeconds, scope, staleWhileRevalidateSeconds, staleIfErrorSeconds });

describe('parseCacheControl', () => {
  it.each([
    ['an age alone is private', 'max-age=60', policy(60)],
    ['public has to be said', 'public, max-age=60', policy(60, 'PUBLIC')],
    ['private wins over public', 'public, max-age=60, private', policy(60)],
    ['private with field names', 'public, max-age=60, private="set-cookie"', policy(60)],
    ['windows', 'MAX-AGE=5, Public, stale-while-revalidate=7 , stale-if-error=9', policy(5, 'PUBLIC', 7, 9)],
    ['no windows where it must be fresh', 'public,max-age=5,must-revalidate,stale-if-error=9', policy(5, 'PUBLIC')],
    ['the shorter of two ages', 'max-age=60, s-maxage=5, max-age=30', policy(5)],
    ['no-store', 'public, max-age=60, no-store', UNCACHED],
    ['no-cache', 'public, max-age=60, no-cache', UNCACHED],
    ['an age that is none', 'public, max-age=soon', policy(0, 'PUBLIC')],
    ['a negative age', 'public, max-age=-1', policy(0, 'PUBLIC')],
    ['an age in quotes', 'public, max-age="60"', policy(60, 'PUBLIC')],
    ['an age that is no whole number', 'public, max-age=60.5', policy(0, 'PUBLIC')],
    ['what shared caches are told', 'public, max-age=0, s-maxage=60', policy(60, 'PUBLIC')],
    ['the same, shorter', 'public, max-age=60, s-maxage=0', policy(0, 'PUBLIC')],
    ['not what they are told where it is for one', 'max-age=5, s-maxage=60', policy(5)],
    ['commas in quotes and what is unknown', 'ext="a, no-store, \\"b", public,, max-age=60,', policy(60, 'PUBLIC')],
    ['no-store with an argument', 'no-store=1, public, max-age=60', UNCACHED],
    ['semicolons', 'no-store; public, max-age=60', UNCACHED],
    ['a name in quotes', '"no-store", public, max-age=60', UNCACHED],
    ['a name that is no token', 'public, max-age=60, no-store\u00e4', UNCACHED],
    ['no commas', 'public max-age=60', UNCACHED],
    ['a space before the value', 'public, max-age =60', UNCACHED],
    ['no value', 'public, max-age=', UNCACHED],
    ['quotes without an end', 'public, max-age=60, ext="', UNCACHED],
    ['no age: nothing is allowed by it', 'public', policy(Number.POSITIVE_INFINITY, 'PUBLIC')],
    ['nothing', '', policy(Number.POSITIVE_INFINITY)],
  ])('%s', (_, header, expected) => {
    expect(parseCacheControl(header)).toEqual(expected);
  });
});

describe('isForEverybody', () => {
  it.each([
    ['', true],
    ['Accept-Encoding, origin,, ACCEPT , content-type', true],
    ['*', false],
    ['Accept, Authorization', false],
    ['X-Fachverbund-Caller', false],
    ['Accept; Origin', false],
  ])('of Vary: %j is %j', (vary, expected) => {
    expect(isForEverybody(vary)).toBe(expected);
  });
});

it('writes what it reads', () => {
  for (const header of ['max-age=5, private', 'max-age=60, public, stale-while-revalidate=7, stale-if-error=9'])
    expect(formatCacheControl(parseCacheControl(header))).toBe(header);
  expect(formatCacheControl(UNCACHED)).toBe('no-store');
});

it('takes the strictest of each', () => {
  expect(strictest(policy(60, 'PUBLIC', 7, 0), policy(5, 'PRIVATE', 9, 9))).toEqual(policy(5, 'PRIVATE', 7, 0));
});
