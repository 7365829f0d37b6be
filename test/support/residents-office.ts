import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../lib/caller.js';
import { createLinker, type Linker } from '../../lib/link.js';
import { drawCredentials } from '../../scripts/federation-plan.js';
import { type Program, startProgram } from '../../scripts/program.js';
import { ROOT } from '../../scripts/root.js';
import { type Answer, ask } from './ask.js';
import { type Control, createControl } from './control.js';
import { createGatewayKey } from './gateway-key.js';

/** The residents subgraph over a simulated register, without gateway; the test holds the keys of the links. */
export interface ResidentsOffice {
  readonly links: Readonly<Record<'vehicles' | 'housing-benefit', Linker>>;
  /** Address of the register's SOAP service, and the technical users it knows: `AGS:name:password`, by commas. */
  readonly register: { readonly url: string; readonly credentials: string };
  /** Where the subgraph takes what registers send by themselves. */
  readonly inletUrl: string;
  /** @throws TypeError where the office was started over a system of the test's own. */
  readonly control: Control;
  query<Data>(document: string, question: Question): Promise<Answer<Data>>;
  /** All that the subgraph has written. */
  log(): string;
  stop(): Promise<void>;
}

export interface Question {
  readonly caller?: Caller;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface ResidentsOfficeOptions {
  /** Provider of the cooperation file at the root, whose municipalities are served. */
  readonly provider: string;
  readonly serves: readonly string[];
  readonly size: number;
  readonly today: string;
  readonly deadlineMs: number;
  /** Technical users of the subgraph, where they are not those of the simulator. */
  readonly credentials?: string;
  /** SOAP service of the test's own, instead of a simulator. */
  readonly legacyUrl?: string;
  /** Further settings of the subgraph. */
  readonly settings?: Readonly<Record<string, string>>;
}

const KEYS = {
  RESIDENT_ID_KEY: 'a key of the tests for ids that is long enough',
  VEHICLES_LINK_KEY: 'a key of the tests for vehicles that is long enough',
  OWN_RECORD_KEY: 'a key of the tests for own records that is long enough',
  HOUSING_BENEFIT_LINK_KEY: 'a key of the tests for benefits that is long enough',
};

export async function startResidentsOffice(options: ResidentsOfficeOptions): Promise<ResidentsOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-test-'));
  const logFile = join(folder, 'subgraph.log');
  const gateway = createGatewayKey();
  const credentials = drawCredentials(options.serves);
  const base = { PATH: process.env.PATH ?? '', COOPERATION_PATH: join(ROOT, 'cooperation.yaml') };
  const start = (program: Omit<Program, 'name'>, file: string) =>
    startProgram({ name: program.script, ...program }, file, new AbortController().signal);
  const simulator =
    options.legacyUrl === undefined
      ? await start(toSimulator(options, { ...base, CREDENTIALS: credentials }), join(folder, 'simulator.log'))
      : null;
  const ready = simulator?.ready as { url: string; controlUrl: string } | undefined;
  const env = {
    ...base,
    ...KEYS,
    ...gateway.env,
    PROVIDER: options.provider,
    LEGACY_CREDENTIALS: options.credentials ?? credentials,
    LEGACY_URL: ready?.url ?? options.legacyUrl ?? '',
    LEGACY_DEADLINE_MS: String(options.deadlineMs),
    ...options.settings,
  };
  const subgraph = await start({ script: 'subgraphs/main.js', args: ['residents'], env }, logFile);
  return {
    links: {
      vehicles: createLinker(KEYS.VEHICLES_LINK_KEY, 'vehicles'),
      'housing-benefit': createLinker(KEYS.HOUSING_BENEFIT_LINK_KEY, 'housing-benefit'),
    },
    register: { url: env.LEGACY_URL, credentials },
    inletUrl: new URL('/xmeld', subgraph.ready as string).href,
    get control() {
      if (simulator === null || ready === undefined) throw new TypeError('This office has no simulator.');
      return createControl({
        name: 'register',
        kind: 'simulator',
        pid: simulator.pid,
        url: '',
        controlUrl: ready.controlUrl,
      });
    },
    query: (document, { caller, ...question }) =>
      ask(subgraph.ready as string, document, { ...question, signed: gateway.signAs('residents', caller) }),
    log: () => readFileSync(logFile, 'utf8'),
    async stop() {
      await subgraph.stop();
      await simulator?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const toSimulator = (options: ResidentsOfficeOptions, base: Program['env']): Omit<Program, 'name'> => ({
  script: 'simulators/main.js',
  args: ['residents'],
  env: {
    ...base,
    SERVES: options.serves.join(','),
    POPULATION_SIZE: String(options.size),
    POPULATION_TODAY: options.today,
  },
});
