import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { AUDIENCE, type Issuer, startIssuer } from '../support/issuer.js';
import { type Offices, startOffices } from '../support/offices.js';
import { speak } from '../support/raw-http.js';
import type { Fault } from '../support/stand-in.js';

jest.setTimeout(60_000);

/** A word that stands nowhere by itself; planted wherever a client, a token or a subgraph may put one. */
const CANARY = 'Kanarienvogel';
const EAST = '10045114';

const files = createTestFiles();
let issuer: Issuer;
let offices: Offices;
let gateway: GatewayProcess;

beforeAll(async () => {
  [issuer, offices] = await Promise.all([startIssuer(), startOffices()]);
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: AUDIENCE,
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    LOG_LEVEL: 'debug',
    SUBGRAPH_DEADLINE_MS: '700',
  });
});

afterAll(async () => {
  await gateway?.stop();
  await Promise.all([issuer?.close(), offices?.close()]);
  files.remove();
});

const metrics = async () => (await fetch(`${gateway.adminUrl}/metrics`)).text();

/** Nothing of it in any log line or metric; lines are JSON, one an event. */
async function expectNoTrace(): Promise<void> {
  const output = gateway.output();
  expect(output.split('\n').filter((line) => line.toLowerCase().includes(CANARY.toLowerCase()))).toEqual([]);
  expect(output).not.toContain(Buffer.from(CANARY).toString('base64url'));
  expect((await metrics()).toLowerCase()).not.toContain(CANARY.toLowerCase());
  for (const line of output.trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
}

async function post(body: object | string, headers: Record<string, string> = {}): Promise<string> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  return response.text();
}

describe('what a client plants', () => {
  const person = `{ person(ags: "${EAST}", id: "${CANARY}") { name ${CANARY}: ags } }`;
  const places: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['in arguments and aliases', () => post({ query: person })],
    [
      'in names of operations and variables',
      () =>
        post({
          query: `query ${CANARY}($${CANARY}: ID!) { person(ags: "${EAST}", id: $${CANARY}) { id } }`,
          variables: { [CANARY]: CANARY },
        }),
    ],
    ['in comments', () => post({ query: `{ motto } # ${CANARY}` })],
    ['in what is no GraphQL', () => post({ query: `{ ${CANARY} ` })],
    ['in fields that there are not', () => post({ query: `{ ${CANARY} }` })],
    ['in what is no JSON', () => post(`{"query":"${CANARY}`)],
    ['in a malformed argument', () => post({ query: `{ person(ags: "${CANARY}", id: "1") { id } }` })],
    [
      'in a variable of another type',
      () => post({ query: 'query ($n: Int) { people(ags: "10041100", first: $n) { id } }', variables: { n: CANARY } }),
    ],
    ['in the name of an operation that there is not', () => post({ query: '{ motto }', operationName: CANARY })],
    ['in the id of a document', () => post({ documentId: CANARY })],
    [
      'as lines of a log',
      () =>
        post({
          query: 'query ($i: ID!) { person(ags: "10041100", id: $i) { id } }',
          variables: { i: `\n{"level":"error","${CANARY}":1}\u2028\u001b[31m` },
        }),
    ],
    [
      'in headers',
      () =>
        post(
          { query: '{ motto }' },
          Object.fromEntries(
            ['user-agent', 'referer', 'cookie', 'x-forwarded-for', 'x-user', 'origin', 'traceparent', 'baggage'].map(
              (name) => [name, CANARY],
            ),
          ),
        ),
    ],
    ['in a request id that is none', () => post({ query: '{ motto }' }, { 'x-request-id': `${CANARY} 1` })],
    ['in a purpose', () => post({ query: '{ motto }' }, { 'x-purpose': CANARY, 'x-file-reference': CANARY })],
    ['in what is no token', () => post({ query: '{ motto }' }, { authorization: `Bearer ${CANARY}` })],
    ['in another way to sign in', () => post({ query: '{ motto }' }, { authorization: `Basic ${CANARY}` })],
    [
      'in a token that holds',
      async () =>
        post(
          { query: person },
          { authorization: `Bearer ${await issuer.token({ sub: CANARY, family_name: CANARY, jti: CANARY })}` },
        ),
    ],
    [
      'in a token that does not',
      async () =>
        post(
          { query: person },
          { authorization: `Bearer ${await issuer.token({ sub: CANARY, aud: CANARY }, { kid: CANARY })}` },
        ),
    ],
    [
      'in the role of a token',
      async () => post({ query: person }, { authorization: `Bearer ${await issuer.token({ role: CANARY })}` }),
    ],
    ['in an address', () => fetch(`${gateway.origin}/${CANARY}?${CANARY}=${CANARY}`)],
    [
      'in the address of a query',
      () =>
        fetch(`${gateway.url}?query=${encodeURIComponent(person)}`, { headers: { 'apollo-require-preflight': '1' } }),
    ],
    ['in a method', () => speak(Number(new URL(gateway.origin).port), `${CANARY} / HTTP/1.1\r\nhost: a\r\n\r\n`)],
    ['in what is no HTTP', () => speak(Number(new URL(gateway.origin).port), `${CANARY}\r\n\r\n`)],
  ];

  it.each(places)('%s leaves no trace', async (_, plant) => {
    await plant();
    await expectNoTrace();
  });
});

