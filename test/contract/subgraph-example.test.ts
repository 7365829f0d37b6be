import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { Caller } from '../../lib/caller.js';
import { type RunningSubgraph, readTypeDefs, serveSubgraph } from '../../lib/subgraph/serve.js';
import { composeSources } from '../../schema/compose.js';
import { subgraph } from '../../subgraphs/example/index.js';
import { createGatewayKey } from '../support/gateway-key.js';
import { type Fundsache, type LostPropertyRegister, startLostProperty } from '../support/lost-property.js';

const AGS = '10045114';
const COOPERATION = `
municipalities: [{ ags: "${AGS}", name: Homburg, district: "10045" }, { ags: "10045117", name: St. Ingbert, district: "10045" }]
providers: [{ id: spk, name: Saarpfalz-Kreis }, { id: igb, name: St. Ingbert }]
subgraphs:
  lost-property:
    instances:
      - { provider: spk, url: "http://127.0.0.1:4151/graphql", serves: ["${AGS}"] }
      - { provider: igb, url: "http://127.0.0.1:4152/graphql", serves: ["10045117"] }
`;
const records: Fundsache[] = ['F-1', 'F-2', 'F-3'].map((nr) => ({
  gemeinde: AGS,
  nr,
  art: 'RAD',
  funddatum: '17.03.2026',
  lager: 'Halle 2',
}));
const CASEWORKER: Caller = {
  subject: 'clerk',
  role: 'caseworker',
  office: null,
  municipalities: [AGS],
  trustLevel: null,
  account: null,
  purpose: 'service.information',
  fileReference: 'F 1',
  scopes: [],
};

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: { readonly message: string; readonly path: unknown[]; readonly extensions: { code: string } }[];
}

const gateway = createGatewayKey();
let folder: string;
let register: LostPropertyRegister;
let running: RunningSubgraph;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-example-'));
  register = await startLostProperty(records);
  const path = join(folder, 'cooperation.yaml');
  writeFileSync(path, COOPERATION);
  const env = { PROVIDER: 'spk', COOPERATION_PATH: path, LOG_LEVEL: 'silent', ...gateway.env };
  running = await serveSubgraph(subgraph, { ...env, LEGACY_URL: register.url, LEGACY_DEADLINE_MS: '300' });
});

afterEach(() => {
  register.misbehave(null);
  register.calls.length = 0;
});

afterAll(async () => {
  await running.close();
  await register.close();
  await rm(folder, { recursive: true });
});

async function ask(query: string, variables: object = {}, caller: Caller | null = null): Promise<Answer> {
  const body = JSON.stringify({ query, variables });
  const headers = { 'content-type': 'application/json', ...(await gateway.signAs('lost-property', caller)(body)) };
  const response = await fetch(running.url, { method: 'POST', headers, body });
  return (await response.json()) as Answer;
}

const ITEM = `query ($ags: AGS!, $number: ID!) {
  lostItem(ags: $ags, number: $number) { ags number kind foundOn storagePlace }
}`;

