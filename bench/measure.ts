import { readCaches, shareFound } from './cache-reads.js';
import type { LoadOrder, LoadResult } from './load.js';
import { OTHER_CORE, start, usageOf } from './processes.js';
import type { Entered, Stage } from './stage.js';

/** What one contestant did in one round. */
export interface Round {
  readonly perSecond: number;
  readonly failures: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  readonly rssBytes: number;
  readonly subgraphRequestsPerRequest: number;
  /** Share of what was looked for in a cache and found fresh, by the name of the cache. */
  readonly found: Readonly<Record<string, number>>;
  /** Share of the other core that load generator, subgraphs and companions used: near 1 they were the limit, not the gateway. */
  readonly otherCore: number;
  readonly answerBytes: number;
}

export interface LoadSettings {
  readonly connections: number;
  readonly seconds: number;
}

/** Puts a running contestant under load. */
export async function measure(stage: Stage, entered: Entered, settings: LoadSettings): Promise<Round> {
  const { urls, headers, processes, companions } = entered;
  const { perSecond } = stage.scenario;
  const own = processes.map(({ pid }) => pid);
  const beside = [stage.subgraphsPid, ...companions.map(({ pid }) => pid)];
  const readUsage = () => ({ gateway: usageOf(...own), others: usageOf(...beside) });
  const foundBefore = await readCaches(processes);
  await stage.countRequests();
  const before = readUsage();
  const order = { ...settings, urls, headers, bodies: stage.bodies };
  const result = await load(perSecond === undefined ? order : { ...order, perSecond });
  const after = readUsage();
  const requests = Math.max(1, result.requests);
  const others = after.others.cpuMs - before.others.cpuMs + result.cpuMs;
  return {
    perSecond: result.requests / result.seconds,
    failures: result.failures,
    p50Ms: result.p50Ms,
    p95Ms: result.p95Ms,
    p99Ms: result.p99Ms,
    cpuMsPerRequest: (after.gateway.cpuMs - before.gateway.cpuMs) / requests,
    rssBytes: after.gateway.rssBytes,
    subgraphRequestsPerRequest: (await stage.countRequests()) / requests,
    found: shareFound(foundBefore, await readCaches(processes)),
    otherCore: others / (result.seconds * 1000),
    answerBytes: result.answerBytes,
  };
}

/** Runs the load generator in a process of its own. */
export async function load(order: LoadOrder): Promise<LoadResult> {
  const args = [new URL('load.js', import.meta.url).pathname];
  const generator = start({ file: process.execPath, args, input: JSON.stringify(order) }, OTHER_CORE);
  const line = await generator.nextLine((order.seconds + 60) * 1000);
  await generator.stop();
  return JSON.parse(line) as LoadResult;
}
