import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';
import type { Fault } from '../support/stand-in.js';

jest.setTimeout(60_000);

const DEADLINE_MS = 700;
const WEST = '10041100';
const EAST = '10045114';
const BOTH = `{ a: person(ags: "${WEST}", id: "1") { name } b: person(ags: "${EAST}", id: "2") { name } }`;
const DOGS = `{ person(ags: "${EAST}", id: "2") { name dogs { tag } } }`;

const files = createTestFiles();
let offices: Offices;
let gateway: GatewayProcess;

beforeAll(async () => {
  offices = await startOffices();
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    ACCESS_DEFAULT: 'public',
    INFLIGHT_DEDUPE: 'off', // each request is to fail by itself
    SUBGRAPH_DEADLINE_MS: String(DEADLINE_MS),
  });
});

// A breaker remembers: each test leaves the instances well, with more good answers behind them than bad ones.
afterEach(async () => {
  for (const standIn of offices.all()) standIn.fail(null);
  await eventually(async () => expect((await ask(gateway.url, DOGS)).errors).toEqual([]));
  await Promise.all(Array.from({ length: 10 }, () => ask(gateway.url, DOGS)));
});

afterAll(async () => {
  await gateway?.stop();
  await offices?.close();
  files.remove();
});

const outcome = ({ status, data, errors }: Answer) => [
  status,
  data,
  errors.map(({ path, extensions }) => [path, extensions]),
];

const redirect = () => ({ kind: 'status', status: 307, headers: { location: offices.people.west.url } }) as const;

describe('an instance that', () => {
  const cases: [string, () => Fault, string][] = [
    ['is silent', () => ({ kind: 'silent' }), 'SUBGRAPH_TIMEOUT'],
    ['is slower than the deadline', () => ({ kind: 'slow', delayMs: DEADLINE_MS * 3 }), 'SUBGRAPH_TIMEOUT'],
    ['cuts the connection', () => ({ kind: 'refuse' }), 'SUBGRAPH_UNAVAILABLE'],
    ['answers 500', () => ({ kind: 'status', status: 500 }), 'SUBGRAPH_UNAVAILABLE'],
    ['answers 503', () => ({ kind: 'status', status: 503 }), 'SUBGRAPH_UNAVAILABLE'],
    ['answers 401 without a word', () => ({ kind: 'status', status: 401, body: '' }), 'SUBGRAPH_ERROR'],
    ['sends a page', () => ({ kind: 'html' }), 'SUBGRAPH_MALFORMED'],
    ['breaks off', () => ({ kind: 'truncated' }), 'SUBGRAPH_MALFORMED'],
    ['redirects', redirect, 'SUBGRAPH_MALFORMED'],
    ['answers without end', () => ({ kind: 'huge' }), 'SUBGRAPH_MALFORMED'],
    ['answers something else', () => ({ kind: 'answer', body: { greeting: 'planted-marker' } }), 'SUBGRAPH_MALFORMED'],
    [
      'packs its answer twice',
      () => ({ kind: 'status', status: 200, body: '{"data":{}}', headers: { 'content-encoding': 'gzip, gzip' } }),
      'SUBGRAPH_MALFORMED',
    ],
    [
      'packs its answer wrongly',
      () => ({ kind: 'status', status: 200, body: '{"data":{}}', headers: { 'content-encoding': 'gzip' } }),
      'SUBGRAPH_MALFORMED',
    ],
  ];

  it.each(cases)('%s costs its own fields, in time and without a word of it', async (_, fault, code) => {
    offices.people.east.fail(fault());
    const started = performance.now();
    const answer = await ask(gateway.url, BOTH);
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS + 1000);
    expect(outcome(answer)).toEqual([200, { a: { name: `west ${WEST} 1` }, b: null }, [[['b'], { code }]]]);
    expect(answer.text).not.toMatch(/planted-marker|127\.0\.0\.1|10\.1\.2\.3|ORA-/);
  });

  it('answers too few records costs them', async () => {
    offices.dogs.east.fail({ kind: 'too-few' });
    expect(outcome(await ask(gateway.url, DOGS))).toEqual([
      200,
      { person: { name: `east ${EAST} 2`, dogs: null } },
      [[['person', 'dogs'], { code: 'SUBGRAPH_MALFORMED' }]],
    ]);
  });

  it('redirects brings nobody a second request', async () => {
    const before = offices.people.west.received.length;
    offices.people.east.fail(redirect());
    await ask(gateway.url, `{ person(ags: "${EAST}", id: "2") { name } }`);
    expect(offices.people.west.received).toHaveLength(before);
  });

  it('sends members called as nothing should be called pollutes nothing', async () => {
    const body =
      '{"data":{"person":{"__typename":"Person","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":"x"}}}';
    offices.people.east.fail({ kind: 'status', status: 200, body });
    const answer = await ask(gateway.url, `{ person(ags: "${EAST}", id: "2") { name polluted: name } }`);
    expect(answer.status).toBe(200);
    offices.people.east.fail(null);
    const next = await ask(gateway.url, `{ person(ags: "${EAST}", id: "2") { name } }`);
    expect(next.data).toEqual({ person: { name: `east ${EAST} 2` } });
  });
});

