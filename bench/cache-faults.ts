import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { GatewayProcess } from '../test/support/gateway-process.js';
import { startRedis } from '../test/support/redis.js';
import { type FaultyRedis, openFaultyRedis, REDIS_FAULTS, type RedisFault } from '../test/support/redis-faults.js';
import { startTownHall, type TownHall } from '../test/support/town-hall.js';
import { type Asked, startCallers } from './cache-callers.js';
import { describeMachine, readMachine } from './machine.js';

/**
 * What a Redis that fails costs those who ask meanwhile. One gateway, whose memory holds little of what is asked, and
 * 30 callers; what is about people is in Redis alone. Ends with 1 where a promise of docs/caches.md is not held.
 *
 *   node dist/bench/cache-faults.js [--seconds 10] [--only stopped]
 */
const MOST_ADDED_MS = 50;
const MOST_BACK_MS = 2000;
/** Sockets of the gateway to each subgraph. */
const SUBGRAPH_CAP = 8;
const CALLERS = 30;
const WARM_UP_MS = 4000;
/** What is over at once is done again so often. */
const AGAIN_MS = 500;

interface Row {
  readonly fault: string;
  readonly requests: number;
  /** What was wrong with answers, one for each that was not right. */
  readonly failures: readonly string[];
  readonly p99Ms: { readonly before: number; readonly during: number };
  readonly backMs: number;
  readonly legacyPerSecond: { readonly before: number; readonly during: number };
  readonly legacyPeak: number;
}

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, only: { type: 'string', default: '' } },
});
const phaseMs = Number(values.seconds) * 1000;
const hall = await startTownHall(['towns', 'register']);
try {
  console.log(`${describeMachine(readMachine())}\n`);
  console.log(toLine(head()));
  console.log(toLine(head().map((_, index) => (index === 0 ? '---' : '--:'))));
  for (const fault of REDIS_FAULTS.filter(({ name }) => name.includes(values.only))) {
    const row = await measure(hall, fault);
    console.log(toLine(toCells(row)));
    const broken = brokenPromises(row);
    for (const promise of broken) console.error(`${row.fault}: ${promise}`);
    if (broken.length > 0) process.exitCode = 1;
  }
} finally {
  await hall.close();
}

async function measure(hall: TownHall, fault: RedisFault): Promise<Row> {
  const redis = await startRedis();
  const site = await openFaultyRedis(redis);
  const gateway = await hall.start({
    REDIS_URL: fault.isOnWire ? site.wireUrl : redis.url,
    CACHE_KEYS: Buffer.alloc(32, 7).toString('base64'),
    CACHE_MEMORY_BYTES: '1048576',
    SUBGRAPH_CONNECTIONS: String(SUBGRAPH_CAP),
    LOG_LEVEL: 'silent',
  });
  try {
    return await measureAt({ hall, fault, site, gateway });
  } finally {
    redis.thaw();
    await gateway.stop();
    await site.wire.close();
    await redis.close();
  }
}

interface Site {
  readonly hall: TownHall;
  readonly fault: RedisFault;
  readonly site: FaultyRedis;
  readonly gateway: GatewayProcess;
}

async function measureAt({ hall, fault, site, gateway }: Site): Promise<Row> {
  const asked: Asked[] = [];
  const callers = await startCallers({ hall, url: gateway.url, count: CALLERS, onAnswer: (one) => asked.push(one) });
  await delay(WARM_UP_MS);
  const before = { at: performance.now(), calls: hall.calls() };
  await delay(phaseMs);
  const spoilt = { at: performance.now(), calls: hall.calls() };
  for (let turn = 0; performance.now() - spoilt.at < phaseMs; turn++) {
    if (turn === 0 || fault.isMomentary) await fault.spoil(site);
    await delay(Math.max(0, Math.min(AGAIN_MS, spoilt.at + phaseMs - performance.now())));
  }
  const ended = { at: performance.now(), calls: hall.calls() };
  await fault.mend(site);
  const backMs = await untilUsed(site, asked, performance.now());
  await delay(1000);
  await callers.stop();
  const p99 = (from: number, to: number) => p99Of(asked.filter(({ at }) => at >= from && at < to));
  const rate = (from: typeof before, to: typeof before) => ((to.calls - from.calls) * 1000) / (to.at - from.at);
  return {
    fault: fault.name,
    requests: asked.length,
    failures: asked.flatMap(({ failure }) => failure ?? []),
    p99Ms: { before: p99(before.at, spoilt.at), during: p99(spoilt.at, ended.at) },
    backMs,
    legacyPerSecond: { before: rate(before, spoilt), during: rate(spoilt, ended) },
    legacyPeak: callers.mostSockets(),
  };
}

/** Until something of a person was written to Redis and something was read from it, asked for after `since`. */
async function untilUsed({ redis }: FaultyRedis, asked: readonly Asked[], since: number): Promise<number> {
  const writes = async () =>
    Number(/^cmdstat_set:calls=(\d+)/m.exec(await redis.client.info('commandstats'))?.[1] ?? 0);
  const first = asked.length;
  const written = await writes();
  while (performance.now() - since < 10 * MOST_BACK_MS) {
    const isRead = asked.slice(first).some(({ at, isShared }) => at >= since && isShared);
    if (isRead && (await writes()) > written) return performance.now() - since;
    await delay(10);
  }
  return Number.POSITIVE_INFINITY;
}

function p99Of(asked: readonly Asked[]): number {
  const sorted = Float64Array.from(asked, ({ tookMs }) => tookMs).sort();
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

function brokenPromises({ failures, p99Ms, backMs, legacyPeak }: Row): string[] {
  return [
    ...(failures.length > 0 ? [`${failures.length} requests failed, the first: ${failures[0]}`] : []),
    ...(p99Ms.during - p99Ms.before <= MOST_ADDED_MS ? [] : ['p99 grew by too much']),
    ...(backMs <= MOST_BACK_MS ? [] : ['it was not used again in time']),
    ...(legacyPeak <= SUBGRAPH_CAP ? [] : ['subgraphs were asked too much at once']),
  ];
}

function head(): string[] {
  return [
    'Redis',
    'requests',
    'failed',
    'p99 ms before',
    'during',
    'added',
    'used again after ms',
    'subgraph requests/s before',
    'during',
    `at once, of ${SUBGRAPH_CAP}`,
  ];
}

function toCells({ fault, requests, failures, p99Ms, backMs, legacyPerSecond, legacyPeak }: Row): string[] {
  const { before, during } = p99Ms;
  const numbers = [before, during, during - before].map((ms) => ms.toFixed(1));
  const rates = [legacyPerSecond.before, legacyPerSecond.during].map((rate) => rate.toFixed(0));
  return [
    fault,
    String(requests),
    String(failures.length),
    ...numbers,
    backMs.toFixed(0),
    ...rates,
    String(legacyPeak),
  ];
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
