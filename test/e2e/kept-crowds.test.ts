import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { canaryOf, forget, startTownHall, type TownHall } from '../support/town-hall.js';

/** Answers of the canary test in all; 100,000 before a release. */
const ANSWERS = Number(process.env['KEPT_CANARIES'] ?? 4000);

jest.setTimeout(300_000 + ANSWERS * 20);

type Pair = [GatewayProcess, GatewayProcess];
let hall: TownHall;
let redis: TestRedis;

beforeAll(async () => {
  hall = await startTownHall();
  redis = await startRedis();
});

afterAll(async () => {
  hall?.towns.fail(null);
  await hall?.close();
  await redis?.close();
});

const CACHE_KEYS = Buffer.alloc(32, 7).toString('base64');
const shared = () => ({ REDIS_URL: redis.url, CACHE_KEYS, SUBGRAPH_DEADLINE_MS: '30000' });
const isLinked = ({ adminUrl }: GatewayProcess) =>
  eventually(async () => {
    const text = await (await fetch(`${adminUrl}/metrics`)).text();
    expect(text).toContain('fachverbund_cache_link_confirmed 1');
  }, 15_000);

const times = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

/** The operation is compiled and the sockets are open, and nothing about these people is known. */
async function warmUp({ url }: GatewayProcess, query: string, headers: Record<string, string> = {}): Promise<void> {
  const token = await hall.tokenFor('warm-up');
  await times(50, () => ask(url, query, { token, headers }));
}

const towns = async (work: () => Promise<unknown>): Promise<number> => {
  const before = hall.towns.received.length;
  await work();
  return hall.towns.received.length - before;
};

describe('a crowd with the same question', () => {
  const query = '{ me { id canary } }';
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await hall.start({ SUBGRAPH_DEADLINE_MS: '30000' });
    await warmUp(gateway, query);
  });

  it('costs one request where it is one person', async () => {
    const token = await hall.tokenFor('crowd');
    const answers: Answer[] = [];
    const calls = await towns(async () => {
      answers.push(...(await times(1000, () => ask(gateway.url, query, { token }))));
    });
    expect(calls).toBe(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.data).toEqual({ me: { id: 'crowd', canary: canaryOf('crowd', null, null) } });
  });

  it('costs ten where it is ten people', async () => {
    const tokens = await times(10, (index) => hall.tokenFor(`ten-${index}`));
    const calls = await towns(async () => {
      const answers = await times(1000, (index) => ask(gateway.url, query, { token: tokens[index % 10] ?? '' }));
      for (const [index, { data }] of answers.entries())
        expect(data?.['me']).toMatchObject({ id: `ten-${index % 10}` });
    });
    expect(calls).toBe(10);
  });

  it('costs two where the first request is cut off, and all are answered', async () => {
    const token = await hall.tokenFor('cut-off');
    hall.towns.fail({ kind: 'refuse' });
    const calls = await towns(async () => {
      const before = hall.towns.received.length;
      const pending = times(200, () => ask(gateway.url, query, { token }));
      await eventually(async () => expect(hall.towns.received.length).toBeGreaterThan(before));
      hall.towns.fail(null);
      const answers = await pending;
      expect(answers.map(({ data, errors }) => [data, errors])).toEqual(
        answers.map(() => [{ me: { id: 'cut-off', canary: canaryOf('cut-off', null, null) } }, []]),
      );
    });
    expect(calls).toBeLessThanOrEqual(2);
  });

  it('is answered where the client that asked first has left', async () => {
    const token = await hall.tokenFor('leaver');
    hall.towns.fail({ kind: 'slow', delayMs: 300 });
    try {
      const calls = await towns(async () => {
        const before = hall.towns.received.length;
        const leaver = new AbortController();
        const left = fetch(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query }),
          signal: leaver.signal,
        }).catch(() => 'left');
        await eventually(async () => expect(hall.towns.received.length).toBeGreaterThan(before));
        const followers = times(100, () => ask(gateway.url, query, { token }));
        leaver.abort();
        expect(await left).toBe('left');
        for (const { errors } of await followers) expect(errors).toEqual([]);
      });
      expect(calls).toBeLessThanOrEqual(2);
    } finally {
      hall.towns.fail(null);
    }
  });
});

