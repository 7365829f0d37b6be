import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import { findFreePorts, isFree } from '../../scripts/ports.js';
import { dist, ROOT } from '../../scripts/root.js';
import type { Part } from '../../scripts/run-file.js';
import type { Person } from '../../simulators/person.js';
import { people } from '../../simulators/world.js';
import { ask } from '../support/ask.js';
import { withFreePorts } from '../support/federation.js';
import { isAlive, run, type TestProcess } from '../support/process.js';

const TODAY = '2026-03-20';
const SIZE = 2000;
const CITIZEN_QUERY = `{ me {
  familyName currentAddress { place }
  housingBenefitCases { monthlyAmountCents payments { edges { node { amountCents } } } }
  vehicles { plate make }
} }`;

interface Me {
  readonly me: {
    readonly familyName: string;
    readonly currentAddress: { readonly place: string };
    readonly housingBenefitCases: readonly {
      readonly monthlyAmountCents: number;
      readonly payments: { readonly edges: readonly { readonly node: { readonly amountCents: number } }[] };
    }[];
    readonly vehicles: readonly { readonly plate: string; readonly make: string }[];
  };
}

/** A start in folders and ports of its own. */
interface Start {
  readonly folder: string;
  readonly temporary: string;
  readonly cooperationPath: string;
  readonly env: Readonly<Record<string, string>>;
  readonly federation: TestProcess;
  parts(): readonly Part[];
  end(): Promise<void>;
}

const START = [dist('scripts/start.js')];

async function begin(
  cooperation: string,
  further: Readonly<Record<string, string>> = {},
  args: readonly string[] = START,
): Promise<Start> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-start-'));
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  // PostgreSQL runs as somebody else where the tests run as root.
  for (const path of [folder, temporary]) chmodSync(path, 0o711);
  const cooperationPath = join(folder, 'cooperation.yaml');
  writeFileSync(cooperationPath, await withFreePorts(cooperation));
  const [port, adminPort] = await findFreePorts(2);
  const env = {
    COOPERATION_PATH: cooperationPath,
    RUN_FOLDER: join(folder, 'run'),
    TMPDIR: temporary,
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    POPULATION_SIZE: String(SIZE),
    POPULATION_TODAY: TODAY,
    ...further,
  };
  const federation = run(args, env);
  return {
    folder,
    temporary,
    cooperationPath,
    env,
    federation,
    parts: () => (JSON.parse(readFileSync(join(env.RUN_FOLDER, 'federation.json'), 'utf8')) as { parts: Part[] }).parts,
    async end() {
      federation.kill('SIGTERM');
      await federation.ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The audit log stays: it is what there is to show afterwards. */
const leftIn = (folder = ''): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name !== 'audit' && name !== 'audit-head.json') : [];

describe('npm start', () => {
  let start: Start;

  const gateway = () => start.parts().find(({ kind }) => kind === 'gateway')?.url ?? '';
  const token = async (persona: string) => {
    const script = run([join(ROOT, 'scripts/token.mjs'), persona], { RUN_FOLDER: start.env.RUN_FOLDER ?? '' });
    return { code: await script.ended, stdout: script.stdout(), stderr: script.stderr() };
  };
  const truth = (persona: string): Person | undefined => {
    const { municipalities } = readCooperationFile(start.cooperationPath);
    for (const person of people({ municipalities, size: SIZE, seed: 1, today: TODAY }))
      if (person.persona === persona) return person;
    return undefined;
  };

  beforeAll(async () => {
    start = await begin(join(ROOT, 'cooperation.yaml'));
    await start.federation.waitFor('Ready after');
  }, 120_000);

  afterAll(() => start.end(), 30_000);

  it('says where everything is and what to try', () => {
    expect(start.federation.stdout()).toContain('npm run -s token -- citizen');
    for (const { name, url } of start.parts())
      expect(start.federation.stdout()).toMatch(new RegExp(`${name} +${url.replace(/\/\/.+@/, '//')}`));
    expect(start.federation.stdout()).not.toContain('@127.0.0.1');
  });

  it('names every part, its process and its municipalities', () => {
    const kinds = start.parts().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'subgraph')).toHaveLength(13);
    expect(kinds.filter((kind) => kind === 'simulator')).toHaveLength(11);
    expect(kinds.slice(0, 2)).toEqual(['gateway', 'identity']);
    for (const { pid } of start.parts()) expect(isAlive(pid)).toBe(true);
    const simulator = start.parts().find(({ name }) => name === 'housing-benefit-nk-simulator');
    expect(simulator).toMatchObject({
      kind: 'simulator',
      municipalities: ['10043114', '10043115'],
      controlUrl: expect.stringMatching(/^http:/),
      databaseUrl: expect.stringMatching(/^postgres/),
    });
  });

  it('answers a citizen from three systems with what really is', async () => {
    const { stdout } = await token('citizen');
    const { data, errors } = await ask<Me>(gateway(), CITIZEN_QUERY, { token: stdout.trim() });
    const person = truth('citizen');
    expect(errors).toEqual([]);
    expect(data?.me.familyName).toBe(person?.familyName);
    expect(data?.me.currentAddress.place).toBe(person?.residences[0]?.place);
    expect(data?.me.vehicles).toEqual(
      person?.vehicles
        .map(({ plate, make }) => ({ plate, make }))
        .sort((one, other) => (one.plate < other.plate ? -1 : 1)),
    );
    expect(data?.me.housingBenefitCases.map(({ monthlyAmountCents }) => monthlyAmountCents)).toEqual([
      person?.housingBenefit?.monthlyAmountCents,
    ]);
    const payments = data?.me.housingBenefitCases[0]?.payments.edges ?? [];
    expect(payments.length).toBeGreaterThan(0);
    for (const { node } of payments) expect(node.amountCents).toBeGreaterThan(0);
  });

  it('finds the car and the case of someone who moved at the former office', async () => {
    const { stdout } = await token('citizen-moved');
    const { data, errors } = await ask<Me>(gateway(), CITIZEN_QUERY, { token: stdout.trim() });
    const person = truth('citizen-moved');
    expect(errors).toEqual([]);
    expect(data?.me.currentAddress.place).toBe('Homburg');
    expect(data?.me.vehicles.map(({ plate }) => plate).sort()).toEqual(
      person?.vehicles.map(({ plate }) => plate).sort(),
    );
    expect(data?.me.housingBenefitCases).toHaveLength(1);
  });

  it('gives a token and nothing else, or one sentence', async () => {
    expect(await token('citizen')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^[\w.-]+\n$/) });
    const unknown = await token('mayor');
    expect(unknown).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^There is no persona "mayor"\..+\n$/),
    });
    const script = run([join(ROOT, 'scripts/token.mjs'), 'citizen'], { RUN_FOLDER: join(start.folder, 'nowhere') });
    expect([await script.ended, script.stdout(), script.stderr()]).toEqual([
      1,
      '',
      'Nothing is running here: start it with `npm start`.\n',
    ]);
  });

  it('refuses to start a second time, and where a port is taken', async () => {
    const second = run(START, start.env);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain('It is running already');
    const third = run(START, { ...start.env, RUN_FOLDER: join(start.folder, 'other') });
    expect(await third.ended).toBe(1);
    expect(third.stderr()).toContain(`Port ${start.env.PORT} is in use. It is needed for the gateway`);
    for (const { pid } of start.parts()) expect(isAlive(pid)).toBe(true);
  }, 20_000);
});
const SMALL = `
municipalities:
  - { ags: "10045114", name: Homburg, district: "10045" }
providers:
  - { id: spk, name: IT des Saarpfalz-Kreises }
subgraphs:
${['residents', 'housing-benefit', 'vehicles', 'directory']
  .map((name) => `  ${name}: { instances: [{ provider: spk, url: "http://127.0.0.1:1/graphql", serves: ["*"] }] }`)
  .join('\n')}
`;

