import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { type FaultyRedis, openFaultyRedis, REDIS_FAULTS } from '../support/redis-faults.js';
import { canaryOf, startTownHall, type TownHall } from '../support/town-hall.js';

jest.setTimeout(180_000);

const CACHE_KEYS = Buffer.alloc(32, 7).toString('base64');

const times = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** Whose controllers let replicas share all: what is about people is in Redis alone, and asked for there each time. */
const startSharing = () => startTownHall(['towns', 'register']);

const metric = async ({ adminUrl }: GatewayProcess, name: string): Promise<number> => {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  return [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
};

/**
 * Asks what one of a few people asks again and again, or what nobody has asked before.
 *
 * @returns Whether the answer came from where all replicas look.
 */
async function askRightly(hall: TownHall, { url }: GatewayProcess, index: number): Promise<boolean> {
  if (index % 3 === 2) {
    const ags = String(nextTown++);
    const { status, data, errors } = await ask(url, TOWN, { variables: { ags } });
    expect([status, errors, data]).toEqual([200, [], { town: { name: `Town ${ags}`, dogs: Number(ags) % 1000 } }]);
    return false;
  }
  const subject = `person-${index % 8}`;
  const { status, data, errors, headers } = await ask(url, ME, { token: await hall.tokenFor(subject) });
  const canary = canaryOf(subject, null, null);
  expect([status, errors, data]).toEqual([200, [], { me: { id: subject, canary, licence: canary } }]);
  return /responses; hit/.test(headers.get('cache-status') ?? '');
}

let nextTown = 20_000_000;
const TOWN = 'query q($ags: AGS!) { town(ags: $ags) { name dogs } }';
const ME = '{ me { id canary licence } }';

describe('a Redis that fails while questions come', () => {
  let hall: TownHall;
  let redis: TestRedis;
  let site: FaultyRedis;
  let near: GatewayProcess;
  let onWire: GatewayProcess;

  beforeAll(async () => {
    hall = await startSharing();
    redis = await startRedis();
    site = await openFaultyRedis(redis);
    near = await hall.start({ REDIS_URL: redis.url, CACHE_KEYS });
    onWire = await hall.start({ REDIS_URL: site.wireUrl, CACHE_KEYS });
  });
  afterAll(async () => {
    redis?.thaw();
    await hall?.close();
    await site?.wire.close();
    await redis?.close();
  });

  const isUsed = (gateway: GatewayProcess) =>
    eventually(async () => expect(await askRightly(hall, gateway, 0)).toBe(true), 10_000);

  it.each(REDIS_FAULTS)('$name: every answer is right, and then it is used again', async (fault) => {
    const gateway = fault.isOnWire ? onWire : near;
    const askMany = (count: number) => times(count, (index) => askRightly(hall, gateway, index));
    await isUsed(gateway);
    await askMany(24);
    const rejected = await metric(gateway, 'fachverbund_cache_rejected_total');
    const failed = await metric(gateway, 'fachverbund_cache_store_failures_total');
    await fault.spoil(site);
    try {
      for (let round = 0; round < 3; round++) await askMany(60);
      const rejectedNow = await metric(gateway, 'fachverbund_cache_rejected_total');
      const failedNow = await metric(gateway, 'fachverbund_cache_store_failures_total');
      expect(rejectedNow > rejected).toBe(fault.isNoticedAs === 'rejected');
      // A busy machine makes a sound store late, too.
      if (fault.isNoticedAs === 'failed') expect(failedNow).toBeGreaterThan(failed);
    } finally {
      await fault.mend(site);
    }
    await askMany(24);
    await isUsed(gateway);
    expect(gateway.output()).not.toContain('Warning');
  });
});

describe('a Redis that refuses from the start', () => {
  let hall: TownHall;
  let redis: TestRedis;
  beforeAll(async () => {
    hall = await startSharing();
    redis = await startRedis([], 'right');
  });
  beforeEach(() => redis.client.config('SET', 'requirepass', 'right'));
  afterAll(async () => {
    await hall?.close();
    await redis?.close();
  });

  it.each([
    ['a wrong password', (url: string) => url.replace('right', 'wrong'), 'wrong'],
    ['none', (url: string) => url.replace(':right@', ''), ''],
  ])(
    '%s: every answer is right, nothing is said to be shared, and it is used once it lets in',
    async (_, toUrl, password) => {
      const gateway = await hall.start({ REDIS_URL: toUrl(redis.url), CACHE_KEYS });
      for (let round = 0; round < 3; round++) {
        const shared = await times(24, (index) => askRightly(hall, gateway, index));
        expect(shared).not.toContain(true);
      }
      expect(await metric(gateway, 'fachverbund_cache_link_confirmed')).toBe(0);
      await redis.client.config('SET', 'requirepass', password);
      await eventually(async () => expect(await askRightly(hall, gateway, 0)).toBe(true), 10_000);
      await eventually(async () => expect(await metric(gateway, 'fachverbund_cache_link_confirmed')).toBe(1));
      expect(gateway.output()).not.toMatch(/right|wrong|WRONGPASS|NOAUTH/);
    },
  );
});

describe('both ways to an answer', () => {
  const CORPUS = [
    '{ town(ags: "10000500") { name dogs } }',
    '{ me { id canary licence } }',
    '{ me { unhinted { value } } }',
    '{ town(ags: "99999999") { name } }',
    '{ notice(ags: "10045114") { text } }',
    '{ towns(first: 3) { name mayor { name } } me { id } }',
    '{ person(ags: "10045114", id: "9") { canary } }',
  ];
  let hall: TownHall;
  let gateway: GatewayProcess;
  let token: string;
  beforeAll(async () => {
    hall = await startTownHall();
    gateway = await hall.start({ CORS_ORIGINS: 'https://portal.example' });
    token = await hall.tokenFor('both-ways');
  });
  afterAll(() => hall?.close());

  /** The quoted charset is unusual enough for the host. */
  const TYPES = { host: 'application/json; charset="utf-8"', direct: 'application/json' };

  async function send(query: string, type: string, headers: Record<string, string>) {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': type, authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query }),
    });
    const {
      'x-request-id': _,
      date: __,
      age,
      'cache-status': status,
      ...others
    } = Object.fromEntries(response.headers);
    // Seconds go by between the two.
    const steady = { ...(age !== undefined && { age: 'some' }), status: status?.replace(/ttl=\d+/, 'ttl') };
    return { status: response.status, headers: { ...others, ...steady }, body: await response.text() };
  }

  it.each(CORPUS)('sends %s with the same bytes and headers', async (query) => {
    await send(query, TYPES.direct, {});
    const plain = await send(query, TYPES.direct, {});
    const tag = plain.headers['etag' as keyof typeof plain.headers] as string | undefined;
    for (const headers of [{}, { origin: 'https://portal.example' }, { 'if-none-match': tag ?? '"none"' }]) {
      // What was not kept is made anew each time.
      const isSteady = plain.headers.status?.includes('responses; hit');
      const host = await send(query, TYPES.host, headers);
      const direct = await send(query, TYPES.direct, headers);
      if (isSteady) expect(direct).toEqual(host);
      else expect(direct.headers['cache-control' as keyof typeof direct.headers]).toBe('no-store');
    }
  });
});