describe('what a subgraph says', () => {
  const person = { query: `{ person(ags: "${EAST}", id: "1") { name } }` };
  const sql = `ORA-00942: SELECT * FROM ${CANARY} at 10.1.2.3`;
  const faults: readonly (readonly [string, Fault])[] = [
    ['with an error', { kind: 'field-errors', message: sql, extensions: { code: 'ORA-00942', detail: sql } }],
    [
      'with a code of ours',
      {
        kind: 'field-errors',
        message: sql,
        extensions: { code: 'LEGACY_TIMEOUT', argument: sql, reason: CANARY, stacktrace: [sql] },
      },
    ],
    ['with a code that is its own', { kind: 'field-errors', message: sql, extensions: { code: CANARY } }],
    ['with 500', { kind: 'status', status: 500, body: sql }],
    ['with 401', { kind: 'status', status: 401, body: sql, headers: { 'www-authenticate': CANARY } }],
    [
      'with a redirect',
      { kind: 'status', status: 307, body: sql, headers: { location: `http://127.0.0.1:1/${CANARY}` } },
    ],
    [
      'with a page',
      { kind: 'status', status: 200, body: `<html>${sql}</html>`, headers: { 'content-type': 'text/html' } },
    ],
    [
      'with half an answer',
      { kind: 'status', status: 200, body: `{"data":{"${CANARY}":`, headers: { 'content-type': 'application/json' } },
    ],
    ['with a foreign answer', { kind: 'answer', body: { [CANARY]: sql } }],
    [
      'with errors alone',
      {
        kind: 'answer',
        body: {
          errors: [
            { message: sql, path: [CANARY], locations: [{ line: 1, column: 1 }], extensions: { [CANARY]: CANARY } },
          ],
        },
      },
    ],
    [
      'with an error of no form',
      { kind: 'answer', body: { data: null, errors: [{ message: { sql }, extensions: CANARY }] } },
    ],
    [
      'in a header',
      {
        kind: 'status',
        status: 503,
        body: '',
        headers: { server: CANARY, 'set-cookie': CANARY, 'retry-after': CANARY },
      },
    ],
  ];

  it.each(faults)('%s reaches nobody and no log', async (_, fault) => {
    offices.people.east.fail(fault);
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(person),
    });
    offices.people.east.fail(null);
    const text = await response.text();
    expect(text).not.toMatch(new RegExp(`${CANARY}|ORA-|SELECT|10\\.1\\.2\\.3|127\\.0\\.0\\.1|stacktrace`, 'i'));
    expect(JSON.stringify([...response.headers])).not.toContain(CANARY);
    expect(JSON.parse(text)).toMatchObject({ data: { person: null }, errors: [{ path: ['person'] }] });
    await expectNoTrace();
  });
});
