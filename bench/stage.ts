import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import { createArena } from '../test/support/oracle/arena.js';
import { canonical } from '../test/support/oracle/canonical.js';
import { createRun, NO_FAULTS } from '../test/support/oracle/faults.js';
import type { Contestant, Place } from './contestants.js';
import { toCooperation } from './cooperation.js';
import { openGuard } from './guard.js';
import { freePort, GATEWAY_CORE, OTHER_CORE, type Running, start } from './processes.js';
import type { Companion } from './redis.js';
import { operationsOf, type Scenario, toArenaSettings } from './scenarios.js';

/** One scenario set up: its cheap subgraphs run, and it is known what the right answer is. */
export interface Stage {
  readonly scenario: Scenario;
  /** Sent in turn. */
  readonly bodies: readonly string[];
  /** Starts a contestant and checks its answers. @returns Why it cannot take part, or the running contestant. */
  enter(contestant: Contestant): Promise<Entered | string>;
  /** CPU time and memory of the subgraphs are read from this process. */
  readonly subgraphsPid: number;
  /** Subgraph requests since the last call. */
  countRequests(): Promise<number>;
  close(): Promise<void>;
}

export interface Entered {
  readonly contestant: Contestant;
  /** One for each replica. */
  readonly urls: readonly string[];
  readonly processes: readonly Running[];
  /** What runs beside them. */
  readonly companions: readonly Running[];
  /** With which it is asked. */
  readonly headers: Readonly<Record<string, string>>;
  /** Time from sending the operation for the first time in this process to its answer. */
  readonly firstMs: number;
  stop(): Promise<void>;
}

/** What the right answer to a body is. */
interface Question {
  readonly body: string;
  readonly truth: ExecutionResult;
}

/** Longest wait for a contestant to answer for the first time. */
const START_DEADLINE_MS = 60_000;
/** Of the operations asked in turn. */
const CHECKED = 10;

export async function openStage(scenario: Scenario, folder: string): Promise<Stage> {
  const standIns = start(
    { file: process.execPath, args: [new URL('stand-ins.js', import.meta.url).pathname, scenario.name] },
    OTHER_CORE,
  );
  const { ready } = JSON.parse(await standIns.nextLine(START_DEADLINE_MS)) as Ready;
  const settings = { ...toArenaSettings(scenario), url: (name: string) => ready.urls[name]?.[0] ?? '' };
  const { supergraphSdl, monolith, stock } = await createArena(scenario.supergraph, settings);
  const operations = operationsOf(scenario);
  const questions: Question[] = [];
  for (const operation of operations.slice(0, CHECKED))
    questions.push({ body: JSON.stringify(operation), truth: await monolith.run(operation, createRun(NO_FAULTS)) });
  await stock?.close();
  const paths = { supergraphPath: join(folder, 'supergraph.graphql'), answerPath: join(folder, 'answer.json') };
  writeFileSync(paths.supergraphPath, supergraphSdl);
  writeFileSync(paths.answerPath, JSON.stringify(questions[0]?.truth));
  const subgraphUrls = Object.fromEntries(Object.entries(ready.urls).map(([name, [url = '']]) => [name, url]));
  const cooperationPath = join(folder, 'cooperation.yaml');
  if (scenario.instances) writeFileSync(cooperationPath, JSON.stringify(toCooperation(ready.urls)));
  const guard = scenario.guarded && (await openGuard(scenario.guarded, { url: settings.url, folder }));
  const place = {
    ...paths,
    scenario: scenario.name,
    subgraphUrls,
    ...(scenario.instances && { cooperationPath }),
    ...(scenario.memoryBytes !== undefined && { memoryBytes: scenario.memoryBytes }),
    ...(guard && { guard }),
  };
  return {
    scenario,
    bodies: operations.map((operation) => JSON.stringify(operation)),
    subgraphsPid: standIns.pid,
    enter: (contestant) => enter(contestant, { place, folder, questions }),
    countRequests: async () => ((await (await fetch(ready.counterUrl)).json()) as { requests: number }).requests,
    async close() {
      await guard?.close();
      await standIns.stop();
    },
  };
}

