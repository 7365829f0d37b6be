import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';
import { GOOD_REQUEST, listBadStreams, request, speak } from '../support/raw-http.js';

jest.setTimeout(60_000);

const files = createTestFiles();
let offices: Offices;
let gateway: GatewayProcess;
let port: number;

beforeAll(async () => {
  offices = await startOffices();
  gateway = await startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    SUBGRAPH_MAX_BYTES: '67108864',
  });
  port = Number(new URL(gateway.origin).port);
});

afterAll(async () => {
  await gateway?.stop();
  await offices?.close();
  files.remove();
});

const statusesOf = (answers: string) => [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));
const isUp = async () => expect((await ask(gateway.url, '{ motto }')).errors).toEqual([]);

describe('300 streams that are no HTTP of ours', () => {
  const SEED = 20_261_122;
  const streams = listBadStreams(300, SEED);

  it('would be accepted if they were one', async () => {
    expect(statusesOf(await speak(port, GOOD_REQUEST))).toEqual([200]);
  });

  it('are refused, none with more than one answer, and the gateway goes on', async () => {
    const answers = await Promise.all(streams.map((stream) => speak(port, stream)));
    const accepted = answers.flatMap((answer, index) => {
      const statuses = statusesOf(answer);
      const isRefused = statuses.length <= 1 && statuses.every((status) => status >= 400 && status < 500);
      return isRefused ? [] : [{ stream: streams[index], statuses }];
    });
    expect(accepted).toEqual([]);
    await isUp();
  });

  it('are told so as everything else is', async () => {
    const answers = await Promise.all(streams.slice(0, 60).map((stream) => speak(port, stream)));
    const told = answers.filter((answer) => answer !== '');
    expect(told.length).toBeGreaterThan(50);
    for (const answer of told) {
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      expect(head).toMatch(/x-request-id: [\w-]{8,64}/i);
      expect(head).toMatch(/content-security-policy: default-src 'none'/i);
      expect(head).not.toMatch(/^(server|x-powered-by):/im);
      expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
    }
  });
});

describe('what is unusual and no fault', () => {
  const BODY = '{"query":"{motto}"}';
  it.each([
    [
      'chunks',
      request(
        ['host: a', 'content-type: application/json', 'transfer-encoding: Chunked', 'connection: close'],
        '13\r\n{"query":"{motto}"}\r\n0\r\n\r\n',
      ),
    ],
    [
      'HTTP/1.0 without a host',
      request(['content-type: application/json', 'content-length: 19'], BODY).replace('1.1', '1.0'),
    ],
    [
      'an offer of HTTP/2',
      request(
        ['host: a', 'upgrade: h2c', 'connection: upgrade', 'content-type: application/json', 'content-length: 19'],
        BODY,
      ),
    ],
    [
      '100 headers',
      request(
        [
          ...Array.from({ length: 97 }, (_, index) => `x${index}: a`),
          'host: a',
          'content-type: application/json',
          'content-length: 19',
        ],
        BODY,
      ),
    ],
  ])('%s', async (_, text) => {
    expect(statusesOf(await speak(port, text))).toEqual([200]);
  });

  it.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('but %s is', async (method) => {
    expect(statusesOf(await speak(port, `${method} /graphql HTTP/1.1\r\nhost: a\r\n\r\n`))).toEqual([405]);
  });

  it('and nobody gets through to somewhere else', async () => {
    expect(await speak(port, 'CONNECT other.example:80 HTTP/1.1\r\nhost: a\r\n\r\n')).not.toContain('200');
  });
});

/** Ms until the server closes the connection; whoever sends goes on until then. */
function lifetimeOf(start: string, next: string): Promise<number> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect(port, '127.0.0.1', () => socket.write(start));
    const timer = setInterval(() => socket.write(next), 1000);
    socket.on('error', () => undefined).on('data', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(performance.now() - startedAt);
    });
  });
}

/** Whether a client that does not read is let go. */
async function neverReads(): Promise<boolean> {
  const body = `{"data":{"motto":"${'x'.repeat(30_000_000)}"}}`;
  for (const office of [offices.people.east, offices.people.west])
    office.fail({ kind: 'status', status: 200, body, headers: { 'content-type': 'application/json' } });
  const socket = connect(port, '127.0.0.1', () => socket.write(GOOD_REQUEST));
  socket.on('error', () => undefined).pause();
  const metrics = async () => (await fetch(`${gateway.adminUrl}/metrics`)).text();
  await eventually(async () => expect(await metrics()).toMatch(/fachverbund_requests_in_flight [1-9]/));
  await eventually(async () => expect(await metrics()).toMatch(/fachverbund_requests_in_flight 0/), 20_000);
  socket.destroy();
  for (const office of [offices.people.east, offices.people.west]) office.fail(null);
  return true;
}

it('clients that send or read slowly are let go, and nobody else notices', async () => {
  const headers = 'POST /graphql HTTP/1.1\r\nhost: a\r\n';
  const body = request(['host: a', 'content-type: application/json', 'content-length: 1000'], '{');
  const slow = [
    ...Array.from({ length: 150 }, () => lifetimeOf(headers, 'x')),
    ...Array.from({ length: 150 }, () => lifetimeOf(body, ' ')),
    ...Array.from({ length: 50 }, () => lifetimeOf('', '')),
  ];
  let isOver = false;
  const others = (async () => {
    for (let count = 0; !isOver || count === 0; count++) {
      const { status } = await ask(gateway.url, '{ person(ags: "10041100", id: "1") { licence } }');
      expect(status).toBe(200);
    }
  })();
  const lifetimes = await Promise.all(slow);
  isOver = true;
  await others;
  expect(Math.max(...lifetimes)).toBeLessThan(14_000);
  expect(await neverReads()).toBe(true);
  await isUp();
});
