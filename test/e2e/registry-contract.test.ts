import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RunningSubgraph, readTypeDefs, serveSubgraph } from '../../lib/subgraph/serve.js';
import { subgraph } from '../../subgraphs/example/index.js';
import { runCli } from '../support/cli.js';
import { createGatewayKey } from '../support/gateway-key.js';
import { type LostPropertyRegister, startLostProperty } from '../support/lost-property.js';
import { createTestRegistry, type TestRegistry } from '../support/registry.js';

jest.setTimeout(120_000);

const AGS = '10045114';
const SCHEMA = 'subgraphs/example/schema.graphql';
const SAMPLES = [
  {
    type: 'LostItem',
    known: ['F-1', 'F-2', 'F-3'].map((number) => ({ ags: AGS, number })),
    unknown: { ags: AGS, number: 'F-9' },
  },
];

const gateway = createGatewayKey();
let folder: string;
let registry: TestRegistry;
let register: LostPropertyRegister;
let running: RunningSubgraph;
let counter: Server;
const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-contract-'));
  const records = ['F-1', 'F-2', 'F-3'].map((nr) => ({
    gemeinde: AGS,
    nr,
    art: 'RAD',
    funddatum: '17.03.2026',
    lager: 'A',
  }));
  register = await startLostProperty(records);
  counter = await listen(
    createServer((_, response) => response.end(JSON.stringify({ byOperation: { read: register.calls.length } }))),
  );
  const [ours, directory] = ['http://127.0.0.1:4151/graphql', 'http://127.0.0.1:4152/graphql'];
  registry = await createTestRegistry({ 'lost-property': [{ url: ours }], directory: [{ url: directory }] });
  const sdl = readTypeDefs(new URL('../../subgraphs/directory/schema.graphql', import.meta.url));
  await registry.publish({ sources: [{ name: 'directory', sdl }] });
  const env = { PROVIDER: 'iks', COOPERATION_PATH: registry.cooperationPath, LOG_LEVEL: 'silent', ...gateway.env };
  running = await serveSubgraph(subgraph, { ...env, LEGACY_URL: register.url });
  await writeFile(join(folder, 'gateway.pem'), gateway.keyPair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(join(folder, 'samples.json'), JSON.stringify(SAMPLES));
});
afterAll(async () => {
  await running?.close();
  await register?.close();
  counter?.close();
  await registry?.remove();
  await rm(folder, { recursive: true });
});

async function run(verb: 'check' | 'propose', schema: string, url: string) {
  const { code, stdout, stderr } = await runCli([
    ...['subgraph', verb, 'lost-property', '--schema', schema, '--url', url, '--format', 'json'],
    ...['--samples', join(folder, 'samples.json'), '--signing-key', join(folder, 'gateway.pem')],
    ...['--calls-url', urlOf(counter), '--registry', registry.where, '--cooperation', registry.cooperationPath],
    ...(verb === 'propose' ? ['--key', registry.keys.provider] : []),
  ]);
  const answer = JSON.parse(stdout || '{}') as { findings?: { code: string; severity: string; what: string }[] };
  const errors = (answer.findings ?? []).filter(({ severity }) => severity === 'error');
  return { code, stderr, errors, codes: errors.map((finding) => finding.code) };
}

describe('an instance of our own', () => {
  it('keeps the contract', async () => {
    expect(await run('check', SCHEMA, running.url)).toMatchObject({ code: 0, errors: [], stderr: '' });
  });

  it('is refused with a schema that it does not serve, and nothing is kept', async () => {
    const schema = join(folder, 'other.graphql');
    await writeFile(
      schema,
      'type Query { "A thing." thing: Thing @public } "A thing." type Thing @key(fields: "id") { "Id." id: ID! @public }',
    );
    const { code, errors } = await run('propose', schema, running.url);
    expect(code).toBe(1);
    expect(errors).toMatchObject([{ code: 'C01', what: expect.stringContaining('serves what was not proposed') }]);
    expect((await registry.state()).subgraphs.has('lost-property')).toBe(false);
  });
});

/** Breaks every promise there is, one way or another. */
const startBad = () =>
  listen(
    createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        query: string;
        variables?: { representations?: { number?: string }[] };
      };
      const all = variables?.representations ?? [];
      register.calls.push(...(all.map(() => ({ path: '/', body: {} })) as never[]));
      const entities = [...all].map(({ number }) => ({ __typename: 'LostItem', ags: AGS, number })).sort(byNumber);
      const isQuestion = query.includes('_entities') && all.every(({ number }) => number);
      const error = { message: 'ORA-00942: table or view does not exist at Connection.query (/srv/app/db.js:12:3)' };
      const sdl = 'type Query { nothing: Int }';
      const answer = query.includes('_service')
        ? { data: { _service: { sdl } } }
        : isQuestion
          ? { data: { _entities: entities } }
          : { data: null, errors: [error] };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    }),
  );
const byNumber = (a: { number?: string | undefined }, b: { number?: string | undefined }) =>
  String(a.number).localeCompare(String(b.number));

describe('an instance that keeps no promise', () => {
  it('is told each that it breaks', async () => {
    const bad = await startBad();
    try {
      const { code, codes } = await run('check', SCHEMA, urlOf(bad));
      expect(code).toBe(1);
      expect(codes).toEqual(['C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07']);
    } finally {
      bad.closeAllConnections();
      bad.close();
    }
  });

  it('is told that it cannot be asked where nobody answers', async () => {
    const { code, errors } = await run('check', SCHEMA, 'http://127.0.0.1:9/graphql');
    expect(code).toBe(1);
    expect(errors[0]?.what).toContain('could not be asked');
  });
});
