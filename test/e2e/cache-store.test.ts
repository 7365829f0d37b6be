import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CacheEvent } from '../../gateway/cache/events.js';
import { CLUSTER_SLOTS, slotOf } from '../../gateway/cache/redis-slot.js';
import { eventually } from '../support/eventually.js';
import { startRedis, startRedisCluster, type TestCluster, type TestRedis } from '../support/redis.js';
import { closeReplicas, confirmed, finds, isShared, keep, LONG, read, startReplica } from '../support/replicas.js';

jest.setTimeout(60_000);
afterEach(closeReplicas);

describe('entries in Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  beforeEach(() => redis.client.flushall());
  afterAll(() => redis?.close());

  const start = async () => {
    const pair = [startReplica(redis.url), startReplica(redis.url)] as const;
    await confirmed(...pair);
    return pair;
  };
  const names = async () => (await redis.client.keys('*')).filter((name) => !name.includes('{'));
  const nameOf = async () => (await names())[0] ?? '';

  it('are found by another replica', async () => {
    const [a, b] = await start();
    keep(a, 'one', { city: 'Homburg' });
    await finds(b, 'one', { city: 'Homburg' });
    expect(await read(b, 'two', 'one')).toEqual([null, { city: 'Homburg' }]);
  });

  it('stay in the process unless they may be anywhere', async () => {
    const [a, b] = await start();
    keep(a, 'mine', 1, { reach: 'process', lifetime: { ...LONG, isPublic: false } });
    await isShared(a, b);
    expect(await read(a, 'mine')).toEqual([1]);
    expect(await read(b, 'mine')).toEqual([null]);
  });

  it('hold nothing that can be read, in names or values', async () => {
    const [a, b] = await start();
    keep(a, 'Resident CANARY-KEY', { name: 'CANARY-VALUE' }, { tags: ['person:CANARY-TAG'] });
    await finds(b, 'Resident CANARY-KEY', { name: 'CANARY-VALUE' });
    await a.caches.invalidate({ person: 'CANARY-PERSON' });
    const all = await redis.client.keys('*');
    expect(all.length).toBeGreaterThanOrEqual(2);
    const dumps = await Promise.all(all.map((name) => redis.client.dumpBuffer(name)));
    expect(`${all.join()}${dumps.map((dump) => dump?.toString('latin1')).join()}`).not.toContain('CANARY');
  });

  it.each([
    ['damaged', async (name: string) => void (await redis.client.setrange(name, 60, 'x'))],
    ['cut off', async (name: string) => void (await redis.client.set(name, 'x'))],
    ['forged', async (name: string) => void (await redis.client.set(name, JSON.stringify({ city: 'Bonn' })))],
    ['of another type', async (name: string) => void (await redis.client.multi().del(name).lpush(name, 'x').exec())],
  ])('that are %s are misses and are told', async (_, spoil) => {
    const [a, b] = await start();
    keep(a, 'one', { city: 'Homburg' });
    await eventually(async () => expect(await names()).toHaveLength(1));
    await spoil(await nameOf());
    expect(await read(b, 'one')).toEqual([null]);
    expect(b.events).toContainEqual(expect.objectContaining({ kind: 'rejected', cache: 'entities' }));
    keep(b, 'one', { city: 'Homburg' });
    await finds(a, 'one', { city: 'Homburg' });
  });

  it('that are swapped are misses', async () => {
    const [a, b] = await start();
    keep(a, 'one', 1);
    keep(a, 'two', 2);
    await eventually(async () => expect(await names()).toHaveLength(2));
    const [first = '', second = ''] = await names();
    await redis.client.rename(first, 'aside');
    await redis.client.rename(second, first);
    await redis.client.rename('aside', second);
    expect(await read(b, 'one', 'two')).toEqual([null, null]);
  });

  it('that were invalidated are misses, though they are put back', async () => {
    const [a, b] = await start();
    keep(a, 'one', 'before', { tags: ['type:Resident'] });
    await finds(b, 'one', 'before');
    const name = await nameOf();
    const before = await redis.client.getBuffer(name);
    expect(await a.caches.invalidate({ type: 'Resident' })).toBe(1);
    await finds(b, 'one', null);
    await redis.client.set(name, before ?? '');
    expect(await read(b, 'one')).toEqual([null]);
    expect(await read(startReplica(redis.url), 'one')).toEqual([null]);
  });

  it('of a key that is being replaced are still found', async () => {
    const [old, next] = [randomBytes(32), randomBytes(32)];
    const before = startReplica(redis.url, [old, next]);
    const after = startReplica(redis.url, [next, old]);
    await confirmed(before, after);
    keep(before, 'one', 1, { tags: ['t'] });
    await finds(after, 'one', 1);
    keep(after, 'two', 2, { tags: ['t'] });
    await finds(before, 'two', 2);
    expect(await after.caches.invalidate({ tags: ['t'] })).toBe(1);
    await finds(before, 'one', null);
    const foreign = startReplica(redis.url, [randomBytes(32)]);
    keep(before, 'three', 3);
    await finds(after, 'three', 3);
    await confirmed(foreign);
    expect(await read(foreign, 'three')).toEqual([null]);
  });

  it('are misses for all who cannot read what was invalidated', async () => {
    const [a] = await start();
    const foreign = startReplica(redis.url, [randomBytes(32)]);
    await confirmed(foreign);
    keep(foreign, 'one', 1, { tags: ['t'] });
    expect(await read(foreign, 'one')).toEqual([1]);
    await a.caches.invalidate({ tags: ['other'] });
    await finds(foreign, 'one', null);
  });

  it('live on when the store forgets them', async () => {
    const [a, b] = await start();
    keep(a, 'one', 1);
    await finds(b, 'one', 1);
    await redis.client.flushall();
    expect(await read(b, 'one')).toEqual([1]);
    await isShared(a, b);
  });
});