interface Ready {
  readonly ready: { readonly urls: Readonly<Record<string, readonly string[]>>; readonly counterUrl: string };
}

interface Entry {
  readonly place: Omit<Place, 'port' | 'folder'>;
  readonly folder: string;
  readonly questions: readonly Question[];
}

/** Another connection may have taken the port that was free a moment ago: then once more. */
async function enter(contestant: Contestant, entry: Entry): Promise<Entered | string> {
  const result = await enterOnce(contestant, entry);
  return typeof result === 'string' && result.includes('EADDRINUSE') ? enterOnce(contestant, entry) : result;
}

async function enterOnce(contestant: Contestant, { place, folder, questions }: Entry): Promise<Entered | string> {
  const own = join(folder, contestant.name.replaceAll(/\W+/g, '-'));
  mkdirSync(own, { recursive: true });
  const companion = await openCompanion(contestant, own);
  if (typeof companion === 'string') return companion;
  const { env, processes: companions } = companion;
  const replicas = Array.from({ length: contestant.replicas ?? 1 }, (_, index) => join(own, String(index)));
  const started = await Promise.all(replicas.map((path) => startOne(contestant, { ...place, env, folder: path })));
  const [urls, processes] = [started.map(({ url }) => url), started.map(({ process }) => process)];
  const stop = async () => void (await Promise.all([...processes, ...companions].map((running) => running.stop())));
  const headers = (contestant.isGuarded && place.guard?.headers) || {};
  const asked = contestant.isDeaf ? questions.slice(0, 1) : questions;
  let firstMs = Number.NaN;
  for (const { url, process } of started) {
    const startedProblem = await untilAnswering(process, url);
    const sentAt = performance.now();
    const problem = startedProblem ?? (await check(url, asked.slice(0, 1), headers));
    if (Number.isNaN(firstMs)) firstMs = performance.now() - sentAt;
    const found = problem ?? (await check(url, asked.slice(1), headers));
    if (found === null) continue;
    await stop();
    return found;
  }
  return { contestant, urls, processes, companions, headers, firstMs, stop };
}

async function openCompanion({ openCompanion: open }: Contestant, folder: string): Promise<Companion | string> {
  try {
    return (await open?.(folder)) ?? { env: {}, processes: [] };
  } catch (error) {
    return (error as Error).message;
  }
}

async function startOne(
  contestant: Contestant,
  place: Omit<Place, 'port'>,
): Promise<{ url: string; process: Running }> {
  mkdirSync(place.folder, { recursive: true });
  const port = await freePort();
  const process = start(contestant.command({ ...place, port }), GATEWAY_CORE);
  return { url: `http://127.0.0.1:${port}${contestant.path}`, process };
}

/** @returns What is wrong with an answer; `null` where all are right. */
async function check(url: string, questions: readonly Question[], headers: Entered['headers']): Promise<string | null> {
  for (const { body, truth } of questions) {
    const answer = await ask(url, body, headers);
    if (answer === null) return 'wrong answer: none';
    if (canonical(answer.data) !== canonical(truth.data)) return `wrong answer: ${shorten(answer)}`;
  }
  return null;
}

/** @returns Why it does not answer; `null` when it does. */
async function untilAnswering(process: Running, url: string): Promise<string | null> {
  for (const endsAt = Date.now() + START_DEADLINE_MS; Date.now() < endsAt; ) {
    if (process.hasEnded()) return `did not start: ${process.lastWords().trim().split('\n').slice(-3).join(' ')}`;
    if ((await ask(url, JSON.stringify({ query: '{ __typename }' }))) !== null) return null;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return `no answer in ${START_DEADLINE_MS / 1000} s`;
}

/** @returns The answer; `null` while nobody listens. */
async function ask(url: string, body: string, further: Entered['headers'] = {}): Promise<ExecutionResult | null> {
  try {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...further };
    const response = await fetch(url, { method: 'POST', headers, body });
    return response.status < 500 ? ((await response.json()) as ExecutionResult) : null;
  } catch {
    return null;
  }
}

const shorten = (answer: ExecutionResult): string => JSON.stringify(answer.errors ?? answer).slice(0, 300);
