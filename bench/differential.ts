import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Arena, createArena, DEFAULT_ARENA } from '../test/support/oracle/arena.js';
import type { TestSupergraph } from '../test/support/oracle/compose.js';
import { type FoundDifference, type Report, runDifferential } from '../test/support/oracle/differential.js';
import type { Engine } from '../test/support/oracle/engine.js';
import { createInProcess } from '../test/support/oracle/in-process.js';
import { createOverHttp } from '../test/support/oracle/over-http.js';
import { type SubgraphServer, serveSubgraphs } from '../test/support/oracle/serve.js';
import { supergraphs } from '../test/support/oracle/supergraphs/index.js';
import { freePort, OTHER_CORE, type Running, start } from './processes.js';

/**
 * Random operations through a gateway, each answer held against the monolith and the stock gateway. Without `--module`
 * the gateway is this one's program, asked over HTTP, with its subgraphs on real ports. `--operations` is the number
 * over each supergraph, or with `--total` over all. Ends with 1 on a difference.
 */
const { values: options } = parseArgs({
  options: {
    operations: { type: 'string', default: '500' },
    total: { type: 'boolean', default: false },
    from: { type: 'string', default: '0' },
    supergraphs: { type: 'string', default: '' },
    faults: { type: 'boolean', default: false },
    stock: { type: 'boolean', default: false },
    show: { type: 'string', default: '3' },
    engine: { type: 'string', default: 'compiled' },
    module: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const names = options.supergraphs.split(',').filter((name) => name !== '');
const isOverHttp = options.module === undefined;
const chosen = supergraphs
  .filter(({ name }) => names.length === 0 || names.includes(name))
  // Over HTTP nobody is signed in, and a field with a right is denied: that is not what is compared here.
  .filter(({ needsRights }) => !(isOverHttp && needsRights));
const folder = mkdtempSync(join(tmpdir(), 'fachverbund-differential-'));
const reports: Report[] = [];
for (const supergraph of chosen) {
  const startedAt = Date.now();
  const report = await (isOverHttp ? judgeProgram(supergraph) : judgeModule(supergraph, options.module ?? ''));
  reports.push(report);
  if (!options.json) print(report, (Date.now() - startedAt) / 1000);
}
rmSync(folder, { recursive: true, force: true });
if (options.json) console.log(JSON.stringify(reports));
process.exit(reports.every(({ different }) => different === 0) ? 0 : 1);

/** @param path `dist/some/module.js#name`: a function as `CreateEngine`. */
async function judgeModule(supergraph: TestSupergraph, path: string): Promise<Report> {
  const [file = '', name = ''] = path.split('#');
  const module = (await import(pathToFileURL(resolve(file)).href)) as Record<string, never>;
  const create = module[name];
  if (create === undefined) throw new TypeError(`${file} exports no ${name}`);
  const arena = await createArena(supergraph, DEFAULT_ARENA);
  return judge(arena, await createInProcess(name, create, arena));
}

async function judgeProgram(supergraph: TestSupergraph): Promise<Report> {
  const server = await serveSubgraphs();
  const arena = await createArena(supergraph, { ...DEFAULT_ARENA, url: server.url });
  server.install(arena.subgraphs);
  const port = await freePort();
  const gateway = startGateway(arena, port);
  try {
    const engine = createOverHttp(options.engine, `http://127.0.0.1:${port}/graphql`, server);
    await untilReady(engine, gateway, server);
    return await judge(arena, engine);
  } finally {
    await gateway.stop();
    await server.close();
  }
}

function startGateway(arena: Arena, port: number): Running {
  const path = join(folder, `${arena.name}.graphql`);
  writeFileSync(path, arena.supergraphSdl);
  const env = {
    PORT: String(port),
    ADMIN_PORT: '0',
    SUPERGRAPH_PATH: path,
    ENGINE: options.engine,
    ACCESS_DEFAULT: 'public',
    AUDIT: 'off',
    LIMITS: 'off',
    RATE_LIMIT: 'off',
    LOG_LEVEL: 'silent',
    DRAIN_NOTICE_MS: '0',
    // Whether a plan is right is the question here, not whether a busy machine makes it in time.
    PLANNING_DEADLINE_MS: '60000',
  };
  const main = new URL('../gateway/main.js', import.meta.url).pathname;
  return start({ file: process.execPath, args: [main], env }, OTHER_CORE);
}

/** @throws Error where the gateway has ended, or does not answer within 30 s. */
async function untilReady(engine: Engine, gateway: Running, server: SubgraphServer): Promise<void> {
  for (const endsAt = Date.now() + 30_000; Date.now() < endsAt; ) {
    if (gateway.hasEnded()) break;
    const isReady = await engine.run({ query: '{ __typename }', variables: {} }, server.idle()).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`The gateway does not answer:\n${gateway.lastWords()}`);
}

async function judge(arena: Arena, engine: Engine): Promise<Report> {
  const report = await runDifferential(arena, engine, {
    from: Number(options.from),
    operations: Math.ceil(Number(options.operations) / (options.total ? chosen.length : 1)),
    withFaults: options.faults,
    withStock: options.stock,
    maxShown: Number(options.show),
  });
  await engine.close();
  await arena.stock?.close();
  return report;
}

function print({ differences, requests, ...counts }: Report, seconds: number): void {
  console.log(
    `${counts.supergraph}: ${counts.operations} operations in ${seconds.toFixed(0)} s, ${counts.different} different, ` +
      `${counts.knownFaults} known faults of the planner, stock wrong in ${counts.stockWrong}, ${counts.unjudged} unjudged, ${counts.better} lost less than stock, ${counts.otherPaths} with other paths, ` +
      `subgraph requests ${requests.engine} (stock ${requests.stock})`,
  );
  for (const difference of differences) printDifference(difference);
}

function printDifference({ operation, ...found }: FoundDifference): void {
  const name = operation.operationName === undefined ? '' : ` as ${operation.operationName}`;
  console.log(`\n  seed ${found.seed}, fault ${found.fault}: ${found.kind} (against ${found.judge})`);
  console.log(operation.query.replaceAll(/^/gm, '    '), JSON.stringify(operation.variables), name);
  console.log(`  expected ${JSON.stringify(found.expected)?.slice(0, 1000)}`);
  console.log(`  got      ${JSON.stringify(found.got)?.slice(0, 1000)}${found.isLikeStock ? ', as stock' : ''}`);
  for (const message of found.errors.slice(0, 3)) console.log(`  error    ${message}`);
}
