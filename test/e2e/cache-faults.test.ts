import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import {
  closeReplicas,
  confirmed,
  finds,
  isShared,
  keep,
  type Replica,
  read,
  startReplica,
} from '../support/replicas.js';
import { startSlowWire } from '../support/slow-wire.js';

jest.setTimeout(60_000);
afterEach(closeReplicas);

describe('a store that fails', () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    redis.thaw();
    await redis.close();
  });

  const start = async () => {
    const pair = [startReplica(redis.url), startReplica(redis.url)] as const;
    await confirmed(...pair);
    return pair;
  };
  const timeouts = ({ events }: Replica) =>
    events.filter((event) => event.kind === 'store-failed' && event.reason === 'timeout').length;

  it('costs one deadline while it is stopped, then nothing, and is used again when it goes on', async () => {
    const [a, b] = await start();
    redis.freeze();
    const first = performance.now();
    expect(await read(a, 'x')).toEqual([null]);
    expect(performance.now() - first).toBeLessThan(500);
    expect(timeouts(a)).toBe(1);
    const second = performance.now();
    for (let index = 0; index < 50; index += 1) expect(await read(a, `x${index}`)).toEqual([null]);
    expect(performance.now() - second).toBeLessThan(500);
    expect(timeouts(a)).toBe(1);
    redis.thaw();
    await isShared(a, b, 4000);
  });

  it('costs nothing while it is gone, and is used again when it is back', async () => {
    const [a, b] = await start();
    await redis.kill();
    for (let index = 0; index < 50; index += 1) expect(await read(a, `x${index}`)).toEqual([null]);
    expect(timeouts(a)).toBe(0);
    await redis.restart();
    await isShared(a, b, 4000);
    await confirmed(a, b);
  });

  it('gives nothing while it answers later than anybody waits', async () => {
    const [a, b] = await start();
    const slow = redis.client.call('DEBUG', 'SLEEP', '0.3');
    const began = performance.now();
    expect(await read(a, 'x')).toEqual([null]);
    expect(performance.now() - began).toBeLessThan(250);
    await Promise.allSettled([slow]);
    await isShared(a, b, 4000);
  });

  it('lets nobody who asks find out that it is still late', async () => {
    const wire = await startSlowWire(redis.port);
    const [onWire, near] = [startReplica(`redis://127.0.0.1:${wire.port}`), startReplica(redis.url)];
    await confirmed(onWire, near);
    const connections = () =>
      onWire.events.filter((event) => event.kind === 'node' && event.state === 'down' && event.purpose === 'entries')
        .length;
    try {
      wire.slow(200);
      expect(await read(onWire, 'x')).toEqual([null]);
      const before = connections();
      await eventually(async () => {
        await read(onWire, 'x');
        expect(connections()).toBeGreaterThan(before + 3);
      }, 10_000);
      expect(timeouts(onWire)).toBe(1);
      wire.slow(0);
      await isShared(near, onWire, 4000);
    } finally {
      closeReplicas();
      await wire.close();
    }
  });

  it('never answers one question with the reply to another', async () => {
    const [a, b] = await start();
    for (let index = 0; index < 200; index += 1) keep(a, `k${index}`, index);
    await finds(b, 'k199', 199);
    for (let round = 0; round < 3; round += 1) {
      redis.freeze();
      const late = Array.from({ length: 50 }, (_, index) => read(b, `k${index}`));
      await Promise.all(late);
      redis.thaw();
      await isShared(a, b, 4000);
      const replies = await Promise.all(Array.from({ length: 200 }, (_, index) => read(b, `k${index}`)));
      for (const [index, [value]] of replies.entries()) expect([index, null]).toContain(value ?? null);
    }
  });

  it('that is full is read and not written', async () => {
    const [a, b] = await start();
    keep(a, 'one', 1);
    await finds(b, 'one', 1);
    await redis.client.config('SET', 'maxmemory', '1');
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    keep(a, 'two', 2);
    await eventually(() =>
      expect(a.events).toContainEqual({ kind: 'store-failed', cache: 'entities', reason: 'refused' }),
    );
    expect(await read(b, 'one', 'two')).toEqual([1, null]);
    // Those who listen are told all the same.
    keep(a, 'three', 3, { tags: ['t'] });
    keep(b, 'three', 3, { tags: ['t'] });
    await a.caches.invalidate({ tags: ['t'] });
    await finds(b, 'three', null);
  });

  it('that is a replica now is read and not written', async () => {
    const [a, b] = await start();
    keep(a, 'one', 1);
    await finds(b, 'one', 1);
    await redis.client.replicaof('127.0.0.1', '1');
    expect(await read(a, 'one')).toEqual([1]);
    keep(a, 'two', 2);
    await eventually(() =>
      expect(a.events).toContainEqual({ kind: 'store-failed', cache: 'entities', reason: 'refused' }),
    );
    expect(await a.caches.invalidate({ tags: ['t'] })).toBe('unsure');
    await eventually(() => expect(a.isConfirmed()).toBe(false));
    await redis.client.replicaof('NO', 'ONE');
    await isShared(a, b, 4000);
    await confirmed(a, b);
  });

  it('that refuses the password is as good as none', async () => {
    const locked = await startRedis([], 'right');
    const stranger = startReplica(locked.url.replace('right', 'wrong'));
    keep(stranger, 'one', 1);
    expect(await read(stranger, 'one', 'two')).toEqual([1, null]);
    expect(await stranger.caches.invalidate({ tags: ['t'] })).toBe('unsure');
    await locked.close();
  });
});
