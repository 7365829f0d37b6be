import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { ask } from '../support/ask.js';
import { runCli } from '../support/cli.js';
import { eventually } from '../support/eventually.js';
import { createGatewayKey } from '../support/gateway-key.js';
import { type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { run, type TestProcess } from '../support/process.js';
import { createTestRegistry, type TestRegistry } from '../support/registry.js';

jest.setTimeout(240_000);

const publicly = (type: string, fields: string) =>
  `extend type ${type} { ${fields
    .split(' ')
    .map((name) => `${name}: ID @public`)
    .join(' ')} }`;

interface Case {
  readonly name: string;
  readonly rules: string;
  /** Keys of its entities, by type. */
  readonly type: string;
  readonly query: string;
  readonly answer: object;
}

const BENCH = '{ bench(id: "B1")';
/** In the order in which they join. */
const CASES: readonly Case[] = [
  {
    name: 'benches',
    rules: `${publicly('Query', 'bench asset')} ${publicly('Bench', 'id label place')}`,
    type: 'Bench',
    query: `${BENCH} { id place } }`,
    answer: { bench: { id: 'B1', place: 'Marktplatz' } },
  },
  {
    name: 'inspections',
    rules: `${publicly('Query', 'lastInspection')} ${publicly('Bench', 'id inspectedYear')}`,
    type: 'Bench',
    query: `${BENCH} { label inspectedYear } }`,
    answer: { bench: { label: 'Bank am Brunnen', inspectedYear: 2020 } },
  },
  {
    name: 'keepers',
    rules: `${publicly('Query', 'keeperCount')} ${publicly('Asset', 'id keeper')}`,
    type: 'Asset',
    query: '{ asset(id: "B2") { __typename label keeper ... on Bench { inspectedYear } } }',
    answer: { asset: { __typename: 'Bench', label: 'Parkbank', keeper: 'Bauhof B2', inspectedYear: 2021 } },
  },
];

const key = createGatewayKey();
const privatePem = String(key.keyPair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const publicPem = String(key.keyPair.publicKey.export({ type: 'spki', format: 'pem' }));
let registry: TestRegistry;
let gateway: GatewayProcess;
const partners = new Map<string, { readonly process: TestProcess; readonly url: string; readonly sdl: string }>();

beforeAll(async () => {
  for (const { name } of CASES) {
    const started = run(['test/support/partners.mjs', name], { GATEWAY_PUBLIC_KEY: publicPem });
    await started.waitFor('"url"');
    const told = JSON.parse(started.stdout()) as { url: string; sdl: string };
    partners.set(name, { process: started, ...told });
  }
  registry = await createTestRegistry(Object.fromEntries([...partners].map(([name, { url }]) => [name, [{ url }]])));
  const agreement = parse(readFileSync(registry.cooperationPath, 'utf8')) as { subgraphs: Record<string, object> };
  Object.assign(agreement.subgraphs.inspections ?? {}, { contributesTo: ['Bench'] });
  Object.assign(agreement.subgraphs.keepers ?? {}, { contributesTo: ['Asset'] });
  writeFileSync(registry.cooperationPath, stringify(agreement));
  writeFileSync(join(registry.folder, 'gateway.pem'), privatePem);
  gateway = await startGateway({ ...registry.env, SUBGRAPH_SIGNING_KEY: privatePem });
});
afterAll(async () => {
  await gateway?.stop();
  for (const { process: partner } of partners.values()) {
    partner.kill('SIGTERM');
    await partner.ended;
  }
  await registry?.remove();
});

const put = (name: string, text: string): string => {
  const path = join(registry.folder, name);
  writeFileSync(path, text);
  return path;
};

describe('a subgraph without our libraries', () => {
  it.each(CASES)('is checked, proposed, approved and asked: $name', async ({ name, rules, type, query, answer }) => {
    const { url = '', sdl = '' } = partners.get(name) ?? {};
    const samples = [{ type, known: [{ id: 'B1' }, { id: 'B2' }], unknown: { id: 'B9' } }];
    const common = ['--registry', registry.where, '--cooperation', registry.cooperationPath, '--format', 'json'];
    const proposal = [
      ...['--schema', put(`${name}.graphql`, sdl), '--rules', put(`${name}-rules.graphql`, rules), '--url', url],
      ...['--samples', put(`${name}.json`, JSON.stringify(samples))],
      ...['--signing-key', join(registry.folder, 'gateway.pem'), ...common],
    ];
    const checked = await runCli(['subgraph', 'check', name, ...proposal]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ errors: 0 });
    const proposed = await runCli(['subgraph', 'propose', name, ...proposal, '--key', registry.keys.provider]);
    expect(JSON.parse(proposed.stdout)).toMatchObject({ version: 1, errors: 0 });
    const why = ['--legal-basis', '§ 3 EGovG', '--contract', 'V 7', '--key', registry.keys.coordinator];
    expect(await runCli(['subgraph', 'approve', name, '1', ...why, ...common])).toMatchObject({ code: 0 });
    await eventually(async () => {
      const { data, errors } = await ask(gateway.url, query);
      expect(errors).toEqual([]);
      expect(data).toEqual(answer);
    }, 20_000);
  });
});
