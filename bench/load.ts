import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { type Frame, readFrame } from './http-frame.js';

/** One measurement, given as JSON on standard input. */
export interface LoadOrder {
  /** Connections are shared out among them evenly. */
  readonly urls: readonly string[];
  /** Request bodies, sent in turn. */
  readonly bodies: readonly string[];
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second of all connections together; as many as are answered where absent. */
  readonly perSecond?: number;
}

/** What came of it, printed as one JSON line. */
export interface LoadResult {
  readonly requests: number;
  /** Answers that were not 200, or not as long as the first one to the same body. */
  readonly failures: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly answerBytes: number;
  /** CPU time of the load generator while it ran. */
  readonly cpuMs: number;
}

interface Tally {
  asked: number;
  requests: number;
  failures: number;
  /** Length of the first answer to each body. */
  readonly answerBytes: Map<number, number>;
  readonly latenciesMs: number[];
}

/** Keeps every connection busy with one request at a time until the time is over. */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const tally: Tally = { asked: 0, requests: 0, failures: 0, answerBytes: new Map(), latenciesMs: [] };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const endsAt = startedAt + order.seconds * 1000;
  const targets = order.urls.map((url) => toTarget(url, order));
  const connections = Array.from({ length: order.connections }, (_, index) => targets[index % targets.length]);
  const waitMs = (turn: number) =>
    order.perSecond === undefined ? 0 : startedAt + (turn * 1000) / order.perSecond - performance.now();
  await Promise.all(connections.map((target) => target && keepAsking(target, { endsAt, waitMs, tally })));
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = (user + system) / 1000;
  const sorted = Float64Array.from(tally.latenciesMs).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const { requests, failures } = tally;
  const answerBytes = tally.answerBytes.get(0) ?? 0;
  return { requests, failures, seconds, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), answerBytes, cpuMs };
}

interface Target {
  readonly host: string;
  readonly port: number;
  /** Whole messages, one for each body. */
  readonly requests: readonly Buffer[];
}

interface Turns {
  readonly endsAt: number;
  /** How long it is until a turn; none where it is not above 0. */
  readonly waitMs: (turn: number) => number;
  readonly tally: Tally;
}

function toTarget(url: string, { bodies, headers = {} }: LoadOrder): Target {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port), requests: bodies.map((body) => toRequest(url, headers, body)) };
}

function keepAsking({ host, port, requests }: Target, { endsAt, waitMs, tally }: Turns): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host, port, noDelay: true });
    let sentAt = 0;
    let turn = 0;
    let received: Buffer = Buffer.alloc(0);
    const send = () => {
      sentAt = performance.now();
      socket.write(requests[turn] ?? '');
    };
    const ask = () => {
      const wait = waitMs(tally.asked);
      turn = tally.asked++ % requests.length;
      if (wait > 0) setTimeout(send, wait);
      else send();
    };
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const frame = readFrame(received);
      if (frame === null) return;
      received = received.subarray(frame.end);
      count(tally, turn, frame, performance.now() - sentAt);
      if (performance.now() < endsAt) ask();
      else socket.destroy();
    });
  });
}

function count(tally: Tally, turn: number, { head, body }: Frame, latencyMs: number): void {
  const expected = tally.answerBytes.get(turn) ?? body.length;
  tally.answerBytes.set(turn, expected);
  tally.requests++;
  tally.latenciesMs.push(latencyMs);
  if (!head.startsWith('HTTP/1.1 200') || body.length !== expected) tally.failures++;
}

function toRequest(url: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const { host, pathname } = new URL(url);
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    'accept: application/json',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

if (process.argv[1]?.endsWith('/bench/load.js'))
  console.log(JSON.stringify(await runLoad(JSON.parse(readFileSync(0, 'utf8')) as LoadOrder)));
