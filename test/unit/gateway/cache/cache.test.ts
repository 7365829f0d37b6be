import { describe, expect, it } from '@jest/globals';
import { createCache, type Hits } from '../../../../gateway/cache/cache.js';
import { createEpochs } from '../../../../gateway/cache/epochs.js';
import { createMemoryStore } from '../../../../gateway/cache/memory-store.js';
import type { Store } from '../../../../gateway/cache/store.js';

const HOUR_MS = 3_600_000;
const LIFE = { freshMs: 10_000, staleMs: 5000, errorMs: 20_000, isPublic: true };

function open(maxBytes = 1_000_000) {
  const clock = { now: 1_000_000_000_000, isConfirmed: true };
  const epochs = createEpochs();
  const memory = createMemoryStore(maxBytes);
  const bus = { isConfirmed: () => clock.isConfirmed };
  const cache = createCache<unknown>({ name: 'entities', memory, shared: null, epochs, bus, now: () => clock.now });
  const keep = (key: string, value: unknown, lifetime = LIFE, tags: readonly string[] = [], bytes = 100) =>
    cache.keep([{ key, value, lifetime, tags, reach: 'process', asOf: cache.moment(), bytes }]);
  const read = (key: string) => (cache.read([{ key, reach: 'process' }]) as Hits<unknown>)[0] ?? null;
  return { clock, epochs, memory, cache, keep, read };
}

describe('a cache', () => {
  it('says how fresh a hit is', () => {
    const { clock, keep, read } = open();
    keep('a', 1);
    expect(read('a')).toMatchObject({ value: 1, freshness: 'fresh', isPublic: true, ageMs: 0, restMs: 10_000 });
    clock.now += 12_000;
    expect(read('a')).toMatchObject({ freshness: 'stale', ageMs: 12_000, restMs: 0 });
    clock.now += 10_000;
    expect(read('a')?.freshness).toBe('expired');
    clock.now += 10_000;
    expect(read('a')).toBeNull();
  });

  it('keeps nothing longer because a clock was set', () => {
    const { clock, keep, read } = open();
    keep('a', 1);
    clock.now -= 2 * HOUR_MS;
    expect(read('a')).toBeNull();
    clock.now += 4 * HOUR_MS;
    expect(read('a')).toBeNull();
  });

  it('gives only what is public and fresh while invalidations cannot be heard', () => {
    const { clock, keep, read } = open();
    keep('ours', 1);
    keep('mine', 2, { ...LIFE, isPublic: false });
    clock.isConfirmed = false;
    expect(read('ours')?.value).toBe(1);
    expect(read('mine')).toBeNull();
    clock.now += 12_000;
    expect(read('ours')).toBeNull();
    clock.isConfirmed = true;
    expect(read('ours')?.freshness).toBe('stale');
  });

  it('gives nothing that was asked for before an invalidation', () => {
    const { cache, epochs, keep, read } = open();
    keep('a', 1, LIFE, ['t']);
    const asOf = cache.moment();
    epochs.invalidate(['t'], 5);
    expect(read('a')).toBeNull();
    cache.keep([{ key: 'b', value: 2, lifetime: LIFE, tags: ['t'], reach: 'process', asOf, bytes: 1 }]);
    expect(read('b')).toBeNull();
    keep('a', 3, LIFE, ['t']);
    expect(read('a')?.value).toBe(3);
  });

  it('stays within its bytes, whatever is put into it', () => {
    const { memory, keep, read } = open(1_000_000);
    for (let index = 0; index < 20_000; index += 1) keep(`query ${index}`, index, LIFE, ['t'], 1000);
    expect(memory.bytes()).toBeLessThanOrEqual(1_000_000);
    expect(read('query 19999')?.value).toBe(19_999);
    expect(read('query 0')).toBeNull();
    keep('large', 1, LIFE, [], 900_000);
    expect(read('large')).toBeNull();
    expect(read('query 19999')?.value).toBe(19_999);
    keep(
      'much',
      1,
      LIFE,
      Array.from({ length: 1001 }, (_, index) => `t${index}`),
    );
    expect(read('much')).toBeNull();
  });

  it('says what is kept', () => {
    const { cache, keep } = open(1_000_000);
    const tags = Array.from({ length: 1001 }, (_, index) => `t${index}`);
    expect([keep('a', 1), keep('large', 1, LIFE, [], 900_000), keep('much', 1, LIFE, tags)].flat()).toEqual([
      true,
      false,
      false,
    ]);
    const of = { value: 1, lifetime: LIFE, tags: [], reach: 'process', asOf: cache.moment() } as const;
    expect(
      cache.keep([
        { ...of, key: 'b', bytes: 900_000 },
        { ...of, key: 'c', bytes: 1 },
      ]),
    ).toEqual([false, true]);
  });

  it('forgets what is dropped, and knows nothing of other caches', () => {
    const { cache, memory, epochs, keep, read } = open();
    keep('a', 1);
    const bus = { isConfirmed: () => true };
    const other = createCache<unknown>({ name: 'responses', memory, shared: null, epochs, bus, now: Date.now });
    expect(other.read([{ key: 'a', reach: 'process' }])).toEqual([null]);
    cache.drop([{ key: 'a', reach: 'process' }]);
    expect(read('a')).toBeNull();
  });

  it.each([
    ['public', LIFE],
    ['private', { ...LIFE, isPublic: false }],
  ])('finds what is %s and was kept while it asked others', async (_, lifetime) => {
    const { epochs, memory } = open();
    const [reply, written] = [createGate(), createGate()];
    const shared: Store = {
      read: () => reply.opened.then(() => [null]),
      write: () => written.opened,
      drop: () => undefined,
    };
    const bus = { isConfirmed: () => true };
    const cache = createCache<unknown>({ name: 'entities', memory, shared, epochs, bus, now: () => 1 });
    const question = { key: 'a', reach: 'everywhere' } as const;
    const hits = cache.read([question]);
    cache.keep([{ ...question, value: 1, lifetime, tags: [], asOf: cache.moment(), bytes: 1 }]);
    reply.open();
    written.open();
    expect(await hits).toEqual([expect.objectContaining({ value: 1 })]);
  });
});

function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
