import { describe, expect, it } from '@jest/globals';
import type { Kept } from '../../../gateway/cache/response-cache.js';
import { createKeptResponse } from '../../../gateway/cache/response-codec.js';
import { Sources } from '../../../gateway/cache/sources.js';
import { cacheHeadersOf, freshnessOf, isUnchanged } from '../../../gateway/cache-headers.js';
import { NOTHING_DISCLOSED } from '../../../gateway/disclosed.js';

const response = createKeptResponse(Buffer.from('{"data":{}}\n'), NOTHING_DISCLOSED);
const open: Kept = { response, isOpen: true, isStored: true, ageMs: 2500, freshMs: 60_000 };
const closed: Kept = { ...open, isOpen: false };
const none = { hit: null, kept: null, wasRead: false, sources: undefined };
const found = (hits: number, misses: number): Sources => {
  const sources = new Sources({ at: 0, watermark: 0 });
  sources.count(hits, misses);
  return sources;
};

describe('cacheHeadersOf', () => {
  it.each([
    ['nothing kept', none, {}],
    ['an open hit', { ...none, hit: open }, { 'cache-control': 'public, max-age=60', age: '2', etag: response.etag }],
    ['a closed hit', { ...none, hit: closed }, { 'cache-control': 'private, no-store', age: '2' }],
    [
      'an open miss',
      { ...none, kept: { ...open, ageMs: 0 } },
      { 'cache-control': 'public, max-age=60', etag: response.etag },
    ],
    ['a closed miss', { ...none, kept: { ...closed, ageMs: 0 } }, { 'cache-control': 'private, no-store' }],
    ['a miss that is not kept', { ...none, wasRead: true }, {}],
  ])('says how long %s may be kept', (_, outcome, expected) => {
    const { 'cache-status': status, ...others } = cacheHeadersOf(outcome);
    expect(others).toEqual(expected);
    expect(status === undefined).toBe(outcome === none);
  });

  it.each([
    [{ ...none, hit: open }, 'fachverbund-responses; hit; ttl=57'],
    [
      { ...none, kept: open, sources: found(1, 0) },
      'fachverbund-entities; hit, fachverbund-responses; fwd=miss; stored',
    ],
    [{ ...none, kept: { ...open, isStored: false } }, 'fachverbund-responses; fwd=miss'],
    [
      { ...none, wasRead: true, sources: found(1, 1) },
      'fachverbund-entities; fwd=partial, fachverbund-responses; fwd=miss',
    ],
    [{ ...none, sources: found(0, 1) }, 'fachverbund-entities; fwd=miss'],
  ])('says where an answer comes from', (outcome, expected) => {
    expect(cacheHeadersOf(outcome)['cache-status']).toBe(expected);
  });
});

describe('isUnchanged', () => {
  const opaque = response.etag.slice(2);
  it.each([
    [response.etag, true],
    [opaque, true],
    [`"a", ${response.etag}`, true],
    ['*', true],
    ['"a"', false],
    ['', false],
    [opaque.slice(1, -1), false],
    [undefined, false],
  ])('of %j is %j', (header, expected) => {
    expect(isUnchanged(header, open)).toBe(expected);
    expect(isUnchanged(header, closed)).toBe(false);
    expect(isUnchanged(header, null)).toBe(false);
  });
});

describe('freshnessOf', () => {
  it('is there where something is past its time alone', () => {
    const sources = found(1, 0);
    expect([freshnessOf(undefined), freshnessOf(sources)]).toEqual([null, null]);
    sources.addStale(61_000, []);
    expect(freshnessOf(sources)).toEqual({ stale: true, ageSeconds: 61 });
  });
});
