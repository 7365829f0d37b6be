import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { type Offices, startOffices } from '../support/offices.js';
import { startRedis, type TestRedis } from '../support/redis.js';

jest.setTimeout(60_000);

const files = createTestFiles();
let issuer: Issuer;
let offices: Offices;
const started: GatewayProcess[] = [];

/** @param env Beside what all of them have. */
async function start(env: Record<string, string>): Promise<GatewayProcess> {
  const gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    ...env,
  });
  started.push(gateway);
  return gateway;
}

beforeAll(async () => {
  [issuer, offices] = await Promise.all([startIssuer(), startOffices()]);
});

afterAll(async () => {
  await Promise.all(started.map((gateway) => gateway.stop()));
  await Promise.all([issuer?.close(), offices?.close()]);
  files.remove();
});

const outcome = ({ status, data, errors, headers }: Answer) =>
  status === 429 && data === null && Number(headers.get('retry-after')) > 0 ? errors[0]?.extensions.code : status;
const count = (outcomes: unknown[], wanted: unknown) => outcomes.filter((each) => each === wanted).length;

describe('RATE_LIMIT', () => {
  let gateway: GatewayProcess;
  const askOften = async (times: number, token?: string) => {
    const asked = Array.from({ length: times }, () => ask(gateway.url, '{ motto }', token ? { token } : {}));
    return (await Promise.all(asked)).map(outcome);
  };

  beforeAll(async () => {
    gateway = await start({ RATE_LIMIT: '10' });
  });

  it('bounds what one client asks in a second, and nobody else', async () => {
    const [greedy, modest] = await Promise.all([issuer.token({ sub: 'greedy' }), issuer.token({ sub: 'modest' })]);
    const outcomes = await askOften(40, greedy);
    // A second may end between them.
    expect(count(outcomes, 200)).toBeGreaterThanOrEqual(10);
    expect(count(outcomes, 200)).toBeLessThanOrEqual(30);
    expect(count(outcomes, 200) + count(outcomes, 'RATE_LIMITED')).toBe(40);
    expect(await askOften(3, modest)).toEqual([200, 200, 200]);
    await eventually(async () => expect(await askOften(1, greedy)).toEqual([200]));
  });

  it('counts a person whatever token of theirs is shown', async () => {
    const tokens = await Promise.all([1, 2, 3, 4].map((number) => issuer.token({ sub: 'several', jti: `${number}` })));
    const outcomes = (await Promise.all(tokens.map((token) => askOften(10, token)))).flat();
    expect(count(outcomes, 'RATE_LIMITED')).toBeGreaterThan(0);
  });

  it('does not count the operator’s own proxy, behind which everybody is', async () => {
    expect(await askOften(60)).toEqual(Array(60).fill(200));
  });
});

/** Searches of one caller for one person, each with another date of birth. */
const guess = (gateway: GatewayProcess, token: string, year: number, name = 'Anna Rösler') =>
  ask(
    gateway.url,
    'query ($name: String!, $born: PartialDate) { search(input: { ags: "10041100", name: $name, born: $born }) { id } }',
    { token, variables: { name, born: `${year}` } },
  ).then(outcome);

async function guessAll(gateway: GatewayProcess, token: string, years: readonly number[], name?: string) {
  const outcomes = [];
  for (const year of years) outcomes.push(await guess(gateway, token, year, name));
  return outcomes;
}

