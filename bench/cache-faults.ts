import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startRedis } from '../test/support/redis.js';
import { type FaultyRedis, openFaultyRedis, REDIS_FAULTS, type RedisFault } from '../test/support/redis-faults.js';
import { startTownHall, type TownHall } from '../test/support/town-hall.js';
import { type Asked, type Callers, startCallers } from './cache-callers.js';
import { describeMachine, readMachine } from './machine.js';

/**
 * What a Redis that fails costs those who ask meanwhile. One gateway, whose memory holds little of what is asked, and
 * 30 callers; what is about people is in Redis alone. A twin, whose Redis is well, is asked the same at the same time: what
 * is late in both is the machine's. Ends with 1 where a promise of docs/caches.md is not held.
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
  readonly p99Ms: { readonly before: number; readonly during: number; readonly twin: number };
  readonly backMs: number;
  readonly legacyPerSecond: { readonly before: number; readonly during: number };
  readonly legacyPeak: number;
}

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, only: { type: 'string', default: '' } },
});
const phaseMs = Number(values.seconds) * 1000;
const halls = [await startTownHall(['towns', 'register']), await startTownHall(['towns', 'register'])] as const;
try {
  console.log(`${describeMachine({ ...readMachine(), isPinned: false })}\n`);
  console.log(toLine(head()));
  console.log(toLine(head().map((_, index) => (index === 0 ? '---' : '--:'))));
  for (const fault of REDIS_FAULTS.filter(({ name }) => name.includes(values.only))) {
    const row = await measure(fault);
    console.log(toLine(toCells(row)));
    const broken = brokenPromises(row);
    for (const promise of broken) console.error(`${row.fault}: ${promise}`);
    if (broken.length > 0) process.exitCode = 1;
  }
} finally {
  await Promise.all(halls.map((hall) => hall.close()));
}

async function measure(fault: RedisFault): Promise<Row> {
  const [side, twin] = await Promise.all([open(halls[0], fault.isOnWire), open(halls[1])]);
  try {
    return await measureAt(fault, side, twin);
  } finally {
    side.site.redis.thaw();
    await Promise.all([side.close(), twin.close()]);
  }
}

/** A gateway with a Redis of its own, and those who ask it. */
interface Side {
  readonly hall: TownHall;
  readonly site: FaultyRedis;
  readonly asked: readonly Asked[];
  readonly callers: Callers;
  close(): Promise<void>;
}

async function open(hall: TownHall, isOnWire = false): Promise<Side> {
  const redis = await startRedis();
  const site = await openFaultyRedis(redis);
  const gateway = await hall.start({
    REDIS_URL: isOnWire ? site.wireUrl : redis.url,
    CACHE_KEYS: Buffer.alloc(32, 7).toString('base64'),
    CACHE_MEMORY_BYTES: '1048576',
    SUBGRAPH_CONNECTIONS: String(SUBGRAPH_CAP),
    LOG_LEVEL: 'silent',
  });
  const asked: Asked[] = [];
  const callers = await startCallers({ hall, url: gateway.url, count: CALLERS, onAnswer: (one) => asked.push(one) });
  return {
    hall,
    site,
    asked,
    callers,
    async close() {
      await callers.stop();
      await gateway.stop();
      await site.wire.close();
      await redis.close();
    },
  };
}

async function measureAt(fault: RedisFault, { hall, site, asked, callers }: Side, twin: Side): Promise<Row> {
  const look = () => ({ at: performance.now(), calls: hall.calls() });
  await delay(WARM_UP_MS);
  const before = look();
  await delay(phaseMs);
  const spoilt = look();
  for (let turn = 0; performance.now() - spoilt.at < phaseMs; turn++) {
    if (turn === 0 || fault.isMomentary) await fault.spoil(site);
    await delay(Math.max(0, Math.min(AGAIN_MS, spoilt.at + phaseMs - performance.now())));
  }
  const ended = look();
  await fault.mend(site);
  const backMs = await untilUsed(site, asked, performance.now());
  await delay(1000);
  const p99 = (of: Side['asked'], from: Look, to: Look) => p99Of(of.filter(({ at }) => at >= from.at && at < to.at));
  const rate = (from: Look, to: Look) => ((to.calls - from.calls) * 1000) / (to.at - from.at);
  return {
    fault: fault.name,
    requests: asked.length,
    failures: asked.flatMap(({ failure }) => failure ?? []),
    p99Ms: {
      before: p99(asked, before, spoilt),
      during: p99(asked, spoilt, ended),
      twin: p99(twin.asked, spoilt, ended),
    },
    backMs,
    legacyPerSecond: { before: rate(before, spoilt), during: rate(spoilt, ended) },
    legacyPeak: callers.mostSockets(),
  };
}

interface Look {
  readonly at: number;
  readonly calls: number;
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

/** What is late in the twin, too, is not the fault's. */
function addedMs({ during, twin }: Row['p99Ms']): number {
  return during - twin;
}

function brokenPromises({ failures, p99Ms, backMs, legacyPeak }: Row): string[] {
  return [
    ...(failures.length > 0 ? [`${failures.length} requests failed, the first: ${failures[0]}`] : []),
    ...(addedMs(p99Ms) <= MOST_ADDED_MS ? [] : ['p99 grew by too much']),
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
    'twin',
    'added',
    'used again after ms',
    'subgraph requests/s before',
    'during',
    `at once, of ${SUBGRAPH_CAP}`,
  ];
}

function toCells({ fault, requests, failures, p99Ms, backMs, legacyPerSecond, legacyPeak }: Row): string[] {
  const numbers = [p99Ms.before, p99Ms.during, p99Ms.twin, addedMs(p99Ms)].map((ms) => ms.toFixed(1));
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
