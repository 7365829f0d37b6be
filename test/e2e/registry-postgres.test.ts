import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { openStore } from '../../lib/registry/registry.js';
import { RegistryConflict } from '../../lib/registry/store.js';
import { type DatabaseServer, startEmbedded } from '../../simulators/housing-benefit/embedded.js';
import { ask } from '../support/ask.js';
import { runCli } from '../support/cli.js';
import { eventually } from '../support/eventually.js';
import { type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type SwappedAnswer, type Swapping, startSwapping } from '../support/swapping.js';

jest.setTimeout(120_000);

let server: DatabaseServer;
let world: Swapping;
let gateway: GatewayProcess;
let where: string;
const connection = (database: string) =>
  `postgres://postgres:${server.password}@/${database}?host=${encodeURIComponent(server.host)}&port=${server.port}`;
const sideOf = async () =>
  (await ask<SwappedAnswer['data']>(gateway.url, '{ item { a } }', { headers: { 'x-client-name': 'portal' } })).data
    ?.item?.a;

beforeAll(async () => {
  server = await startEmbedded();
  const root = new Client({ connectionString: connection('postgres') });
  await root.connect();
  await root.query('CREATE DATABASE registry');
  await root.end();
  where = connection('registry');
  world = await startSwapping(where);
  await world.swap();
  gateway = await startGateway({ ACCESS_DEFAULT: 'public', ...world.registry.env });
});
afterAll(async () => {
  await gateway?.stop();
  await world?.close();
  await server?.close();
});

it('a registry in PostgreSQL is followed as one in a folder', async () => {
  expect(await sideOf()).toBe('left');
  await world.swap();
  await eventually(async () => expect(await sideOf()).toBe('right'), 20_000);
  await world.registry.append({ type: 'disabled', instance: world.right.url, reason: 'broken' });
  await eventually(async () => expect(await sideOf()).toBeNull());
});

it('is read by the same commands', async () => {
  const options = ['--registry', where, '--cooperation', world.registry.cooperationPath, '--format', 'json'];
  const { stdout } = await runCli(['subgraph', 'list', ...options]);
  expect(JSON.parse(stdout)).toMatchObject([
    { subgraph: 'left', running: 2 },
    { subgraph: 'right', running: 2, instances: [{ isDisabled: true }] },
  ]);
});

it('lets one of two that write at the same time be the first, and is never changed', async () => {
  const store = await openStore(where);
  try {
    const events = await store.readEvents(0);
    const last = events.at(-1);
    if (!last) throw new Error('Nothing has happened.');
    await expect(store.appendEvent(last)).rejects.toThrow(RegistryConflict);
    await expect(store.appendEvent({ ...last, sequence: last.sequence + 2 })).rejects.toThrow(RegistryConflict);
    expect(await store.readEvents(0)).toEqual(events);
  } finally {
    await store.close();
  }
});

it('holds what was asked and by whom', async () => {
  await gateway.stop();
  const store = await openStore(where);
  const usage = Object.values(await store.readUsage('2000-01-01'));
  await store.close();
  expect(usage.map(({ clients }) => Object.keys(clients))).toEqual([['portal']]);
});