describe('the example subgraph', () => {
  it('reads a record and translates it', async () => {
    const { data } = await ask(ITEM, { ags: AGS, number: 'F-2' });
    expect(data).toEqual({
      lostItem: { ags: AGS, number: 'F-2', kind: 'BICYCLE', foundOn: '2026-03-17', storagePlace: null },
    });
  });

  it('shows the storage place to a caseworker of the municipality alone', async () => {
    const elsewhere = { ...CASEWORKER, municipalities: ['10045117'] };
    const seen = [CASEWORKER, elsewhere, { ...CASEWORKER, role: 'citizen' } as const].map(async (caller) => {
      const { data } = await ask(ITEM, { ags: AGS, number: 'F-1' }, caller);
      return (data as { lostItem: { storagePlace: string | null } }).lostItem.storagePlace;
    });
    expect(await Promise.all(seen)).toEqual(['Halle 2', null, null]);
  });

  it('answers an unknown key with null, without error', async () => {
    expect(await ask(ITEM, { ags: AGS, number: 'F-9' })).toEqual({ data: { lostItem: null } });
  });

  it('answers a municipality of another instance with null, without a call', async () => {
    expect(await ask(ITEM, { ags: '10045117', number: 'F-1' })).toEqual({ data: { lostItem: null } });
    expect(register.calls).toEqual([]);
  });

  it('reads n keys with one legacy call, in the order asked for', async () => {
    const keys = ['F-3', 'F-9', 'F-1', 'F-3'].map((number) => ({ __typename: 'LostItem', ags: AGS, number }));
    const { data } = await ask(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on LostItem { number municipality { ags } } } }',
      { r: keys },
    );
    const item = (number: string) => ({ number, municipality: { ags: AGS } });
    expect(data?._entities).toEqual([item('F-3'), null, item('F-1'), item('F-3')]);
    expect(register.calls.map(({ body }) => body.schluessel)).toEqual([
      ['F-3', 'F-9', 'F-1'].map((nr) => ({ gemeinde: AGS, nr })),
    ]);
  });

  it('splits more keys than the register takes in one call', async () => {
    const r = Array.from({ length: 120 }, (_, index) => ({ __typename: 'LostItem', ags: AGS, number: `F-${index}` }));
    await ask('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }', { r });
    expect(register.calls.map(({ body }) => (body.schluessel as object[]).length)).toEqual([50, 50, 20]);
  });

  it('pages through a list by cursors of that list alone', async () => {
    const list = `query ($after: String) { lostItems(ags: "${AGS}", first: 2, after: $after) {
      edges { node { number } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await ask(list)).data?.lostItems as { pageInfo: { hasNextPage: boolean; endCursor: string } };
    expect(first).toMatchObject({
      edges: [{ node: { number: 'F-1' } }, { node: { number: 'F-2' } }],
      pageInfo: { hasNextPage: true },
    });
    const { data } = await ask(list, { after: first.pageInfo.endCursor });
    expect(data?.lostItems).toMatchObject({ edges: [{ node: { number: 'F-3' } }], pageInfo: { hasNextPage: false } });
    const foreign = await ask(list, { after: `AAAAAAAAAAA.${first.pageInfo.endCursor.split('.')[1]}` });
    expect(foreign.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

const json = (body: unknown) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

const FAULTS: [string, string, (response: ServerResponse) => void][] = [
  ['says nothing', 'LEGACY_TIMEOUT', () => undefined],
  ['sends a part and then nothing', 'LEGACY_TIMEOUT', (response) => void response.writeHead(200, JSON_HEAD).write('{')],
  ['hangs up', 'LEGACY_UNAVAILABLE', (response) => void response.socket?.destroy()],
  ['fails with a text', 'LEGACY_UNAVAILABLE', (response) => void response.writeHead(500).end('ORA-00942: FUNDSACHE')],
  ['sends a page', 'LEGACY_MALFORMED', (response) => void response.writeHead(200, HTML_HEAD).end('<h1>Wartung</h1>')],
  ['redirects', 'LEGACY_MALFORMED', (response) => void response.writeHead(307, { location: '/x' }).end()],
  ['cuts its answer off', 'LEGACY_MALFORMED', (response) => cutOff(response)],
  ['sends half a document', 'LEGACY_MALFORMED', (response) => void response.writeHead(200, JSON_HEAD).end('{"fund')],
  ['sends other bytes than UTF-8', 'LEGACY_MALFORMED', (response) => latin1(response)],
  ['sends 6 MiB', 'LEGACY_MALFORMED', (response) => void response.writeHead(200, JSON_HEAD).end(' '.repeat(6_291_456))],
  ['sends another form', 'LEGACY_MALFORMED', json({ fundsachen: [{ nr: 1 }] })],
  ['sends null', 'LEGACY_MALFORMED', json(null)],
];
const JSON_HEAD = { 'content-type': 'application/json' };
const HTML_HEAD = { 'content-type': 'text/html' };

function cutOff(response: ServerResponse): void {
  response.writeHead(200, { ...JSON_HEAD, 'content-length': 100 }).write('{"fundsachen": [', () => response.destroy());
}

function latin1(response: ServerResponse): void {
  response.writeHead(200, JSON_HEAD).end(Buffer.from('{"fundsachen": [], "x": "Köln"}', 'latin1'));
}

describe('when the register', () => {
  it.each(FAULTS)('%s, the field is null with %s and nothing of it in the text', async (_, code, fault) => {
    register.misbehave(fault);
    const { data, errors } = await ask(ITEM, { ags: AGS, number: 'F-1' });
    expect(data).toEqual({ lostItem: null });
    expect(errors).toEqual([expect.objectContaining({ path: ['lostItem'], extensions: { code } })]);
    expect(JSON.stringify(errors)).not.toMatch(/ORA-|Wartung|127\.0\.0\.1|fund/i);
  });

  it('sends a value that no table knows, only its field fails', async () => {
    register.misbehave(json({ fundsachen: [{ ...records[0], art: '???', funddatum: '31.02.2026' }] }));
    const { data, errors } = await ask(ITEM, { ags: AGS, number: 'F-1' });
    expect(data).toEqual({
      lostItem: { ags: AGS, number: 'F-1', kind: null, foundOn: null, storagePlace: null },
    });
    expect(errors?.map(({ path, extensions }) => [path[1], extensions.code])).toEqual([
      ['kind', 'LEGACY_MALFORMED'],
      ['foundOn', 'LEGACY_MALFORMED'],
    ]);
  });

  it('lists records of another municipality, none is shown', async () => {
    register.misbehave(json({ fundsachen: [{ ...records[0], gemeinde: '10045117' }] }));
    const { data, errors } = await ask(`{ lostItems(ags: "${AGS}") { edges { node { number } } } }`);
    expect(data).toEqual({ lostItems: null });
    expect(errors?.[0]?.extensions.code).toBe('LEGACY_MALFORMED');
  });
});

describe('as the folder to copy', () => {
  it('composes with all other subgraphs, without a hint', () => {
    const names = readdirSync('subgraphs', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const sources = names.map((name) => ({
      name,
      typeDefs: parse(readTypeDefs(new URL(`../../subgraphs/${name}/schema.graphql`, import.meta.url))),
    }));
    // What has a fault or a hint is refused.
    expect(composeSources(sources)).toContain('EXAMPLE @join__graph(');
  });

  it('has at most 300 lines', () => {
    const files = readdirSync('subgraphs/example').filter((name) => !name.endsWith('.generated.ts'));
    const lines = files.map((name) => readFileSync(join('subgraphs/example', name), 'utf8').split('\n').length - 1);
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(300);
    expect(files.sort()).toEqual(
      ['README.md', 'connector.ts', 'index.ts', 'loaders.ts', 'record.ts', 'resolvers.ts', 'schema.graphql'].sort(),
    );
  });
});