describe('LIMIT_GUESSES', () => {
  let gateway: GatewayProcess;
  const years = Array.from({ length: 20 }, (_, index) => 1950 + index);

  beforeAll(async () => {
    gateway = await start({});
  });

  it('ends guessing about one person, for that caller alone', async () => {
    const token = await issuer.token({ sub: 'curious' });
    expect(await guessAll(gateway, token, years)).toEqual(Array(20).fill(200));
    const before = offices.people.west.received.length;
    expect(await guessAll(gateway, token, [1950, 1999, 1950])).toEqual([200, 'RATE_LIMITED', 'RATE_LIMITED']);
    expect(await guess(gateway, token, 1998, 'ANNA ROESLER')).toBe('RATE_LIMITED');
    expect(offices.people.west.received.length).toBe(before + 1);
    expect(await guess(gateway, token, 1999, 'Berta Rösler')).toBe(200);
    expect(await guess(gateway, await issuer.token({ sub: 'colleague' }), 1999)).toBe(200);
  });

  it('never counts equal searches', async () => {
    const token = await issuer.token({ sub: 'patient' });
    expect(await guessAll(gateway, token, Array(50).fill(1950))).toEqual(Array(50).fill(200));
  });

  it('counts each alias', async () => {
    const token = await issuer.token({ sub: 'clever' });
    const page = (from: number) =>
      Array.from(
        { length: 7 },
        (_, index) => `a${index}: search(input: { ags: "10041100", name: "Ada", born: "${from + index}" }) { id }`,
      ).join(' ');
    const statuses = [];
    for (const from of [1900, 1910, 1920])
      statuses.push(outcome(await ask(gateway.url, `{ ${page(from)} }`, { token })));
    expect(statuses).toEqual([200, 200, 'RATE_LIMITED']);
  });
});

describe('replicas with one Redis', () => {
  let redis: TestRedis;
  let one: GatewayProcess;
  let other: GatewayProcess;

  beforeAll(async () => {
    redis = await startRedis();
    const env = {
      REDIS_URL: redis.url,
      CACHE_KEYS: Buffer.alloc(32, 7).toString('base64'),
      LIMIT_GUESSES: '4',
      RATE_LIMIT: '20',
    };
    [one, other] = await Promise.all([start(env), start(env)]);
    const token = await issuer.token({ sub: 'first' });
    await eventually(async () => {
      await Promise.all([guess(one, token, 1), guess(other, token, 1)]);
      expect(await redis.client.dbsize()).toBeGreaterThan(0);
    });
  });

  afterAll(() => redis?.close());

  it('count guesses together, under names that say nothing', async () => {
    let attempt = 0;
    // A store that takes longer than 50 ms on a busy machine is not waited for: then each replica counts alone.
    await eventually(async () => {
      attempt += 1;
      const token = await issuer.token({ sub: `travelling ${attempt}` });
      const outcomes = [];
      for (const year of [1950, 1951, 1952, 1953])
        for (const [gateway, born] of [
          [one, year],
          [other, year + 10],
        ] as const)
          outcomes.push(await guess(gateway, token, born));
      expect(outcomes).toEqual([...Array(4).fill(200), ...Array(4).fill('RATE_LIMITED')]);
      expect(await guess(one, token, 1950)).toBe('RATE_LIMITED');
    }, 20_000);
    const keys = (await redis.client.keys('*')).join('\n');
    expect(keys).not.toMatch(/anna|r.sler|travelling|195\d|10041100/i);
  });

  it('count requests together', async () => {
    const token = await issuer.token({ sub: 'hasty' });
    const askAt = (gateway: GatewayProcess) => ask(gateway.url, '{ motto }', { token }).then(outcome);
    await eventually(async () => {
      await Promise.all(Array.from({ length: 25 }, () => askAt(one)));
      // Of the few that come here alone none would be too many.
      expect(await askAt(other)).toBe('RATE_LIMITED');
    }, 20_000);
  });

  it('count by themselves while it is down', async () => {
    await redis.kill();
    const token = await issuer.token({ sub: 'alone' });
    const started = performance.now();
    expect(await guessAll(one, token, [1950, 1951, 1952, 1953, 1954])).toEqual([200, 200, 200, 200, 'RATE_LIMITED']);
    expect(performance.now() - started).toBeLessThan(5000);
    await redis.restart();
    const next = await issuer.token({ sub: 'together again' });
    await eventually(async () => {
      await guess(one, next, 1950);
      expect(await redis.client.dbsize()).toBeGreaterThan(0);
    });
  });
});
