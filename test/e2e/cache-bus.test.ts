import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { readDocument } from '../support/markdown.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { closeReplicas, confirmed, finds, keep, LONG, type Replica, read, startReplica } from '../support/replicas.js';

jest.setTimeout(60_000);
afterEach(closeReplicas);

describe('invalidation', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.thaw());
  afterAll(() => redis?.close());

  const PRIVATE = { ...LONG, isPublic: false };

  it('reaches every replica within a second', async () => {
    const all = [startReplica(redis.url), startReplica(redis.url), startReplica(redis.url)] as const;
    await confirmed(...all);
    for (const replica of all) keep(replica, 'mine', 1, { reach: 'process', lifetime: PRIVATE, tags: ['person:p'] });
    for (const replica of all) keep(replica, 'other', 2, { reach: 'process', lifetime: PRIVATE, tags: ['person:q'] });
    expect(await all[0].caches.invalidate({ person: 'p' })).toBe(1);
    expect(await read(all[0], 'mine')).toEqual([null]);
    await Promise.all(all.map((replica) => finds(replica, 'mine', null, 1000)));
    for (const replica of all) expect(await read(replica, 'other')).toEqual([2]);
  });

  it('is known to a replica that starts later', async () => {
    const a = startReplica(redis.url);
    await confirmed(a);
    keep(a, 'one', 1, { tags: ['t'] });
    keep(a, 'two', 2, { tags: ['u'] });
    await finds(startReplica(redis.url), 'two', 2);
    await a.caches.invalidate({ tags: ['t'] });
    const late = startReplica(redis.url);
    await confirmed(late);
    expect(await read(late, 'one', 'two')).toEqual([null, 2]);
  });

  it('holds for an answer that was asked for before it', async () => {
    const [a, b] = [startReplica(redis.url), startReplica(redis.url)];
    await confirmed(a, b);
    const asOf = a.cache.moment();
    await b.caches.invalidate({ tags: ['t'] });
    await eventually(() => expect(a.events).toContainEqual({ kind: 'invalidated', tags: 1, from: 'elsewhere' }));
    a.cache.keep([{ key: 'late', value: 1, tags: ['t'], lifetime: LONG, reach: 'everywhere', asOf, bytes: 1 }]);
    expect(await read(a, 'late')).toEqual([null]);
  });

  it('that cannot be heard makes misses of what is private, after a second at most, and of nothing public', async () => {
    const a = startReplica(redis.url);
    await confirmed(a);
    keep(a, 'mine', 1, { reach: 'process', lifetime: PRIVATE });
    keep(a, 'ours', 2, { reach: 'process' });
    expect(await read(a, 'mine', 'ours')).toEqual([1, 2]);
    redis.freeze();
    const began = performance.now();
    await eventually(async () => expect(await read(a, 'mine')).toEqual([null]));
    expect(performance.now() - began).toBeLessThan(1500);
    expect(await read(a, 'ours')).toEqual([2]);
    redis.thaw();
    await confirmed(a);
    // Redis says that nothing was missed, which is no reason to believe it.
    expect(await read(a, 'mine', 'ours')).toEqual([null, 2]);
    keep(a, 'mine', 3, { reach: 'process', lifetime: PRIVATE });
    expect(await read(a, 'mine')).toEqual([3]);
  });

  it('that was missed is made up for', async () => {
    const [a, b] = [startReplica(redis.url), startReplica(redis.url)];
    await confirmed(a, b);
    keep(a, 'missed', 1, { reach: 'process', tags: ['t'] });
    keep(a, 'kept', 2, { reach: 'process', tags: ['u'] });
    keep(a, 'mine', 3, { reach: 'process', lifetime: PRIVATE, tags: ['u'] });
    const ids = String(await redis.client.client('LIST'))
      .split('\n')
      .filter((line) => / sub=[1-9]/.test(line));
    for (const line of ids) await redis.client.client('KILL', 'ID', /^id=(\d+)/.exec(line)?.[1] ?? '');
    expect(ids.length).toBe(2);
    expect(await b.caches.invalidate({ tags: ['t'] })).toBe(1);
    await finds(a, 'missed', null, 2000);
    expect(await read(a, 'kept', 'mine')).toEqual([2, null]);
  });

  it('needs no more rights than the document says', async () => {
    const [, text = ''] =
      /A user of Redis with least rights needs (.*?), in a cluster/s.exec(readDocument('docs/caches.md')) ?? [];
    const rights = [...text.matchAll(/`(\w+)`/g)].map(([, command]) => `+${command}`);
    const user = ['ACL', 'SETUSER', 'fv', 'on', '>pw', '~fachverbund:*', '~{fachverbund:invalidation}'];
    await redis.client.call(...(user as [string]), '&{fachverbund:invalidation}:*', ...rights);
    const url = redis.url.replace('redis://', 'redis://fv:pw@');
    const [a, b] = [startReplica(url), startReplica(url)];
    await confirmed(a, b);
    keep(a, 'least', 1, { tags: ['t'] });
    await finds(b, 'least', 1);
    expect(await a.caches.invalidate({ tags: ['t'] })).toBe(1);
    await finds(b, 'least', null);
    expect(await redis.client.call('ACL', 'LOG')).toEqual([]);
  });

  it('forgotten by the store makes everything older a miss for those who start after that', async () => {
    const a = startReplica(redis.url);
    await confirmed(a);
    keep(a, 'one', 1, { tags: ['t'] });
    await finds(startReplica(redis.url), 'one', 1);
    const [set = ''] = await redis.client.keys('{*');
    await redis.client.del(set);
    const late = startReplica(redis.url);
    await confirmed(late);
    expect(await read(late, 'one')).toEqual([null]);
    expect(await read(a, 'one')).toEqual([1]);
  });

  it.each(['person:a\0b', 'person:\ud800', 'person:Ștefănescu 😀'])(
    'reaches everybody with the tag %j as it is',
    async (tag) => {
      const [a, b] = [startReplica(redis.url), startReplica(redis.url)];
      await confirmed(a, b);
      keep(b, 'one', 1, { reach: 'process', tags: [tag] });
      keep(b, 'two', 2, { reach: 'process', tags: [tag.slice(0, 7)] });
      expect(await a.caches.invalidate({ tags: [tag] })).toBe(1);
      await finds(b, 'one', null, 1000);
      expect(await read(b, 'two')).toEqual([2]);
    },
  );
});

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
      await redis.client.publish(`${SET}:tags`, text);
      for (const { events } of [a, b]) await eventually(() => expect(events).toContainEqual(REJECTED));
      expect(await read(b, 'mine')).toEqual([null]);
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
