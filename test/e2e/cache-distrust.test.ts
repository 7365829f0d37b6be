import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { closeReplicas, confirmed, finds, keep, LONG, type Replica, read, startReplica } from '../support/replicas.js';

jest.setTimeout(60_000);
afterEach(closeReplicas);

describe('a Redis that cannot be trusted', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis(['--dbfilename', 'dump.rdb']);
  });
  afterEach(() => redis.thaw());
  afterAll(() => redis?.close());

  const SET = '{fachverbund:invalidation}';
  const PRIVATE = { ...LONG, isPublic: false };
  const REJECTED = { kind: 'rejected', cache: 'invalidation', reason: 'seal' };
  const start = async () => {
    const pair = [startReplica(redis.url), startReplica(redis.url)] as const;
    await confirmed(...pair);
    return pair;
  };

  /** What is forgotten at one is forgotten at the other, and at one that starts later. */
  const isForgotten = async (a: Replica, b: Replica) => {
    const key = randomUUID();
    await confirmed(a, b);
    keep(a, key, 1, { tags: [key] });
    await finds(b, key, 1);
    keep(b, `mine ${key}`, 2, { reach: 'process', lifetime: PRIVATE, tags: [key] });
    expect(await a.caches.invalidate({ tags: [key] })).toBe(1);
    await finds(b, key, null, 1000);
    expect(await read(b, `mine ${key}`)).toEqual([null]);
    const late = startReplica(redis.url);
    await confirmed(late);
    expect(await read(late, key)).toEqual([null]);
  };

  it.each(['9007199254740992 x', '1e18 x', 'NaN x', 'x', '', '-1'])(
    'is told %j by somebody, and forgets on',
    async (text) => {
      const [a, b] = await start();
      keep(b, 'mine', 1, { reach: 'process', lifetime: PRIVATE });
      keep(b, 'ours', 2, { reach: 'process' });
      await redis.client.publish(`${SET}:tags`, text);
      for (const { events } of [a, b]) await eventually(() => expect(events).toContainEqual(REJECTED));
      expect(await read(b, 'mine', 'ours')).toEqual([null, null]);
      await isForgotten(a, b);
    },
  );

  it.each(['+inf', '9007199254740992', '-inf'])('remembers something of number %s, and forgets on', async (number) => {
    const [a, b] = await start();
    await redis.client.zadd(SET, number, 'x');
    await isForgotten(a, b);
    await isForgotten(b, a);
    if (number !== '-inf') expect(a.events).toContainEqual(REJECTED);
  });

  it('gives a number that is none of ours to what is, and forgets on', async () => {
    const [a, b] = await start();
    await a.caches.invalidate({ tags: ['t'] });
    const [last = ''] = await redis.client.zrevrange(SET, 0, 0);
    await redis.client.zadd(SET, String((Date.now() + 3_600_000) * 1000), last);
    await isForgotten(a, b);
    expect(a.events).toContainEqual(REJECTED);
    // Numbers are no higher for it.
    expect(a.caches.watermark()).toBeLessThan((Date.now() + 60_000) * 1000);
  });

  it('remembers something that nobody sealed: whoever starts believes nothing of the past', async () => {
    const [a] = await start();
    keep(a, 'before', 1);
    await finds(a, 'before', 1);
    await redis.client.zadd(SET, String(Date.now() * 1000), 'x');
    const late = startReplica(redis.url);
    await confirmed(late);
    expect(late.events).toContainEqual(REJECTED);
    expect(await read(late, 'before')).toEqual([null]);
    await isForgotten(a, late);
  });

  it('gives no sign of life for anybody', async () => {
    const [a] = await start();
    keep(a, 'mine', 1, { reach: 'process', lifetime: PRIVATE });
    const beats = await redis.client.pubsub('CHANNELS', '*:beat:*');
    expect(beats.length).toBeGreaterThanOrEqual(2);
    for (const beat of beats as string[])
      for (const text of ['1e18', 'x']) await redis.client.publish(String(beat), text);
    redis.freeze();
    await finds(a, 'mine', null, 1500);
  });

  it('comes back from an older snapshot: what is older is a miss for everybody', async () => {
    const [a] = await start();
    keep(a, 'old', 1, { tags: ['t'] });
    await finds(startReplica(redis.url), 'old', 1);
    await redis.client.save();
    expect(await a.caches.invalidate({ tags: ['t'] })).toBe(1);
    const seen = a.events.length;
    await redis.restart();
    expect(await redis.client.dbsize()).toBeGreaterThan(1);
    const late = startReplica(redis.url);
    await confirmed(late);
    expect(await read(late, 'old')).toEqual([null]);
    const UP = { kind: 'node', state: 'up', purpose: 'invalidation' };
    await eventually(() => expect(a.events.slice(seen)).toContainEqual(UP), 10_000);
    await isForgotten(a, late);
  });

  it('has lost what was last, without another sign: whoever comes back finds out', async () => {
    const [a] = await start();
    const dump = (await redis.client.dumpBuffer(SET)) ?? '';
    keep(a, 'old', 1, { tags: ['t'] });
    await finds(startReplica(redis.url), 'old', 1);
    expect(await a.caches.invalidate({ tags: ['t'] })).toBe(1);
    await eventually(() => expect(a.events).toContainEqual({ kind: 'invalidated', tags: 1, from: 'elsewhere' }));
    await redis.client.restore(SET, 0, dump, 'REPLACE');
    const known = a.caches.watermark();
    await redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await eventually(async () => expect(Number(await redis.client.zscore(SET, '!floor'))).toBeGreaterThan(known));
    const late = startReplica(redis.url);
    await confirmed(late);
    expect(await read(late, 'old')).toEqual([null]);
  });

  it('has lost what it remembered of one tag: nothing private of before is found by who starts', async () => {
    const [a, b] = await start();
    keep(a, 'mine', 1, { lifetime: PRIVATE, tags: ['t'] });
    await finds(b, 'mine', 1);
    const names = (await redis.client.keys('fachverbund:*')) as string[];
    const values = await Promise.all(names.map((name) => redis.client.getBuffer(name)));
    expect(await a.caches.invalidate({ tags: ['t'] })).toBe(1);
    await finds(b, 'mine', null, 1000);
    for (const member of await redis.client.zrange(SET, '0', '-1'))
      if (!member.startsWith('!')) await redis.client.zrem(SET, member);
    const late = startReplica(redis.url);
    await confirmed(late);
    for (const [index, name] of names.entries()) await redis.client.set(name, values[index] ?? '');
    expect(await read(late, 'mine')).toEqual([null]);
    keep(a, 'new', 2, { lifetime: PRIVATE });
    await finds(late, 'new', 2);
  });

  it('sends 13 MB at once, and nobody waits for it', async () => {
    const text = Array.from({ length: 200_000 }, () => randomBytes(48).toString('base64url')).join(' ');
    const [a] = await start();
    const began = performance.now();
    await redis.client.publish(`${SET}:tags`, text);
    await eventually(() => expect(a.events).toContainEqual(REJECTED));
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
