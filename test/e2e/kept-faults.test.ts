import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { startTownHall, type TownHall } from '../support/town-hall.js';

jest.setTimeout(180_000);

/** Distinct questions of the flood; 50,000 before a release. */
const FLOOD = Number(process.env['KEPT_FLOOD'] ?? 3000);

let hall: TownHall;

beforeAll(async () => {
  hall = await startTownHall();
});

afterAll(async () => {
  await hall?.close();
});

const QUERY = 'query q($ags: AGS!) { town(ags: $ags) { name dogs } }';

describe('a Redis that fails while questions come', () => {
  let redis: TestRedis;
  let gateway: GatewayProcess;

  beforeAll(async () => {
    redis = await startRedis();
    gateway = await hall.start({ REDIS_URL: redis.url, CACHE_KEYS: Buffer.alloc(32, 7).toString('base64') });
    await times(3, (index) => askTown(index));
  });
  afterEach(async () => {
    redis.thaw();
    await redis.client.replicaof('NO', 'ONE').catch(() => undefined);
    await redis.client.config('SET', 'maxmemory', '0').catch(() => undefined);
  });
  afterAll(async () => {
    redis?.thaw();
    await redis?.close();
  });

  const times = async (count: number, work: (index: number) => Promise<unknown>): Promise<void> => {
    for (let index = 0; index < count; index++) await work(index);
  };
  const askTown = async (index: number): Promise<string | null> => {
    const ags = String(10_000_100 + (index % 40));
    const { status, data, headers } = await ask(gateway.url, QUERY, { variables: { ags } });
    expect([status, data]).toEqual([200, { town: { name: `Town ${ags}`, dogs: Number(ags) % 1000 } }]);
    return headers.get('cache-status');
  };

  it.each<readonly [string, () => unknown, () => unknown]>([
    ['killed', () => redis.kill(), () => redis.restart()],
    ['stopped', () => redis.freeze(), () => redis.thaw()],
    ['emptied', () => redis.client.flushall(), () => undefined],
    [
      'full',
      async () => {
        await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
        await redis.client.config('SET', 'maxmemory', '1');
      },
      () => redis.client.config('SET', 'maxmemory', '0'),
    ],
    ['a replica now', () => redis.client.replicaof('127.0.0.1', '1'), () => redis.client.replicaof('NO', 'ONE')],
    [
      'full of what is not ours',
      async () => {
        for (const name of await redis.client.keys('fachverbund:*')) await redis.client.set(name, 'forged');
      },
      () => undefined,
    ],
    [
      'full of other types',
      async () => {
        for (const name of await redis.client.keys('fachverbund:*')) {
          await redis.client.del(name);
          await redis.client.lpush(name, 'x');
        }
      },
      () => redis.client.flushall(),
    ],
  ])('%s: every answer is right', async (_, spoil, mend) => {
    await times(20, askTown);
    await spoil();
    await times(60, askTown);
    await mend();
    await times(20, askTown);
    await eventually(async () => expect(await askTown(0)).toMatch(/responses; hit/), 5000);
  });
});

describe('a flood of distinct questions', () => {
  it('leaves no more in memory than is allowed', async () => {
    const most = 2_000_000;
    const gateway = await hall.start({ CACHE_MEMORY_BYTES: String(most) });
    const before = await memoryOf(gateway);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let index = next++; index < FLOOD; index = next++) {
        const ags = String(20_000_000 + index);
        const { status } = await ask(gateway.url, QUERY, { variables: { ags } });
        expect(status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    const { kept, resident } = await memoryOf(gateway);
    expect(kept).toBeGreaterThan(most / 4);
    expect(kept).toBeLessThanOrEqual(most);
    expect(resident - before.resident).toBeLessThan(200_000_000);
  });
});

async function memoryOf({ adminUrl }: GatewayProcess) {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return { kept: read('fachverbund_cache_memory_bytes'), resident: read('process_resident_memory_bytes') };
}

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
  let gateway: GatewayProcess;
  let token: string;
  beforeAll(async () => {
    gateway = await hall.start({ CORS_ORIGINS: 'https://portal.example' });
    token = await hall.tokenFor('both-ways');
  });

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
