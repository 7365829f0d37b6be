import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Cooperation } from '../lib/cooperation/model.js';
import { readCooperationFile } from '../lib/cooperation/read.js';
import { LOG_LEVELS } from '../lib/log.js';
import { port, readSettings } from '../lib/settings.js';
import { WORLD_SETTINGS } from '../simulators/world-settings.js';
import { type Federation, startFederation } from './federation.js';
import { findFreePorts, isFree } from './ports.js';
import { ROOT } from './root.js';
import { clearRunFolder, findRunning, type Part } from './run-file.js';

const RUN_FOLDER = join(ROOT, '.run');

/** `npm start`: everything on this machine, until Ctrl-C. */
const START_SETTINGS = {
  ...WORLD_SETTINGS,
  PORT: port().default(4000),
  ADMIN_PORT: port().default(4900),
  /** PostgreSQL for the housing-benefit simulators; without one they bring their own. */
  DATABASE_URL: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  /** Where `federation.json` and the logs of all parts are while it runs. */
  RUN_FOLDER: z.string().default(RUN_FOLDER),
};

const print = (text: string) => void process.stdout.write(`${text}\n`);
const complain = (text: string) => void process.stderr.write(`${text}\n`);

const leaving = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => leaving.abort());
// npm passes SIGTERM to its shell alone, which does not hand it on: without the shell, nobody can stop us any more.
const shell = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid === shell || leaving.abort(), 500).unref();

try {
  const federation = await start();
  await untilAborted(leaving.signal);
  print('Stopping …');
  await federation.stopAll();
  process.exit(0);
} catch (error) {
  if (!leaving.signal.aborted) complain((error as Error).message);
  process.exit(leaving.signal.aborted ? 0 : 1);
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

async function start(): Promise<Federation> {
  const beganAt = Date.now();
  const settings = readSettings(START_SETTINGS, process.env);
  const cooperationPath = resolve(settings.COOPERATION_PATH);
  const cooperation = readCooperationFile(cooperationPath);
  await checkPorts(cooperation, settings);
  clearRunFolder(settings.RUN_FOLDER);
  print(`Starting ${cooperation.municipalities.length} municipalities …`);
  const federation = await startFederation({
    cooperation,
    cooperationPath,
    runFolder: settings.RUN_FOLDER,
    population: { size: settings.POPULATION_SIZE, seed: settings.POPULATION_SEED, today: settings.POPULATION_TODAY },
    subgraphs: null,
    identity: true,
    gateway: true,
    gatewayPort: settings.PORT || ((await findFreePorts(1))[0] ?? 0),
    gatewayEnv: {
      ...gatewayEnv(),
      COOPERATION_PATH: cooperationPath,
      LOG_LEVEL: settings.LOG_LEVEL,
      ADMIN_PORT: String(settings.ADMIN_PORT || ((await findFreePorts(1))[0] ?? 0)),
    },
    databaseUrl: settings.DATABASE_URL ?? null,
    logLevel: settings.LOG_LEVEL,
    surroundings: process.env,
    signal: leaving.signal,
    onGone: (name, reason, lines) => complain([`${name} ${reason}`, ...lines.map((line) => `  ${line}`)].join('\n')),
  });
  if (!leaving.signal.aborted)
    print(describe(federation.list(), { runFolder: settings.RUN_FOLDER, tookMs: Date.now() - beganAt }));
  return federation;
}

/** Whoever starts the demo may set everything of the gateway; for a first look the playground is on. */
function gatewayEnv(): Record<string, string> {
  const given = Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return { PLAYGROUND: 'on', PLAYGROUND_CLIENT_ID: 'playground', INTROSPECTION: 'on', ...Object.fromEntries(given) };
}

/** @throws Error that names every address somebody else has. */
async function checkPorts(
  cooperation: Cooperation,
  settings: { PORT: number; ADMIN_PORT: number; RUN_FOLDER: string },
): Promise<void> {
  const running = await findRunning(settings.RUN_FOLDER);
  if (running) throw new Error(`It is running already: ${running} (see ${settings.RUN_FOLDER}/federation.json).`);
  const instances = [...cooperation.subgraphs].flatMap(([name, all]) =>
    all.map(({ provider, url }) => ({ name, provider, url })),
  );
  const wanted: [number, string][] = [
    [settings.PORT, 'the gateway; set PORT to another one'],
    [settings.ADMIN_PORT, "the operators' port of the gateway; set ADMIN_PORT to another one"],
    ...instances.map(({ name, provider, url }): [number, string] => [
      Number(new URL(url).port),
      `subgraph ${name} of ${provider}, as the cooperation file says`,
    ]),
  ];
  const taken: string[] = [];
  for (const [number, what] of wanted)
    if (number !== 0 && !(await isFree(number))) taken.push(`Port ${number} is in use. It is needed for ${what}.`);
  if (taken.length > 0) throw new Error(taken.join('\n'));
}

function describe(
  parts: readonly Part[],
  { runFolder, tookMs }: { readonly runFolder: string; readonly tookMs: number },
): string {
  const gateway = parts.find(({ kind }) => kind === 'gateway');
  const url = gateway ? new URL(gateway.url).origin : '';
  const folder = runFolder === RUN_FOLDER ? '.run' : runFolder;
  const token = `${runFolder === RUN_FOLDER ? '' : `RUN_FOLDER=${runFolder} `}npm run -s token -- citizen`;
  const rows = parts.map((part) => `  ${part.name.padEnd(30)} ${withoutCredentials(part.url)}`);
  return `
${rows.join('\n')}

Ready after ${(tookMs / 1000).toFixed(1)} s. All people, vehicles and cases are fictitious, the legacy systems are simulators.
Playground: ${url}/ · what runs where: ${folder}/federation.json · stop with Ctrl-C

A token, and one query over three systems:

  ${token}

  curl -s ${url}/graphql -H "Authorization: Bearer $(${token})" \\
    -H 'Content-Type: application/json' \\
    -d '{"query":"{ me { familyName currentAddress { place } housingBenefitCases { monthlyAmountCents payments { edges { node { amountCents } } } } vehicles { plate make } } }"}'
`;
}

/** Passwords stand in `.run/federation.json`, not on the screen. */
function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
