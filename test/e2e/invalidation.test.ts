import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { startTownHall, type TownHall } from '../support/town-hall.js';

jest.setTimeout(60_000);

const TOKEN = 'a-token-of-32-characters-at-least';
const files = createTestFiles();
let offices: Offices;
let redis: TestRedis;
const gateways: GatewayProcess[] = [];

async function start(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    AUDIT: 'off',
    ...env,
  });
  gateways.push(gateway);
  return gateway;
}

beforeAll(async () => {
  offices = await startOffices();
  redis = await startRedis();
});

afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await offices?.close();
  await redis?.close();
  files.remove();
});

async function invalidate({ adminUrl }: GatewayProcess, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${adminUrl}/invalidation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

const codeOf = (body: unknown) =>
  (body as { errors?: { extensions?: { code?: string } }[] }).errors?.[0]?.extensions?.code;

const metric = async ({ adminUrl }: GatewayProcess, name: string): Promise<string> =>
  (await (await fetch(`${adminUrl}/metrics`)).text()).split('\n').find((line) => line.startsWith(name)) ?? '';

describe('POST /invalidation', () => {
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await start({ ADMIN_TOKEN: TOKEN });
  });

  it.each([
    ['tags', { tags: ['person:a', 'type:B', 'type:B'] }, 2],
    ['an entity', { entity: { type: 'Resident', key: { ags: '10045114', id: 'x' } } }, 1],
    ['a type', { type: 'Vehicle' }, 1],
    ['a municipality', { municipality: '10045114' }, 1],
    ['a person', { person: 'somebody' }, 1],
  ])('takes %s and answers how many tags that is', async (_, body, invalidated) => {
    expect(await invalidate(gateway, body)).toEqual({ status: 200, body: { invalidated } });
  });

  it.each(['bearer', 'BEARER ', 'Bearer'])('knows the scheme in any case: %s', async (scheme) => {
    const { status } = await invalidate(gateway, { type: 'Vehicle' }, { authorization: `${scheme} ${TOKEN}` });
    expect(status).toBe(200);
  });

  it('refuses a key that is nested without end', async () => {
    const deep = `{"entity":{"type":"T","key":{"id":${'['.repeat(5000)}${']'.repeat(5000)}}}}`;
    const { status, body } = await invalidate(gateway, deep);
    expect([status, codeOf(body)]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it.each([
    ['a token that is wrong', { authorization: `Bearer ${TOKEN}x` }],
    ['a token that is a part', { authorization: 'Bearer a-token' }],
    ['none', { authorization: '' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['no scheme', { authorization: TOKEN }],
    ['two tokens', { authorization: `Bearer ${TOKEN} ${TOKEN}` }],
  ])('refuses %s', async (_, headers) => {
    const { status, body } = await invalidate(gateway, { type: 'Vehicle' }, headers);
    expect([status, codeOf(body)]).toEqual([401, 'UNAUTHENTICATED']);
    expect(JSON.stringify(body)).not.toContain(TOKEN);
  });

  it.each([
    ['what it does not know', { all: true }, 'BAD_USER_INPUT'],
    ['no JSON', '{', 'BAD_REQUEST'],
  ])('refuses %s', async (_, sent, code) => {
    const { status, body } = await invalidate(gateway, sent);
    expect([status, codeOf(body)]).toEqual([400, code]);
  });

  it('counts', async () => {
    await invalidate(gateway, { type: 'Vehicle' });
    expect(await metric(gateway, 'fachverbund_cache_invalidated_tags_total{from="here"}')).toMatch(/ [1-9]\d*$/);
  });

  it('is for nobody where no token is set', async () => {
    const open = await start();
    for (const authorization of ['Bearer undefined', 'Bearer ', '']) {
      const { status, body } = await invalidate(open, { type: 'Vehicle' }, { authorization });
      expect([status, codeOf(body)]).toEqual([403, 'FORBIDDEN']);
    }
  });
});

describe('what an answer does not say of itself', () => {
  const AGS = '10045114';
  const OTHER = '10041101';
  let hall: TownHall;
  let gateway: GatewayProcess;
  let token: string;
  beforeAll(async () => {
    hall = await startTownHall();
    // Without a log nothing adds keys to what is asked.
    gateway = await hall.start({ AUDIT: 'off' });
    token = await hall.tokenFor('somebody');
  });
  afterAll(() => hall?.close());

  /** Whether an answer is still sent from what is kept once something was invalidated. */
  async function isHit(query: string, body: unknown): Promise<boolean> {
    const isKept = async () =>
      (await ask(gateway.url, query, { token })).headers.get('cache-status')?.includes('; hit');
    await isKept();
    expect(await isKept()).toBe(true);
    expect((await invalidate(gateway, body)).status).toBe(200);
    return (await isKept()) ?? false;
  }

  it.each([
    ['its key', `{ town(ags: "${AGS}") { name } }`, { entity: { type: 'Town', key: { ags: AGS } } }],
    ['its key among several', '{ towns(first: 2) { name } }', { entity: { type: 'Town', key: { ags: AGS } } }],
    ['its municipality among several', '{ towns(first: 2) { name } }', { municipality: AGS }],
    ['what is below it', `{ town(ags: "${AGS}") { mayor { name } } }`, { entity: { type: 'Town', key: { ags: AGS } } }],
    [
      'that it is not there',
      '{ town(ags: "99999999") { name } }',
      { entity: { type: 'Town', key: { ags: '99999999' } } },
    ],
    ['an answer of another subgraph', '{ towns(first: 1) { dogs } }', { type: 'Town' }],
    ['the key of a person', '{ me { canary } }', { entity: { type: 'Person', key: { ags: AGS, id: 'somebody' } } }],
    ['a person', '{ me { canary } }', { person: 'another key of theirs' }],
    ['the municipality of a person', '{ me { canary } }', { municipality: AGS }],
    [
      'a key that nothing is known by',
      `{ town(ags: "${AGS}") { name } }`,
      { entity: { type: 'Town', key: { no: 1 } } },
    ],
  ])('is invalidated: %s', async (_, query, body) => {
    expect(await isHit(query, body)).toBe(false);
  });

  it.each([
    ['another record', `{ town(ags: "${AGS}") { ags name } }`, { entity: { type: 'Town', key: { ags: OTHER } } }],
    ['another municipality', `{ town(ags: "${AGS}") { ags name } }`, { municipality: OTHER }],
    ['another type', `{ town(ags: "${AGS}") { ags name } }`, { type: 'Person' }],
    ['another person', '{ me { ags id canary } }', { person: 'nobody of theirs' }],
  ])('stays, where it says so: %s', async (_, query, body) => {
    expect(await isHit(query, body)).toBe(true);
  });
});

describe('replicas', () => {
  it('hear of it, and say so where they may not have', async () => {
    const env = { ADMIN_TOKEN: TOKEN, REDIS_URL: redis.url, CACHE_KEYS: Buffer.alloc(32, 7).toString('base64') };
    const [one, other] = await Promise.all([start(env), start(env)]);
    const isLinked = (gateway: GatewayProcess, value: string) =>
      eventually(async () => expect(await metric(gateway, 'fachverbund_cache_link_confirmed ')).toMatch(value));
    await Promise.all([isLinked(one, ' 1'), isLinked(other, ' 1')]);
    await eventually(async () =>
      expect(await invalidate(one, { person: 'CANARY' })).toEqual({ status: 200, body: { invalidated: 1 } }),
    );
    await eventually(async () =>
      expect(await metric(other, 'fachverbund_cache_invalidated_tags_total{from="elsewhere"}')).toMatch(/ [1-9]\d*$/),
    );
    await redis.kill();
    await eventually(async () => {
      const { status, body } = await invalidate(one, { person: 'CANARY' });
      expect([status, codeOf(body)]).toEqual([503, 'OVERLOADED']);
    });
    await isLinked(other, ' 0');
    await redis.restart();
    await Promise.all([isLinked(one, ' 1'), isLinked(other, ' 1')]);
    expect((await invalidate(one, { person: 'CANARY' })).status).toBe(200);
    expect(one.output() + other.output()).not.toContain('CANARY');
  });

  it('do not start without a key of their own', async () => {
    await expect(start({ REDIS_URL: redis.url })).rejects.toThrow('CACHE_KEYS: needed with REDIS_URL');
  });
});
