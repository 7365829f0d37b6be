import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createArena } from '../test/support/oracle/arena.js';
import { fitLine } from './fit-line.js';
import { describeMachine, readMachine } from './machine.js';
import { load } from './measure.js';
import { freePort, GATEWAY_CORE, OTHER_CORE, type Running, start } from './processes.js';
import { findScenario, SCENARIOS, toArenaSettings } from './scenarios.js';

/**
 * Keeps the gateway busy with a fixed mix of operations over the municipal schema and reads its heap, garbage
 * collected, once a window. Ends with 1 where the heap surely grows.
 */
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    windows: { type: 'string', default: '20' },
    operations: { type: 'string', default: '200' },
    connections: { type: 'string', default: '50' },
    engine: { type: 'string', default: 'compiled' },
  },
});

interface Probe {
  readonly heapUsed: number;
  readonly rss: number;
  readonly external: number;
  /** Longest stall of the event loop since the last probe, the collection of garbage not counted. */
  readonly stallMs: number;
}

const scenario = findScenario('municipal-page');
const folder = mkdtempSync(join(tmpdir(), 'fachverbund-soak-'));
const standIns = start(
  { file: process.execPath, args: [new URL('stand-ins.js', import.meta.url).pathname, scenario.name] },
  OTHER_CORE,
);
const { ready } = JSON.parse(await standIns.nextLine(60_000)) as { ready: { urls: Record<string, string[]> } };
const settings = {
  ...toArenaSettings(scenario),
  url: (name: string) => ready.urls[name]?.[0] ?? '',
  maxSelections: 40,
};
const arena = await createArena(scenario.supergraph, settings);
await arena.stock?.close();
const port = await freePort();
const gateway = startGateway();
try {
  await report();
} finally {
  await gateway.stop();
  await standIns.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Half of the mix are the two operations of the municipal scenarios, half are random ones, the same every time. */
function mix(): string[] {
  const pages = SCENARIOS.filter(({ name }) => name.startsWith('municipal')).map(({ operation }) => operation);
  const random = Array.from({ length: Number(options.operations) }, (_, seed) => arena.generate(`soak ${seed}`, false));
  return random
    .flatMap((operation, index) => [operation, pages[index % pages.length]])
    .map((item) => JSON.stringify(item));
}

function startGateway(): Running {
  const path = join(folder, 'supergraph.graphql');
  writeFileSync(path, arena.supergraphSdl);
  const probe = new URL('heap-probe.js', import.meta.url).href;
  const env = {
    PORT: String(port),
    ADMIN_PORT: '0',
    SUPERGRAPH_PATH: path,
    ENGINE: options.engine,
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    LIMITS: 'off',
    LOG_LEVEL: 'silent',
    DRAIN_NOTICE_MS: '0',
  };
  const main = new URL('../gateway/main.js', import.meta.url).pathname;
  return start({ file: process.execPath, args: ['--expose-gc', '--import', probe, main], env }, GATEWAY_CORE);
}

async function report(): Promise<void> {
  const windows = Number(options.windows);
  const seconds = (Number(options.minutes) * 60) / windows;
  const order = { urls: [`http://127.0.0.1:${port}/graphql`], bodies: mix(), connections: Number(options.connections) };
  console.log(`${describeMachine(readMachine())}\n`);
  await gateway.nextLine(30_000);
  // What is compiled and optimised once is no growth.
  await load({ ...order, seconds: Math.min(30, seconds) });
  console.log(
    '| window | requests/s | failures | p99 ms | stall ms | heap MB | RSS MB |\n| --: | --: | --: | --: | --: | --: | --: |',
  );
  const heaps: { x: number; y: number }[] = [];
  let failures = 0;
  for (let window = 1; window <= windows; window++) {
    const result = await load({ ...order, seconds });
    const { heapUsed, rss, stallMs } = await probe();
    heaps.push({ x: (window * seconds) / 60, y: heapUsed / 2 ** 20 });
    failures += result.failures;
    const cells = [window, result.requests / result.seconds, result.failures, result.p99Ms, stallMs];
    console.log(
      `| ${[...cells, heapUsed / 2 ** 20, rss / 2 ** 20].map((cell) => cell.toFixed(cell < 100 ? 1 : 0)).join(' | ')} |`,
    );
  }
  const { slope, slopeError } = fitLine(heaps);
  // 2.1 standard errors: 95 % at about 20 windows.
  const [low, high] = [slope - 2.1 * slopeError, slope + 2.1 * slopeError];
  console.log(
    `\nHeap after garbage collection: ${slope.toFixed(3)} MB a minute (95 %: ${low.toFixed(3)} to ${high.toFixed(3)}), ${failures} failed`,
  );
  if (low > 0.05 || failures > 0) process.exitCode = 1;
}

async function probe(): Promise<Probe> {
  const line = gateway.nextLine(10_000);
  process.kill(gateway.pid, 'SIGUSR2');
  return (JSON.parse(await line) as { probe: Probe }).probe;
}
