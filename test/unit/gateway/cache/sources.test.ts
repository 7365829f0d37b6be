import { describe, expect, it } from '@jest/globals';
import { Sources } from '../../../../gateway/cache/sources.js';

const asOf = { at: 1000, watermark: 7 };
const source = (storedAt: number, freshMs: number, isPublic = true) => ({
  storedAt,
  freshMs,
  isPublic,
  tags: [`t${storedAt}`],
});

describe('sources', () => {
  it('live as long as the one that ends first, from the oldest on, and are never stale', () => {
    const sources = new Sources(asOf);
    sources.add(source(400, 5000), 'everywhere');
    sources.add(source(1000, 2000), 'everywhere');
    expect(sources.whole()).toEqual({
      asOf,
      storedAt: 400,
      lifetime: { freshMs: 2600, staleMs: 0, errorMs: 0, isPublic: true },
      tags: ['t400', 't1000'],
      reach: 'everywhere',
    });
  });

  it.each([
    ['one of them is private', false, 'everywhere', { lifetime: { isPublic: false } }],
    ['one of them may not leave the process', true, 'process', { reach: 'process' }],
  ] as const)('are for fewer where %s', (_, isPublic, reach, expected) => {
    const sources = new Sources(asOf);
    sources.add(source(1000, 2000, isPublic), reach);
    sources.add(source(1000, 2000), 'everywhere');
    expect(sources.whole()).toMatchObject(expected);
  });

  it('are not kept where nobody keeps them', () => {
    const sources = new Sources(asOf, false);
    sources.add(source(1000, 2000), 'everywhere');
    expect(sources.whole()).toBeNull();
  });

  it.each([
    ['there are none', () => undefined],
    ['one may not be kept', (sources: Sources) => sources.refuse()],
    ['one is past its time', (sources: Sources) => sources.addStale(12_345, [])],
    ['one has ended before the oldest began', (sources: Sources) => sources.add(source(1, 1), 'everywhere')],
  ])('are not kept where %s, whatever else there is', (name, spoil) => {
    const sources = new Sources(asOf);
    spoil(sources);
    if (name !== 'there are none') sources.add(source(1000, 2000), 'everywhere');
    spoil(sources);
    expect(sources.whole()).toBeNull();
  });

  it('say how old the oldest of what is past its time is', () => {
    const sources = new Sources(asOf);
    expect(sources.staleSeconds).toBeNull();
    sources.addStale(12_345, []);
    sources.addStale(1000, []);
    expect(sources.staleSeconds).toBe(12);
  });

  it.each([
    [0, 0, null],
    [2, 0, 'all'],
    [2, 1, 'some'],
    [0, 1, 'none'],
  ])('with %i found and %i missed have found %s', (found, missed, expected) => {
    const sources = new Sources(asOf);
    sources.count(found, missed);
    expect(sources.found).toBe(expected);
  });
});