describe('a cluster', () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster?.close());

  it('is asked node by node, and loses only what is on a node that is gone', async () => {
    const [a, b] = [startReplica(cluster.url), startReplica(cluster.url)];
    await confirmed(a, b);
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    for (const key of keys) keep(a, key, key);
    await eventually(async () => expect(await read(b, ...keys)).toEqual(keys));
    const sizes = await Promise.all(cluster.nodes.map(({ client }) => client.dbsize()));
    for (const size of sizes) expect(size).toBeGreaterThan(3);
    await a.caches.invalidate({ tags: ['t'] });
    await eventually(() => expect(b.events).toContainEqual({ kind: 'invalidated', tags: 1, from: 'elsewhere' }));

    cluster.nodes[0]?.freeze();
    const fresh = startReplica(cluster.url);
    const found = await eventually(async () => {
      const values = await read(fresh, ...keys);
      expect(values.filter((value) => value !== null).length).toBeGreaterThan(20);
      return values;
    });
    expect(found).toContain(null);
    cluster.nodes[0]?.thaw();
    await eventually(async () => expect(await read(fresh, ...keys)).toEqual(keys), 10_000);
  });

  it('that cannot say what was invalidated gives nothing to who starts', async () => {
    const a = startReplica(cluster.url);
    await confirmed(a);
    const keys = Array.from({ length: 60 }, (_, index) => `n${index}`);
    for (const key of keys) keep(a, key, key);
    await eventually(async () => expect(await read(a, ...keys)).toEqual(keys));
    const holder = cluster.nodes[Math.floor((slotOf('{fachverbund:invalidation}') * 3) / CLUSTER_SLOTS)];
    holder?.freeze();
    const blind = startReplica(cluster.url);
    const isUp = (event: CacheEvent) => event.kind === 'node' && event.state === 'up' && event.purpose === 'entries';
    await eventually(() => expect(blind.events.filter(isUp)).toHaveLength(2));
    expect(await read(blind, ...keys)).toEqual(keys.map(() => null));
    holder?.thaw();
    await eventually(async () => expect(await read(blind, ...keys)).toEqual(keys), 10_000);
  });

  it('that moves keys is read anew', async () => {
    const [a, b] = [startReplica(cluster.url), startReplica(cluster.url)];
    await confirmed(a, b);
    const [, second] = cluster.nodes;
    for (const { client } of cluster.nodes) await client.flushall();
    const id = String(await second?.client.call('CLUSTER', 'MYID'));
    for (const { client } of cluster.nodes)
      for (let slot = 0; slot < 200; slot += 1) await client.call('CLUSTER', 'SETSLOT', String(slot), 'NODE', id);
    const keys = Array.from({ length: 300 }, (_, index) => `m${index}`);
    await eventually(async () => {
      for (const key of keys) keep(a, key, key);
      await eventually(async () => expect(await read(b, ...keys)).toEqual(keys), 500);
    }, 10_000);
  });
});
