import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { currentOf } from '../../lib/registry/state.js';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { findMixture, MIXED, type SwappedAnswer, type Swapping, startSwapping } from '../support/swapping.js';

jest.setTimeout(180_000);

/** One after the other, as quickly as they are taken over; a run of all tests makes do with fewer than `SWAPS=20`. */
const SWAPS = Number(process.env.SWAPS ?? 6);
const PATIENCE_MS = 30_000;
const OPEN = { ACCESS_DEFAULT: 'public', INTROSPECTION: 'on', RATE_LIMIT: 'off', LOG_LEVEL: 'info' };

const sideOf = async ({ url }: GatewayProcess): Promise<string | undefined> =>
  (await ask<SwappedAnswer['data']>(url, '{ item { a } }')).data?.item?.a;

const readMetric = async ({ adminUrl }: GatewayProcess, name: string): Promise<number> => {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
};

/** Asks again and again until it is stopped; half of the requests take the way over the host. */
function load(url: string, clients: number) {
  const faults: string[] = [];
  let answered = 0;
  let isOver = false;
  const client = async (index: number) => {
    const headers = index % 2 === 0 ? {} : { 'x-cost': '1' };
    while (!isOver) {
      const answer = await ask(url, MIXED, { headers }).catch((error: Error) => error);
      answered += 1;
      const fault = answer instanceof Error ? answer.message : findMixture(JSON.parse(answer.text) as SwappedAnswer);
      if (fault !== null) faults.push(fault);
    }
  };
  const all = Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  return {
    async stop() {
      isOver = true;
      await all;
      return { answered, faults };
    },
  };
}

describe.each(['compiled', 'apollo'])('a gateway (ENGINE=%s) that follows a registry', (engine) => {
  let world: Swapping;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    world = await startSwapping();
    await world.swap();
    gateway = await startGateway({ ...OPEN, ...world.registry.env, ENGINE: engine, SUPERGRAPH_PATH: '/nowhere' });
  });
  afterAll(async () => {
    await gateway?.stop();
    await world?.close();
  });

  it('starts with what was approved last', async () => {
    expect(await sideOf(gateway)).toBe('left');
  });

  it('takes over one version after the other without a failed request or an answer of two', async () => {
    const running = load(gateway.url, 6);
    const swaps = engine === 'compiled' ? SWAPS : 2;
    for (let swap = 0; swap < swaps; swap += 1) {
      const before = await sideOf(gateway);
      await world.swap();
      await eventually(async () => expect(await sideOf(gateway)).not.toBe(before), PATIENCE_MS);
    }
    const { answered, faults } = await running.stop();
    expect(faults.slice(0, 3)).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  });

  it('stays with what runs, is ready, and raises an alarm where the next version is no good; until it is taken back', async () => {
    const before = await sideOf(gateway);
    await world.registry.publish({ sources: [{ name: 'left', sdl: '# bad' }], supergraph: 'type Query { a: Int }' });
    await eventually(async () => expect(await readMetric(gateway, 'fachverbund_registry_alarm')).toBe(1), PATIENCE_MS);
    expect(await sideOf(gateway)).toBe(before);
    expect((await fetch(`${gateway.origin}/readyz`)).status).toBe(200);
    expect(gateway.output()).toContain('registry not followed, what runs stays');
    const other = await startGateway({ ...OPEN, ...world.registry.env, ENGINE: engine, SUPERGRAPH_PATH: '/nowhere' });
    expect(await sideOf(other)).toBe(before);
    await eventually(async () => expect(await readMetric(other, 'fachverbund_registry_alarm')).toBe(1), PATIENCE_MS);
    await other.stop();
    const { stages } = await world.registry.state();
    const { supergraph, from } = stages.production.at(-2) ?? { supergraph: '', from: {} };
    const back = { supergraph, from: { ...from }, stage: 'production', reason: 'no good' } as const;
    await world.registry.append({ type: 'rolled-back', ...back });
    await eventually(async () => expect(await readMetric(gateway, 'fachverbund_registry_alarm')).toBe(0), PATIENCE_MS);
    const after = await sideOf(gateway);
    expect(after).toBe(before);
    await world.swap();
    await eventually(async () => expect(await sideOf(gateway)).not.toBe(after), PATIENCE_MS);
  });

  it('sends nothing to an instance that is disabled, within five seconds, and again when it is enabled', async () => {
    const instance = world.left.url;
    await world.registry.append({ type: 'disabled', instance, reason: 'broken' });
    await eventually(async () => {
      const { errors } = await ask(gateway.url, '{ item { id } }');
      expect(errors).toMatchObject([{ path: ['item'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    });
    const asked = world.left.received.length;
    await ask(gateway.url, '{ item { id } }');
    expect(world.left.received.length).toBe(asked);
    await world.registry.append({ type: 'enabled', instance, reason: 'mended' });
    await eventually(async () => expect((await ask(gateway.url, '{ item { id } }')).errors).toEqual([]));
  });

  it('writes down which operations are sent by which clients, without their values', async () => {
    const named = { 'apollographql-client-name': 'portal' };
    await ask(gateway.url, 'query Asked { item { id } __type(name: "Item") { name } }', { headers: named });
    await ask(gateway.url, 'query Asked { item { id } __type(name: "Item") { name } }', {
      headers: { 'x-client-name': 'app' },
    });
    expect(await gateway.stop()).toBe(0);
    const { openStore } = await import('../../lib/registry/registry.js');
    const usage = Object.values(await (await openStore(world.registry.where)).readUsage('2000-01-01'));
    expect(usage.find(({ operationName }) => operationName === 'Asked')).toMatchObject({
      text: expect.stringContaining('__type(name: "")'),
      clients: { portal: 1, app: 1 },
    });
    expect(currentOf(await world.registry.state(), 'production')).not.toBeNull();
  });
});
