import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';

jest.setTimeout(60_000);

let offices: Offices;
let gateway: GatewayProcess;
const files = createTestFiles();

beforeAll(async () => {
  offices = await startOffices();
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    CORS_ORIGINS: 'https://portal.example',
  });
});

afterAll(async () => {
  await gateway?.stop();
  await offices?.close();
  files.remove();
});

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends exactly what is given, which `fetch` would not. */
function send(
  path: string,
  {
    method = 'POST',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: string | Buffer },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${gateway.origin}${path}`, { method, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  send('/graphql', { headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });

const codeOf = ({ text }: Reply): string | undefined =>
  (JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }).errors?.[0]?.extensions?.code;

/** A short text that is many fields once its fragments are written out. */
const doubling = (count: number): string =>
  `{ me { ...f0 } } ${Array.from(
    { length: count },
    (_, n) => `fragment f${n} on Person { dogs { keeper { ...f${n + 1} } } x: dogs { keeper { ...f${n + 1} } } }`,
  ).join(' ')} fragment f${count} on Person { id }`;

describe('a request that is no GraphQL request', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const cases: [string, Parameters<typeof send>[1], number, string][] = [
    [
      'a body above 256 KiB',
      { headers: JSON_TYPE, body: `{"query":"${' '.repeat(262_144)}"}` },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    [
      'a body of text',
      { headers: { 'content-type': 'text/plain' }, body: '{"query":"{motto}"}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={motto}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a body without a type', { body: '{"query":"{motto}"}' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'another charset',
      { headers: { 'content-type': 'application/json; charset=utf-7' }, body: '{}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'UTF-16',
      { headers: { 'content-type': 'application/json; charset=utf-16' }, body: '{}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a compressed body',
      { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: '{}' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'bytes that are not UTF-8',
      { headers: JSON_TYPE, body: Buffer.from('{"query":"{motto}\xff"}', 'latin1') },
      400,
      'BAD_REQUEST',
    ],
    ['broken JSON', { headers: JSON_TYPE, body: '{"query":' }, 400, 'BAD_REQUEST'],
    ['no body', { headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    ['JSON that is no object', { headers: JSON_TYPE, body: '"{motto}"' }, 400, 'BAD_REQUEST'],
    ['a batch', { headers: JSON_TYPE, body: '[{"query":"{motto}"},{"query":"{motto}"}]' }, 400, 'BAD_REQUEST'],
    [
      'a member named twice',
      { headers: JSON_TYPE, body: '{"query":"{motto}","query":"{me{id}}"}' },
      400,
      'BAD_REQUEST',
    ],
    [
      'variables nested without end',
      { headers: JSON_TYPE, body: `{"query":"{motto}","variables":{"a":${deep}}}` },
      400,
      'LIMIT_VARIABLES',
    ],
    [
      'a query nested without end',
      { headers: JSON_TYPE, body: JSON.stringify({ query: '{a'.repeat(100_000) }) },
      400,
      'LIMIT_DEPTH',
    ],
    [
      'fragments that double',
      { headers: JSON_TYPE, body: JSON.stringify({ query: doubling(16) }) },
      400,
      'LIMIT_SELECTIONS',
    ],
    [
      'a persisted query',
      { headers: JSON_TYPE, body: '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}' },
      400,
      'BAD_REQUEST',
    ],
    [
      'an answer in HTML',
      { headers: { ...JSON_TYPE, accept: 'text/html' }, body: '{"query":"{motto}"}' },
      406,
      'NOT_ACCEPTABLE',
    ],
    ['PUT', { method: 'PUT', headers: JSON_TYPE, body: '{"query":"{motto}"}' }, 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE', { method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['TRACE', { method: 'TRACE' }, 405, 'METHOD_NOT_ALLOWED'],
    ['HEAD', { method: 'HEAD' }, 405, ''],
  ];

  it.each(cases)('%s is refused', async (_, question, status, code) => {
    const reply = await send('/graphql', question);
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    if (code !== '') expect(codeOf(reply)).toBe(code);
    expect(reply.text).not.toMatch(/call stack/i);
  });

  it('leaves a process that answers the next one', async () => {
    expect((await post({ query: '{ motto }' })).status).toBe(200);
  });
});

describe('a GET request', () => {
  const get = (query: string, headers: Record<string, string> = { 'apollo-require-preflight': 'true' }) =>
    send(`/graphql?query=${encodeURIComponent(query)}`, { method: 'GET', headers });

  it('answers public fields', async () => {
    const reply = await get('{ motto __typename }');
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.text)).toMatchObject({ data: { __typename: 'Query' } });
  });

  it.each([
    ['a field that is not public', '{ person(ags: "10041100", id: 1) { name } }'],
    ['one beside a public field', '{ motto ...f } fragment f on Query { me { id } }'],
    ['a mutation', 'mutation { rename(ags: "10041100", id: 1, name: "x") { name } }'],
  ])('is not the way to ask %s', async (_, query) => {
    const reply = await get(query);
    expect(reply.status).toBe(405);
    expect(codeOf(reply)).toBe('METHOD_NOT_ALLOWED');
  });

  it.each([
    ['no header that asks first', {}, 400],
    ['a type that a form can have', { 'content-type': 'text/plain' }, 415],
  ])('with %s could be sent by a foreign page and is refused', async (_, headers, status) => {
    expect((await get('{ motto }', headers as Record<string, string>)).status).toBe(status);
  });

  it('leaves nothing of its address in the log', async () => {
    await get('{ planted: motto }');
    await get('{ person(ags: "10041100", id: "planted") { name } }');
    expect(gateway.output()).not.toContain('planted');
  });
});

describe('every answer', () => {
  const paths: [string, string, number][] = [
    ['the API', '/graphql', 200],
    ['a path that does not exist', '/nothing?planted=1', 404],
    ['an address that is no address', '/%zz', 400],
    ['health', '/health', 200],
  ];

  it.each(paths)('of %s carries a request id and the security headers', async (_, path, status) => {
    const isApi = path === '/graphql';
    const reply = isApi ? await post({ query: '{ motto }' }) : await send(path, { method: 'GET' });
    expect(reply.status).toBe(status);
    expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
      'cache-control': 'no-store',
    });
    expect(reply.headers).not.toHaveProperty('server');
    expect(reply.headers).not.toHaveProperty('x-powered-by');
    if (status >= 400) expect(codeOf(reply)).toBe('BAD_REQUEST');
  });

  it.each([
    ['a good one', 'client-id-42', true],
    ['one that writes into the log', '{"level":"x"}', false],
    ['one that is too short', 'abc', false],
  ])('takes over the client request id: %s', async (_, id, isTaken) => {
    const reply = await post({ query: '{ motto }' }, { 'x-request-id': id });
    expect(reply.headers['x-request-id'] === id).toBe(isTaken);
  });

  it('to what is not HTTP is a GraphQL error too, and the end of the connection', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1', () =>
        socket.write(
          'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\n\r\n',
        ),
      );
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk.toString();
      });
      socket.on('end', () => resolve(received)).on('error', reject);
    });
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
    expect(text).toContain('"code":"BAD_REQUEST"');
    expect(text).toMatch(/x-request-id: [0-9a-f-]{36}/);
  });
});

describe('what answers accept', () => {
  it.each([
    [undefined, 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json; charset=utf-8'],
  ])('%s is %s', async (accept, type) => {
    const reply = await post({ query: '{ motto }' }, accept === undefined ? {} : { accept });
    expect([reply.status, reply.headers['content-type']]).toEqual([200, type]);
  });

  it('a faulty document is 200 for a client that knows application/json alone, a malformed argument 400', async () => {
    const legacy = { accept: 'application/json' };
    const statuses = await Promise.all([
      post({ query: '{' }, legacy),
      post({ query: '{ nothing }' }, legacy),
      post({ query: 'query($i: TaxInput!) { tax(input: $i) }' }, legacy),
      post({ query: '{ tax(input: { ags: "1", dogs: 1 }) }' }, legacy),
      post({ query: '{' }),
      post({ query: '{' }, { accept: 'application/graphql-response+json' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 400]);
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    send('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  it('may ask where CORS_ORIGINS names it', async () => {
    const reply = await preflight('https://portal.example');
    expect(reply.headers['access-control-allow-origin']).toBe('https://portal.example');
    expect(reply.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    ['by the direct way', 'application/json'],
    ['by the host', 'application/json; charset="utf-8"'],
  ])('may read what caches say, %s', async (_, type) => {
    const { headers } = await post({ query: '{ motto }' }, { origin: 'https://portal.example', 'content-type': type });
    expect(String(headers['access-control-expose-headers']).split(', ')).toEqual([
      'x-request-id',
      'retry-after',
      'age',
      'cache-status',
      'etag',
    ]);
  });

  it('may not otherwise', async () => {
    expect((await preflight('https://other.example')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('health', () => {
  it.each([
    ['/livez', { status: 'UP' }],
    ['/readyz', { status: 'UP' }],
    ['/health', { status: 'UP' }],
    ['/.well-known/apollo/server-health', { status: 'pass' }],
  ])('%s says so', async (path, body) => {
    const reply = await send(path, { method: 'GET' });
    expect([reply.status, JSON.parse(reply.text)]).toEqual([200, body]);
    expect((await send(path, { method: 'POST' })).status).toBe(405);
  });
});

describe("the operators' port", () => {
  it('has metrics of what was asked, with no word of it', async () => {
    await post({ query: '{ planted: motto }' });
    const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    expect(text).toMatch(/fachverbund_request_duration_seconds_count\{route="\/graphql",status="200"\} [1-9]/);
    expect(text).toMatch(
      /fachverbund_subgraph_request_duration_seconds_count\{subgraph="people",provider="(west|east)",outcome="ok"\} [1-9]/,
    );
    expect(text).not.toContain('planted');
  });

  it('has nothing else, and the public port has no metrics', async () => {
    expect((await fetch(`${gateway.adminUrl}/graphql`)).status).toBe(404);
    expect((await fetch(`${gateway.origin}/metrics`)).status).toBe(404);
  });
});
