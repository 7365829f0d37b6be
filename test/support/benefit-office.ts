import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Caller } from '../../lib/caller.js';
import { createLinker, type Linker } from '../../lib/link.js';
import { type Program, startProgram } from '../../scripts/program.js';
import { ROOT } from '../../scripts/root.js';
import { type Answer, ask } from './ask.js';
import { type Control, createControl } from './control.js';
import { createGatewayKey } from './gateway-key.js';

/** One simulated housing-benefit system and the subgraph that reads it, without gateway; the test holds the link key. */
export interface BenefitOffice {
  readonly linker: Linker;
  readonly control: Control;
  query<Data>(
    document: string,
    question?: { readonly caller?: Caller; readonly variables?: Readonly<Record<string, unknown>> },
  ): Promise<Answer<Data>>;
  /** Runs statements with the adapter's own role, each by itself. */
  sql(...statements: string[]): Promise<Record<string, unknown>[]>;
  /** All the subgraph wrote so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface BenefitOfficeOptions {
  /** Provider of the cooperation file at the root, whose municipalities are served. */
  readonly provider: string;
  readonly serves: readonly string[];
  readonly size: number;
  readonly today: string;
  readonly deadlineMs: number;
  /** A PostgreSQL server to use. */
  readonly serverUrl?: string;
}

/** Most that the subgraph of the office opens. */
export const CONNECTIONS = 6;
const LINK_KEY = 'a key of the tests that is long enough to be one';

export async function startBenefitOffice(options: BenefitOfficeOptions): Promise<BenefitOffice> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-test-'));
  const gateway = createGatewayKey();
  const base = { PATH: process.env.PATH ?? '', COOPERATION_PATH: join(ROOT, 'cooperation.yaml') };
  const start = (script: string, env: Program['env']) =>
    startProgram(
      { name: script, script, args: ['housing-benefit'], env: { ...base, ...env } },
      join(folder, `${script.replaceAll('/', '-')}.log`),
      new AbortController().signal,
    );
  const simulator = await start('simulators/main.js', {
    SERVES: options.serves.join(','),
    POPULATION_SIZE: String(options.size),
    POPULATION_TODAY: options.today,
    ...(options.serverUrl ? { DATABASE_URL: options.serverUrl } : {}),
  });
  const { databaseUrl, controlUrl } = simulator.ready as { databaseUrl: string; controlUrl: string };
  const subgraph = await start('subgraphs/main.js', {
    DATABASE_URL: databaseUrl,
    ...gateway.env,
    PROVIDER: options.provider,
    HOUSING_BENEFIT_LINK_KEY: LINK_KEY,
    LEGACY_DEADLINE_MS: String(options.deadlineMs),
    LEGACY_CONNECTIONS: String(CONNECTIONS),
  });
  return {
    linker: createLinker(LINK_KEY, 'housing-benefit'),
    control: createControl({ name: simulator.name, kind: 'simulator', pid: simulator.pid, url: '', controlUrl }),
    query: (document, { caller, ...question } = {}) =>
      ask(subgraph.ready as string, document, { ...question, signed: gateway.signAs('housing-benefit', caller) }),
    sql: (...statements) => runAll(databaseUrl, statements),
    log: () => readFileSync(join(folder, 'subgraphs-main.js.log'), 'utf8'),
    async stop() {
      await subgraph.stop();
      await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements one after the other. @returns The rows of the last one. */
export async function runAll(url: string, statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query<Record<string, unknown>>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** A caseworker of the housing-benefit office. @param municipalities AGS, or prefixes ending in `*`. */
export const benefitClerk = (...municipalities: string[]): Caller => ({
  subject: 'benefit-clerk',
  role: 'caseworker',
  office: 'housing-benefit',
  municipalities,
  trustLevel: null,
  account: null,
  purpose: 'housing-benefit.case',
  fileReference: 'WG 1/2026',
  scopes: [],
});
