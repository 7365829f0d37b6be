import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Caller } from '../../lib/caller.js';
import { createLinker, type Linker } from '../../lib/link.js';
import { type Program, type RunningProgram, startProgram } from '../../scripts/program.js';
import { ROOT } from '../../scripts/root.js';
import type { Part } from '../../scripts/run-file.js';
import { type Answer, ask } from './ask.js';
import { type Control, createControl } from './control.js';
import { createGatewayKey } from './gateway-key.js';

/** One simulated vehicle register and the subgraph that reads it, without gateway; the test holds the key of the links. */
export interface VehicleOffice {
  readonly linker: Linker;
  /** Where the export lies. */
  readonly folder: string;
  /** @throws TypeError where the office was started without its simulator. */
  readonly control: Control;
  query<Data>(
    document: string,
    question: { readonly caller?: Caller; readonly variables?: Readonly<Record<string, unknown>> },
  ): Promise<Answer<Data>>;
  /** The lines the subgraph logged with this text. */
  logged(text: string): readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

export interface VehicleAnswer {
  readonly plate: string;
  readonly vin: string;
  readonly recordedAt: string;
  readonly holderLink: string | null;
  readonly [field: string]: unknown;
}

export interface VehicleOfficeOptions {
  /** `false`: nobody writes an export but the test. */
  readonly simulator?: boolean;
  /** Provider of the cooperation file at the root, whose municipalities are served. */
  readonly provider: string;
  readonly serves: readonly string[];
  readonly size: number;
  readonly today: string;
}

export const VEHICLE = `query ($ags: AGS!, $plate: String!) { vehicle(ags: $ags, plate: $plate) {
  ags vin plate vinCheckDigit status make model firstRegistration inspectionDue emissionSticker recordedAt
  holderLink } }`;

/** Asks for one vehicle; no error is expected. */
export async function findVehicle(
  office: VehicleOffice,
  variables: { readonly ags: string; readonly plate: string },
  caller: Caller,
): Promise<VehicleAnswer | null> {
  const answer = await office.query<{ vehicle: VehicleAnswer | null }>(VEHICLE, { caller, variables });
  expect(answer.errors).toEqual([]);
  return answer.data?.vehicle ?? null;
}

const LINK_KEY = 'a key of the tests that is long enough to be one';

export async function startVehicleOffice(options: VehicleOfficeOptions): Promise<VehicleOffice> {
  const root = mkdtempSync(join(tmpdir(), 'fachverbund-test-'));
  const folder = join(root, 'export');
  mkdirSync(folder);
  const logFile = join(root, 'subgraph.log');
  const gateway = createGatewayKey();
  const base = { PATH: process.env.PATH ?? '', COOPERATION_PATH: join(ROOT, 'cooperation.yaml'), ...gateway.env };
  const start = (program: Omit<Program, 'name'>, file: string) =>
    startProgram({ name: program.args.join(' '), ...program }, file, new AbortController().signal);
  const simulator =
    options.simulator === false ? null : await start(toSimulator(options, folder, base), `${logFile}.2`);
  const subgraph = await start(toSubgraph(options, folder, base), logFile);
  return {
    linker: createLinker(LINK_KEY, 'vehicles'),
    folder,
    get control() {
      if (simulator === null) throw new TypeError('This office has no simulator.');
      return createControl({ ...toPart(simulator), ...(simulator.ready as { controlUrl: string }) });
    },
    query: (document, { caller, ...question }) =>
      ask(subgraph.ready as string, document, { ...question, signed: gateway.signAs('vehicles', caller) }),
    logged: (text) =>
      readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => line.includes(text))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    async stop() {
      await subgraph.stop();
      await simulator?.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const toSimulator = (options: VehicleOfficeOptions, folder: string, base: Program['env']): Omit<Program, 'name'> => ({
  script: 'simulators/main.js',
  args: ['vehicles'],
  env: {
    ...base,
    EXPORT_FOLDER: folder,
    SERVES: options.serves.join(','),
    POPULATION_SIZE: String(options.size),
    POPULATION_TODAY: options.today,
  },
});

const toSubgraph = (options: VehicleOfficeOptions, folder: string, base: Program['env']): Omit<Program, 'name'> => ({
  script: 'subgraphs/main.js',
  args: ['vehicles'],
  env: { ...base, EXPORT_FOLDER: folder, PROVIDER: options.provider, VEHICLES_LINK_KEY: LINK_KEY },
});

const toPart = ({ name, pid }: RunningProgram): Part => ({ name, pid, kind: 'simulator', url: '' });
