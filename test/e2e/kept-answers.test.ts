import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { canaryOf, forget, startTownHall, type TownHall } from '../support/town-hall.js';

jest.setTimeout(120_000);

let hall: TownHall;

beforeAll(async () => {
  hall = await startTownHall();
});

afterAll(async () => {
  await hall?.close();
});

/** How many requests subgraphs get while something happens. */
async function callsOf(work: () => Promise<unknown>): Promise<number> {
  const before = hall.calls();
  await work();
  return hall.calls() - before;
}

const PAGE = '{ me { id canary licence } }';

describe.each(['compiled', 'apollo'])('ENGINE=%s', (ENGINE) => {
  let gateway: GatewayProcess;
  beforeAll(async () => {
    gateway = await hall.start({ ENGINE });
  });

  it('keeps what everybody may know, and says so to clients', async () => {
    const query = `{ town(ags: "10045114") { name dogs ${ENGINE}: name } }`;
    const answers = [await ask(gateway.url, query), await ask(gateway.url, query), await ask(gateway.url, query)];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ headers }) => headers.get('cache-status'))).toEqual([
      expect.stringContaining('fachverbund-responses; fwd=miss; stored'),
      expect.stringMatching(/^fachverbund-responses; hit; ttl=\d+$/),
      expect.stringMatching(/^fachverbund-responses; hit; ttl=\d+$/),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('public, max-age=60');
      expect(headers.get('vary')).toBe('Accept');
    }
    expect(answers[1]?.headers.get('age')).toMatch(/^\d$/);
    const etag = answers[0]?.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/".{22}"$/);
    for (const tag of [etag, etag.slice(2), `"x", ${etag}`, '*']) {
      const unchanged = await ask(gateway.url, query, { headers: { 'if-none-match': tag } });
      expect([unchanged.status, unchanged.text, unchanged.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await ask(gateway.url, query, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
  });

  it('answers by GET alike', async () => {
    const query = `{ town(ags: "10041101") { name ${ENGINE}: name } }`;
    const url = `${gateway.url}?query=${encodeURIComponent(query)}`;
    const headers = { 'apollo-require-preflight': '1' };
    const posted = await ask(gateway.url, query);
    const got = await fetch(url, { headers });
    expect([await got.text(), got.headers.get('etag')]).toEqual([posted.text, posted.headers.get('etag')]);
    const etag = got.headers.get('etag') ?? '';
    const unchanged = await fetch(url, { headers: { ...headers, 'if-none-match': etag } });
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('content-type')]).toEqual([304, '', null]);
  });

  it('keeps what is about a person for the one who asked, and for nobody on the way', async () => {
    const [one, other] = await Promise.all([hall.tokenFor(`one-${ENGINE}`), hall.tokenFor(`other-${ENGINE}`)]);
    const first = await ask(gateway.url, PAGE, { token: one });
    const calls = await callsOf(async () => {
      const again = await ask(gateway.url, PAGE, { token: one });
      expect(again.text).toBe(first.text);
      expect(again.headers.get('cache-control')).toBe('private, no-store');
      expect(again.headers.get('etag')).toBeNull();
      expect(again.headers.get('cache-status')).toMatch(/^fachverbund-responses; hit/);
    });
    expect(calls).toBe(0);
    const foreign = await ask(gateway.url, PAGE, { token: other });
    const canary = canaryOf(`other-${ENGINE}`, null, null);
    expect(foreign.data).toEqual({ me: { id: `other-${ENGINE}`, canary, licence: canary } });
    expect((await ask(gateway.url, PAGE)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('keeps a field for the one who asked where only the type behind an interface says so', async () => {
    const query = `{ pet { name chip ${ENGINE}: name } }`;
    for (const subject of [`cat-${ENGINE}`, `dog-${ENGINE}`, `cat-${ENGINE}`]) {
      const { data, headers } = await ask(gateway.url, query, { token: await hall.tokenFor(subject) });
      expect(data?.['pet']).toMatchObject({ chip: canaryOf(subject, null, null) });
      expect(headers.get('cache-control')).toBe('private, no-store');
    }
  });

  it('keeps what not everybody may read for the one who read it, though the schema calls it public', async () => {
    const query = `query q($ags: AGS!) { town(ags: $ags) { name tip ${ENGINE}: name } }`;
    for (const subject of [`one-${ENGINE}`, `other-${ENGINE}`, `one-${ENGINE}`]) {
      const token = await hall.tokenFor(subject);
      const { data, headers } = await ask(gateway.url, query, { token, variables: { ags: '10000777' } });
      expect(data?.['town']).toMatchObject({ tip: canaryOf(subject, null, null) });
      expect(headers.get('cache-control')).toBe('private, no-store');
    }
  });

  it('says that it keeps nothing of what is too large', async () => {
    const wide = await hall.start({ ENGINE, LIMITS: 'off' });
    const query = '{ towns(first: 1100) { ags name } }';
    for (let round = 0; round < 2; round++) {
      const { status, headers } = await ask(wide.url, query);
      expect([status, headers.get('cache-status')]).toEqual([
        200,
        'fachverbund-entities; fwd=miss, fachverbund-responses; fwd=miss',
      ]);
    }
    expect(await (await fetch(`${wide.adminUrl}/metrics`)).text()).not.toMatch(/^fachverbund_cache_kept_total\{/m);
  });

  it('asks for the entities that are missing alone, and puts them in order', async () => {
    const towns = (first: number) => `{ towns(first: ${first}) { ags dogs ${ENGINE}: dogs } }`;
    await ask(gateway.url, towns(3));
    const before = hall.register.received.length;
    const { data } = await ask<{ towns: { ags: string; dogs: number }[] }>(gateway.url, towns(6));
    const asked = hall.register.received.slice(before).map(({ variables }) => variables['representations']);
    expect(asked).toEqual([[3, 4, 5].map((index) => expect.objectContaining({ ags: `1000000${index}` }))]);
    expect(data?.towns.map(({ dogs }) => dogs)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('never shows fields of one operation to another', async () => {
    const wide = `{ towns(first: 4) { ags kennel { places keeper } mayor { name party } ${ENGINE}: dogs } }`;
    const narrow = `{ towns(first: 4) { kennel { places } mayor { name } ${ENGINE}: dogs } }`;
    const seen = [];
    for (let round = 0; round < 3; round++)
      for (const query of [wide, narrow, wide, narrow])
        seen.push({ query, text: (await ask(gateway.url, query)).text });
    for (const query of [wide, narrow])
      expect(new Set(seen.filter((one) => one.query === query).map(({ text }) => text)).size).toBe(1);
    expect(seen.find(({ query }) => query === wide)?.text).toContain('keeper 10000003');
    expect(seen.find(({ query }) => query === narrow)?.text).not.toMatch(/keeper|party/);
  });

  it('sends what is past its time while a new one is fetched, and says how old it is', async () => {
    const query = `{ weather(ags: "10045114") { sky ${ENGINE}: sky } }`;
    const first = await ask<{ weather: { sky: string } }>(gateway.url, query);
    const skyOf = ({ data }: typeof first) => data?.weather.sky;
    let stale: typeof first | null = null;
    await eventually(async () => {
      stale = await ask(gateway.url, query);
      expect(stale.text).toContain('"extensions":{"freshness":{"stale":true,"ageSeconds":');
      expect(skyOf(stale)).toBe(skyOf(first));
    }, 10_000);
    await eventually(async () => expect(skyOf(await ask(gateway.url, query))).not.toBe(skyOf(first)), 5000);
  });

  it('sends what is past its time where no new one can be had, and nothing that is private', async () => {
    const query = `{ notice(ags: "10045114") { text ${ENGINE}: text } }`;
    const token = await hall.tokenFor(`stale-${ENGINE}`);
    const personal = `{ person(ags: "10045114", id: "7") { canary ${ENGINE}: canary } }`;
    const first = await ask(gateway.url, query);
    await ask(gateway.url, personal, { token });
    hall.towns.fail({ kind: 'status', status: 503 });
    try {
      await eventually(async () => {
        const { data, errors, text } = await ask(gateway.url, query);
        expect([data, errors]).toEqual([first.data, []]);
        expect(text).toContain('"stale":true');
      }, 10_000);
      expect(await forget(gateway, { type: 'Person' })).toBe(200);
      const { data, errors } = await ask(gateway.url, personal, { token });
      expect([data?.['person'], errors.map(({ extensions }) => extensions.code)]).toEqual([
        null,
        ['SUBGRAPH_UNAVAILABLE'],
      ]);
    } finally {
      hall.towns.fail(null);
    }
    await eventually(async () => expect((await ask(gateway.url, query)).text).not.toContain('stale'), 10_000);
  });

  it('keeps nothing of an answer with an error, and nothing without a hint', async () => {
    const token = await hall.tokenFor(`errors-${ENGINE}`);
    const query = `{ towns(first: 2) { name ${ENGINE}: dogs kennel { keeper } } }`;
    hall.register.fail({ kind: 'field-errors', message: 'planted', extensions: { code: 'LEGACY_TIMEOUT' } });
    const failed = await ask(gateway.url, query);
    hall.register.fail(null);
    expect(failed.errors.length).toBeGreaterThan(0);
    expect(failed.headers.get('cache-control')).toBe('no-store');
    expect((await ask(gateway.url, query)).errors).toEqual([]);
    const unhinted = `{ me { unhinted { value ${ENGINE}: value } } }`;
    const values = [await ask(gateway.url, unhinted, { token }), await ask(gateway.url, unhinted, { token })];
    expect(values[0]?.text).not.toBe(values[1]?.text);
    expect(values[1]?.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['a person', (subject: string) => ({ person: subject })],
    ['a type', () => ({ type: 'Person' })],
    ['a municipality', () => ({ municipality: '10045114' })],
    ['an entity', (subject: string) => ({ entity: { type: 'Person', key: { ags: '10045114', id: subject } } })],
  ])('forgets %s at once', async (name, body) => {
    const subject = `forget-${name.replace(' ', '-')}-${ENGINE}`;
    const token = await hall.tokenFor(subject);
    const page = () => ask(gateway.url, PAGE, { token });
    await page();
    expect(await callsOf(page)).toBe(0);
    expect(await forget(gateway, body(subject))).toBe(200);
    expect(await callsOf(page)).toBe(2);
  });
});