describe('a small federation', () => {
  let start: Start | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-small-'));
  const cooperation = join(folder, 'cooperation.yaml');
  const beginSmall = async (...how: [further?: Readonly<Record<string, string>>, args?: readonly string[]]) => {
    start = await begin(cooperation, ...how);
    return start;
  };

  beforeAll(() => writeFileSync(cooperation, SMALL));
  afterEach(() => start?.end(), 30_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reports a part that dies while the others go on, then stops all and leaves nothing behind', async () => {
    const { federation, parts, env, temporary } = await beginSmall();
    await federation.waitFor('Ready after');
    const running = parts();
    const victim = running.find(({ name }) => name === 'directory-spk') as Part;
    process.kill(victim.pid, 'SIGKILL');
    await federation.waitFor('directory-spk was ended by SIGKILL');
    expect(parts().map(({ name }) => name)).toEqual(
      running.map(({ name }) => name).filter((name) => name !== 'directory-spk'),
    );
    for (const { pid } of parts()) expect(isAlive(pid)).toBe(true);

    federation.kill('SIGINT');
    expect(await federation.ended).toBe(0);
    expect(running.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(await isFree(Number(env.PORT))).toBe(true);
    expect(leftIn(env.RUN_FOLDER)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  }, 120_000);

  it('says what a part that cannot start wrote, and stops the others', async () => {
    const { federation, env, temporary } = await beginSmall({ SUPERGRAPH_PATH: 'nowhere.graphql' });
    expect(await federation.ended).toBe(1);
    expect(federation.stderr()).toContain('gateway ended with code 1');
    expect(federation.stderr()).toContain('nowhere.graphql');
    expect(leftIn(env.RUN_FOLDER)).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  }, 120_000);

  it('stops where npm ended only its shell', async () => {
    const shell = ['-e', `require('child_process').spawn(process.execPath, ['${START[0]}'], { stdio: 'inherit' })`];
    const { federation, parts, env } = await beginSmall({ npm_lifecycle_event: 'start' }, shell);
    await federation.waitFor('Ready after');
    const running = parts();
    federation.kill('SIGKILL');
    await federation.ended; // when nobody holds its output any more
    expect(running.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(leftIn(env.RUN_FOLDER)).toEqual([]);
  }, 120_000);

  it('leaves with whoever started it, however that went', async () => {
    const { federation, parts } = await beginSmall();
    await federation.waitFor('Ready after');
    const running = parts();
    federation.kill('SIGKILL');
    await federation.ended;
    const deadline = Date.now() + 20_000;
    while (running.some(({ pid }) => isAlive(pid)) && Date.now() < deadline)
      await new Promise((next) => setTimeout(next, 50));
    expect(running.filter(({ pid }) => isAlive(pid)).map(({ name }) => name)).toEqual([]);
  }, 120_000);
});
