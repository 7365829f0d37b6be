import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { readDocument } from '../support/markdown.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { closeReplicas, confirmed, finds, keep, LONG, read, startReplica } from '../support/replicas.js';

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
    await eventually(async () => {
      keep(a, 'mine', 3, { reach: 'process', lifetime: PRIVATE });
      expect(await read(a, 'mine', 'ours')).toEqual([3, 2]);
    });
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
