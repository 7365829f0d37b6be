import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createFolderStore } from '../../lib/registry/folder-store.js';
import { runCli } from '../support/cli.js';

const PERMITS = `
"A permit (Genehmigung) of a municipality."
type Permit @key(fields: "ags number") {
  "Municipality that gave it."
  ags: AGS! @public
  "Number of the permit."
  number: ID! @public
  "What it costs, in cents."
  feeCents: Int @public
}
type Query {
  "One permit by its number; null where there is none."
  permit("Municipality." ags: AGS!, "Number." number: ID!): Permit @public
}
`;
const FEES = `
type Permit @key(fields: "ags number") { ags: AGS! @public, number: ID! @public, "Whether it is paid." isPaid: Boolean @public }
`;

// Each step is a process of its own, as for those who use it.
jest.setTimeout(120_000);

let folder: string;
let options: string[];
const file = (name: string) => join(folder, name);
const put = async (name: string, text: string) => {
  await writeFile(file(name), text);
  return file(name);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-registry-'));
  const [ego, iks, spk] = await Promise.all(
    ['ego', 'iks', 'spk'].map(async (name) => (await runCli(['registry', 'key', file(`${name}.pem`)])).stdout.trim()),
  );
  await put(
    'cooperation.yaml',
    `coordinator: ego
coordinatorKey: ${ego}
municipalities: [{ ags: "10045114", name: Homburg, district: "10045" }]
providers: [{ id: ego, name: eGo }, { id: iks, name: IKS, key: ${iks} }, { id: spk, name: SPK, key: ${spk} }]
subgraphs:
  permits: { instances: [{ provider: iks, url: "http://127.0.0.1:4101/graphql", serves: ["*"] }] }
  fees: { instances: [{ provider: spk, url: "http://127.0.0.1:4102/graphql", serves: ["*"] }] }
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
beforeEach(() => {
  count += 1;
  options = ['--registry', file(`registry-${count}`), '--cooperation', file('cooperation.yaml'), '--format', 'json'];
});

const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await runCli([...args, ...options]);
  return { code, stderr, answer: (stdout === '' ? {} : JSON.parse(stdout)) as Record<string, unknown> };
};
const findings = (answer: Record<string, unknown>) =>
  (answer.findings as { code: string; severity: string; subgraph: string; place: { line: number } | null }[]) ?? [];
const errors = (answer: Record<string, unknown>) => findings(answer).filter(({ severity }) => severity === 'error');

const propose = async (name: string, sdl: string, key: string) =>
  run('subgraph', 'propose', name, '--schema', await put(`${name}-${count}.graphql`, sdl), '--key', file(`${key}.pem`));
const approve = (name: string, version: number, key = 'ego') =>
  run(
    'subgraph',
    'approve',
    name,
    String(version),
    ...['--legal-basis', '§ 34 BMG', '--contract', 'V 1', '--key', file(`${key}.pem`)],
  );
const adopted = async () => {
  await propose('permits', PERMITS, 'iks');
  expect((await approve('permits', 1)).code).toBe(0);
};

describe('a registry by the command line', () => {
  it('takes a proposal, an approval, and shows both', async () => {
    expect(await propose('permits', PERMITS, 'iks')).toMatchObject({ code: 0, answer: { version: 1, errors: 0 } });
    expect(await run('subgraph', 'list')).toMatchObject({
      answer: [{ subgraph: 'permits', running: null, newest: 1 }],
    });
    expect(await approve('permits', 1)).toMatchObject({ code: 0 });
    expect(await run('subgraph', 'list')).toMatchObject({ answer: [{ running: 1, instances: [{ serves: 1 }] }] });
    const { stdout } = await runCli(['supergraph', 'compose', ...options]);
    expect(stdout).toContain('type Permit');
    expect(await run('registry', 'log')).toMatchObject({
      answer: [{ actor: 'provider:iks' }, { actor: 'coordinator', body: { legalBasis: '§ 34 BMG' } }],
    });
  });

  it('gives back the text that was proposed, with its lines where they were', async () => {
    await propose('permits', PERMITS, 'iks');
    const { stdout } = await runCli(['subgraph', 'fetch', 'permits', ...options, '--format', 'text']);
    expect(stdout.startsWith(PERMITS)).toBe(true);
    expect(await run('subgraph', 'fetch', 'permits')).toMatchObject({ answer: { sdl: stdout } });
  });

  it.each([
    ['the key of a provider that does not run it', 'spk', /spk does not run permits/],
    ['the key of the coordinator', 'ego', /belongs to no provider/],
  ])('refuses a proposal with %s', async (_, key, message) => {
    const { code, stderr } = await propose('permits', PERMITS, key);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('refuses an approval with the key of a provider', async () => {
    await propose('permits', PERMITS, 'iks');
    expect(await approve('permits', 1, 'iks')).toMatchObject({ code: 2 });
    expect(await run('subgraph', 'list')).toMatchObject({ answer: [{ running: null }] });
  });

  it('refuses a schema without rules, and names the line', async () => {
    const sdl = PERMITS.replace('feeCents: Int @public', 'feeCents: Int');
    const { code, answer } = await propose('permits', sdl, 'iks');
    expect(code).toBe(1);
    expect(errors(answer)).toMatchObject([{ code: 'RULE_MISSING', subgraph: 'permits', place: { line: 9 } }]);
  });

  it('refuses fields on a type of somebody else, and names the line', async () => {
    await adopted();
    const { code, answer } = await propose('fees', FEES, 'spk');
    expect(code).toBe(1);
    expect(errors(answer)).toMatchObject([{ code: 'TYPE_NOT_OWNED', subgraph: 'fees', place: { line: 2 } }]);
  });

  it('takes them where the agreement says so', async () => {
    await adopted();
    const agreement = await readFile(file('cooperation.yaml'), 'utf8');
    await writeFile(file('open.yaml'), agreement.replace('fees: {', 'fees: { contributesTo: [Permit],'));
    options[3] = file('open.yaml');
    expect(await propose('fees', FEES, 'spk')).toMatchObject({ code: 0, answer: { version: 1 } });
  });

  it('refuses what breaks an operation in use, and says whose; and lets go what nobody asks for', async () => {
    await adopted();
    const without = PERMITS.replace(/ {2}"What it costs, in cents."\n {2}feeCents: Int @public\n/, '');
    const unused = await run('subgraph', 'check', 'permits', '--schema', await put('without.graphql', without));
    expect(unused).toMatchObject({ code: 0, answer: { errors: 0 } });
    expect(findings(unused.answer).map(({ code }) => code)).toContain('UNUSED_CHANGE');
    const store = await createFolderStore(file(`registry-${count}`));
    const text = 'query ($ags: AGS!, $n: ID!) { permit(ags: $ags, number: $n) { feeCents } }';
    const day = new Date().toISOString().slice(0, 10);
    await store.writeUsage(day, 'one', { a: { text, operationName: null, clients: { portal: 3 } } });
    const { code, answer } = await run('subgraph', 'check', 'permits', '--schema', file('without.graphql'));
    expect(code).toBe(1);
    expect(errors(answer).map(({ code: one, place }) => [one, place?.line])).toEqual([
      ['OPERATION_BROKEN', undefined],
      // Where the field stood: its type.
      ['BREAKING_CHANGE', 3],
    ]);
    expect(JSON.stringify(answer)).toContain('portal');
  });

  it('checks several together that only fit together', async () => {
    await adopted();
    const other =
      'type Query { "A fee." fee: Fee @public } "A fee." type Fee @key(fields: "id") { "Its id." id: ID! @public, "Cents." cents: Int @public }';
    const permits = PERMITS.replace('  "What', '  "Its fee." fee: Fee @public\n  "What');
    const schema = `${permits}\ntype Fee @key(fields: "id") { id: ID! @public, cents: Int @external @public, "." isFree: Boolean @requires(fields: "cents") @public }`;
    const [one, two] = [await put('permits-2.graphql', schema), await put('fees-2.graphql', other)];
    expect(await run('subgraph', 'check', 'permits', '--schema', one)).toMatchObject({ code: 1 });
    expect(await run('subgraph', 'check', 'permits', 'fees', '--schema', one, two)).toMatchObject({ code: 0 });
  });

  it('goes back to the supergraph before, and takes an instance out', async () => {
    await adopted();
    await propose('permits', PERMITS.replace('feeCents', 'costCents'), 'iks');
    await approve('permits', 2);
    expect(await run('subgraph', 'rollback', '--reason', 'wrong name', '--key', file('ego.pem'))).toMatchObject({
      code: 0,
    });
    expect(await run('subgraph', 'list')).toMatchObject({ answer: [{ running: 1, newest: 2 }] });
    const url = 'http://127.0.0.1:4101/graphql';
    await run('subgraph', 'disable', url, '--reason', 'broken', '--key', file('iks.pem'));
    expect(await run('subgraph', 'list')).toMatchObject({ answer: [{ instances: [{ isDisabled: true }] }] });
    expect(await run('subgraph', 'disable', url, '--reason', 'x', '--key', file('spk.pem'))).toMatchObject({ code: 2 });
  });

  it('never overwrites a key', async () => {
    const before = await readFile(file('iks.pem'), 'utf8');
    expect((await runCli(['registry', 'key', file('iks.pem')])).code).toBe(2);
    expect(await readFile(file('iks.pem'), 'utf8')).toBe(before);
  });
});
