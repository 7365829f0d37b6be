import type { TestRedis } from './redis.js';
import { type SlowWire, startSlowWire } from './slow-wire.js';

/** A Redis that can be spoilt in every way, with a way to it on which replies can be made late. */
export interface FaultyRedis {
  readonly redis: TestRedis;
  readonly wire: SlowWire;
  /** REDIS_URL over the wire. */
  readonly wireUrl: string;
}

export interface RedisFault {
  readonly name: string;
  /** Only who is on the wire notices. */
  readonly isOnWire?: true;
  /** It is over at once: to last it must be done again. */
  readonly isMomentary?: true;
  /** How metrics tell of it: entries that are none of ours, or a store that does not do what it is asked to. */
  readonly isNoticedAs?: 'rejected' | 'failed';
  spoil(site: FaultyRedis): unknown;
  mend(site: FaultyRedis): unknown;
}

export async function openFaultyRedis(redis: TestRedis): Promise<FaultyRedis> {
  const wire = await startSlowWire(redis.port);
  return { redis, wire, wireUrl: `redis://127.0.0.1:${wire.port}` };
}

const nothing = () => undefined;

export const REDIS_FAULTS: readonly RedisFault[] = [
  { name: 'killed', isNoticedAs: 'failed', spoil: ({ redis }) => redis.kill(), mend: ({ redis }) => redis.restart() },
  { name: 'stopped', isNoticedAs: 'failed', spoil: ({ redis }) => redis.freeze(), mend: ({ redis }) => redis.thaw() },
  {
    name: '200 ms late',
    isOnWire: true,
    isNoticedAs: 'failed',
    spoil: ({ wire }) => wire.slow(200),
    mend: ({ wire }) => wire.slow(0),
  },
  { name: 'emptied', isMomentary: true, spoil: ({ redis }) => redis.client.flushall(), mend: nothing },
  {
    name: 'out of memory',
    isNoticedAs: 'failed',
    async spoil({ redis }) {
      await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
      await redis.client.config('SET', 'maxmemory', '1');
    },
    mend: ({ redis }) => redis.client.config('SET', 'maxmemory', '0'),
  },
  {
    name: 'read-only',
    isNoticedAs: 'failed',
    spoil: ({ redis }) => redis.client.replicaof('127.0.0.1', '1'),
    mend: ({ redis }) => redis.client.replicaof('NO', 'ONE'),
  },
  {
    name: 'another password',
    isNoticedAs: 'failed',
    async spoil({ redis }) {
      await redis.client.config('SET', 'requirepass', 'another');
      // Who is signed in stays so.
      for (const type of ['normal', 'pubsub']) await redis.client.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
    },
    mend: ({ redis }) => redis.client.config('SET', 'requirepass', ''),
  },
  {
    name: 'corrupted',
    isMomentary: true,
    isNoticedAs: 'rejected',
    spoil: (site) => rewrite(site, damaged),
    mend: nothing,
  },
  { name: 'forged', isMomentary: true, isNoticedAs: 'rejected', spoil: (site) => rewrite(site, forged), mend: nothing },
  {
    name: 'swapped',
    isMomentary: true,
    isNoticedAs: 'rejected',
    spoil: (site) => rewrite(site, nextOne),
    mend: nothing,
  },
  { name: 'of other types', isMomentary: true, isNoticedAs: 'rejected', spoil: turnIntoLists, mend: nothing },
];

type Rewritten = (value: Buffer, index: number, all: readonly Buffer[]) => Buffer;

const damaged: Rewritten = (value) => Buffer.concat([value.subarray(0, -1), Buffer.of((value.at(-1) ?? 0) ^ 1)]);

/** Of the right form, by somebody who knows everything but the key. */
const forged: Rewritten = (value) =>
  Buffer.concat([value.subarray(0, 45), Buffer.from('{"isPublic":true}\n{"me":null}')]);

const nextOne: Rewritten = (_, index, all) => all[(index + 1) % all.length] as Buffer;

async function rewrite({ redis: { client } }: FaultyRedis, toValue: Rewritten): Promise<void> {
  const names = await client.keys('fachverbund:*');
  const values = names.length > 0 ? await client.mgetBuffer(names) : [];
  const kept = names.flatMap((name, index) => (values[index] ? [{ name, value: values[index] }] : []));
  const all = kept.map(({ value }) => value);
  const pipeline = client.pipeline();
  for (const [index, { name, value }] of kept.entries()) pipeline.set(name, toValue(value, index, all), 'KEEPTTL');
  await pipeline.exec();
}

async function turnIntoLists({ redis: { client } }: FaultyRedis): Promise<void> {
  const pipeline = client.pipeline();
  for (const name of await client.keys('fachverbund:*')) pipeline.del(name).lpush(name, 'x').expire(name, 60);
  await pipeline.exec();
}