describe('errors that a subgraph tells', () => {
  const tell = (extensions: object) =>
    offices.people.east.fail({ kind: 'field-errors', message: 'planted-marker at SELECT', extensions });
  const query = `{ person(ags: "${EAST}", id: "2") { name } }`;

  it.each([
    [{ code: 'LEGACY_TIMEOUT' }, { code: 'LEGACY_TIMEOUT' }],
    [
      { code: 'BAD_USER_INPUT', argument: 'search', value: 'planted-marker' },
      { code: 'BAD_USER_INPUT', argument: 'search' },
    ],
    [
      { code: 'INSUFFICIENT_TRUST_LEVEL', requiredTrustLevel: 'hoch', requiredAcr: 'STORK-QAA-Level-4' },
      { code: 'INSUFFICIENT_TRUST_LEVEL', requiredTrustLevel: 'hoch', requiredAcr: 'STORK-QAA-Level-4' },
    ],
    [{ code: 'ORA-00942' }, { code: 'SUBGRAPH_ERROR' }],
    [{ code: 'GRAPHQL_VALIDATION_FAILED' }, { code: 'SUBGRAPH_ERROR' }],
    [
      {
        code: 'FORBIDDEN',
        argument: 'planted-marker in a sentence',
        http: { status: 403 },
        response: { url: 'planted-marker' },
        stacktrace: ['planted-marker'],
      },
      { code: 'FORBIDDEN' },
    ],
    [{}, { code: 'SUBGRAPH_ERROR' }],
  ])('keep no more than a code of ours: %j', async (told, seen) => {
    tell(told);
    const answer = await ask(gateway.url, query);
    expect(outcome(answer)).toEqual([200, { person: null }, [[['person'], seen]]]);
    expect(answer.text).not.toContain('planted-marker');
    expect(gateway.output()).not.toContain('planted-marker');
  });
});

describe('a query', () => {
  const query = `{ person(ags: "${EAST}", id: "2") { name } }`;

  it('is sent again where the instance was only away for a moment', async () => {
    const before = offices.people.east.received.length;
    offices.people.east.fail({ kind: 'status', status: 503 });
    const asked = ask(gateway.url, query);
    await eventually(() => expect(offices.people.east.received.length).toBeGreaterThan(before));
    offices.people.east.fail(null);
    expect((await asked).errors).toEqual([]);
  });

  it('is not sent again after an error of the instance', async () => {
    const before = offices.people.east.received.length;
    offices.people.east.fail({ kind: 'status', status: 500 });
    await ask(gateway.url, query);
    expect(offices.people.east.received).toHaveLength(before + 1);
  });

  it('is broken off when its client leaves', async () => {
    const before = offices.people.east.abandoned();
    offices.people.east.fail({ kind: 'silent' });
    const leave = new AbortController();
    const received = offices.people.east.received.length;
    const asked = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: leave.signal,
    });
    await eventually(() => expect(offices.people.east.received.length).toBeGreaterThan(received));
    leave.abort();
    await expect(asked).rejects.toThrow();
    await eventually(() => expect(offices.people.east.abandoned()).toBe(before + 1), DEADLINE_MS / 2);
  });
});

describe('an instance that fails again and again', () => {
  const query = `{ person(ags: "${EAST}", id: "2") { name } }`;
  const askOften = (times: number) => Promise.all(Array.from({ length: times }, () => ask(gateway.url, query)));

  it('is left alone for a moment, and asked again when it is back', async () => {
    offices.people.east.fail({ kind: 'silent' });
    await askOften(24);
    const before = offices.people.east.received.length;
    const started = performance.now();
    expect((await ask(gateway.url, query)).errors[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS / 2);
    expect(offices.people.east.received).toHaveLength(before);
    offices.people.east.fail(null);
    await eventually(async () => expect((await ask(gateway.url, query)).errors).toEqual([]));
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    expect(metrics).toContain('fachverbund_subgraph_breaker_open{subgraph="people",provider="east"} 0');
  });

  it('takes no more sockets than it is given, whoever waits', async () => {
    offices.people.east.fail({ kind: 'silent' });
    const asked = askOften(200);
    const others = Array.from({ length: 20 }, () => ask(gateway.url, `{ person(ags: "${WEST}", id: "1") { name } }`));
    for (const answer of await Promise.all(others)) expect(answer.errors).toEqual([]);
    expect(offices.people.east.sockets.size).toBeLessThanOrEqual(32);
    const codes = (await asked).map(({ errors }) => errors[0]?.extensions.code);
    expect(codes).toContain('SUBGRAPH_TIMEOUT');
    expect(codes.every((code) => code === 'SUBGRAPH_TIMEOUT' || code === 'SUBGRAPH_UNAVAILABLE')).toBe(true);
  });
});