describe('three replicas on one Redis', () => {
  it('ask for the same three times at most, and share what everybody may know', async () => {
    const gateways = await Promise.all([0, 1, 2].map(() => hall.start(shared())));
    await Promise.all(gateways.map(isLinked));
    const query = 'query q($ags: AGS!) { town(ags: $ags) { name } }';
    const askAll = (ags: string, count: number) =>
      times(count, async (index) => {
        const { data } = await ask(gateways[index % 3]?.url ?? '', query, { variables: { ags } });
        expect(data).toEqual({ town: { name: `Town ${ags}` } });
      });
    await askAll('10000000', 15);
    expect([1, 2, 3]).toContain(await towns(() => askAll('10000001', 1000)));
    const [first, ...others] = gateways;
    const variables = { ags: '10000002' };
    await ask(first?.url ?? '', query, { variables });
    const calls = await towns(() =>
      eventually(async () => {
        const answers = await Promise.all(others.map(({ url }) => ask(url, query, { variables })));
        for (const { headers } of answers) expect(headers.get('cache-status')).toMatch(/responses; hit/);
      }),
    );
    expect(calls).toBeLessThanOrEqual(2);
  });

  it('forget together, within a second', async () => {
    const [one, other] = (await Promise.all([hall.start(shared()), hall.start(shared())])) as Pair;
    await Promise.all([one, other].map(isLinked));
    const query = '{ me { canary licence } }';
    const token = await hall.tokenFor('blocked');
    await times(3, () => ask(other.url, query, { token }));
    const hit = await ask(other.url, query, { token });
    expect(hit.headers.get('cache-status')).toMatch(/responses; hit/);
    expect(await forget(one, { person: 'blocked' })).toBe(200);
    const toldAt = performance.now();
    await eventually(async () => {
      const { headers } = await ask(other.url, query, { token });
      expect(headers.get('cache-status')).not.toMatch(/responses; hit/);
    }, 1000);
    expect(performance.now() - toldAt).toBeLessThan(1000);
  });

  it('leave nothing about people in Redis, in names or in values', async () => {
    const gateway = await hall.start(shared());
    await isLinked(gateway);
    const token = await hall.tokenFor('CANARY-PERSON');
    await times(3, () => ask(gateway.url, '{ me { id canary licence } town(ags: "10000004") { name } }', { token }));
    await times(3, () => ask(gateway.url, '{ town(ags: "10000004") { name } }'));
    await eventually(async () => expect((await redis.client.keys('fachverbund:*')).length).toBeGreaterThan(0));
    const names = await redis.client.keys('*');
    const values = await Promise.all(
      names.map(async (name) => (await redis.client.dumpBuffer(name))?.toString('latin1') ?? ''),
    );
    const dump = names.join('\n') + values.join('\n');
    expect(dump).not.toMatch(/CANARY|canary|Town 1|10000004|"me"|citizen/);
  });
});

describe('controllers who let replicas share', () => {
  it('save the second replica the question, and still nothing about people can be read in Redis', async () => {
    const open = await startTownHall(['towns', 'register']);
    const own = await startRedis();
    try {
      const env = { REDIS_URL: own.url, CACHE_KEYS };
      const [one, other] = (await Promise.all([open.start(env), open.start(env)])) as Pair;
      await Promise.all([one, other].map(isLinked));
      const token = await open.tokenFor('CANARY-SHARED');
      const first = await ask(one.url, '{ me { id canary licence } }', { token });
      const before = open.calls();
      await eventually(async () => {
        const again = await ask(other.url, '{ me { id canary licence } }', { token });
        expect([again.text, again.headers.get('cache-status')]).toEqual([
          first.text,
          expect.stringMatching(/entities; hit|responses; hit/),
        ]);
      });
      expect(open.calls() - before).toBeLessThanOrEqual(2);
      const names = await own.client.keys('*');
      expect(names.length).toBeGreaterThan(1);
      const values = await Promise.all(names.map((name) => own.client.dumpBuffer(name)));
      expect(names.join() + values.map((value) => value?.toString('latin1')).join()).not.toMatch(
        /CANARY|canary|citizen/,
      );
    } finally {
      await open.close();
      await own.close();
    }
  });
});

describe('people who ask at the same time', () => {
  const QUERY = '{ me { id canary licence } }';
  const modes = [
    ['in memory', () => ({})],
    ['with Redis', shared],
    ['without a Redis that should be there', () => ({ REDIS_URL: 'redis://127.0.0.1:1', CACHE_KEYS })],
  ] as const;

  it.each(modes)('get nothing of each other %s', async (_, env) => {
    const gateway = await hall.start(env());
    const people = await times(50, async (index) => ({
      subject: `person-${index}`,
      token: await hall.tokenFor(`person-${index}`, {
        role: index % 2 === 0 ? 'citizen' : 'caseworker',
        ...(index % 2 === 1 && { office: 'residents' }),
      }),
    }));
    const perMode = Math.ceil(ANSWERS / modes.length);
    let answered = 0;
    let foreign = 0;
    const worker = async (start: number): Promise<void> => {
      for (let index = start; index < perMode; index += 50) {
        const { subject, token } = people[(index * 7 + Math.floor(index / 50)) % 50] as (typeof people)[number];
        const isClerk = Number(subject.slice(7)) % 2 === 1;
        const file = isClerk ? `A ${index % 3}` : null;
        const statement = file === null ? {} : { 'x-purpose': 'residents.inquiry', 'x-file-reference': file };
        const { data, text, status } = await ask(gateway.url, QUERY, { token, headers: statement });
        const canary = canaryOf(subject, file && 'residents.inquiry', file);
        const me = data?.['me'] as { readonly id: string; readonly canary: string; readonly licence: string } | null;
        if (status === 200 && me) answered += 1;
        if (me && (me.id !== subject || me.canary !== canary || me.licence !== canary)) foreign += 1;
        if (text.replaceAll(canary, '').includes('canary<')) foreign += 1;
      }
    };
    await times(50, worker);
    expect(foreign).toBe(0);
    // Clerks have no municipality of their own, so `me` is nobody for them.
    expect(answered).toBeGreaterThan(perMode / 3);
  });
});
