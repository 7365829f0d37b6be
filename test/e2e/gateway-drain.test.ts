import { Agent, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import { eventually } from '../support/eventually.js';
import { createTestFiles, type GatewayProcess, startGateway } from '../support/gateway-process.js';
import { type Offices, startOffices } from '../support/offices.js';

jest.setTimeout(60_000);

const QUERY = '{ person(ags: "10041100", id: "1") { name } }';
const files = createTestFiles();
let offices: Offices;

beforeAll(async () => {
  offices = await startOffices();
});

afterEach(() => offices.people.west.fail(null));

afterAll(async () => {
  await offices?.close();
  files.remove();
});

const start = (env: Record<string, string> = {}): Promise<GatewayProcess> =>
  startGateway({
    SUPERGRAPH_PATH: files.write('supergraph.graphql', offices.supergraph),
    COOPERATION_PATH: files.write('cooperation.yaml', offices.cooperation),
    ACCESS_DEFAULT: 'public',
    INFLIGHT_DEDUPE: 'off', // each request is to be on its way by itself
    ...env,
  });

/** Asks many times at once and waits until the subgraph holds them all that fit. */
async function holdInFlight(gateway: GatewayProcess, count: number) {
  const before = offices.people.west.received.length;
  const asked = Array.from({ length: count }, () => ask(gateway.url, QUERY));
  await eventually(() =>
    expect(offices.people.west.received.length - before).toBeGreaterThanOrEqual(Math.min(count, 32)),
  );
  return asked;
}

describe.each(['SIGTERM', 'SIGINT'] as const)('%s', (signal) => {
  it('loses no request in flight, refuses new ones and ends with 0; a second one changes nothing', async () => {
    const gateway = await start();
    offices.people.west.fail({ kind: 'slow', delayMs: 600 });
    const asked = await holdInFlight(gateway, 30);
    gateway.kill(signal);
    await eventually(async () => expect((await fetch(`${gateway.origin}/readyz`)).status).toBe(503));
    expect((await fetch(`${gateway.origin}/livez`)).status).toBe(200);
    gateway.kill(signal);
    const refused = await ask(gateway.url, QUERY);
    expect([refused.status, refused.errors[0]?.extensions.code]).toEqual([503, 'OVERLOADED']);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(refused.headers.get('connection')).toBe('close');
    const answers = await Promise.all(asked);
    expect(answers.map(({ status, errors }) => [status, errors])).toEqual(Array(30).fill([200, []]));
    expect(await gateway.ended).toBe(0);
  });
});

it('keeps the port open for a moment, so that balancers see it is not ready', async () => {
  const gateway = await start({ DRAIN_NOTICE_MS: '700' });
  const started = performance.now();
  gateway.kill('SIGTERM');
  await eventually(async () => expect((await fetch(`${gateway.origin}/readyz`)).status).toBe(503));
  expect(await gateway.ended).toBe(0);
  expect(performance.now() - started).toBeGreaterThan(600);
});

it('does not wait for connections without a request, nor longer than DRAIN_MS', async () => {
  const gateway = await start({ DRAIN_MS: '300', SUBGRAPH_DEADLINE_MS: '30000' });
  const agent = new Agent({ keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    const idle = request(`${gateway.origin}/livez`, { agent }, (response) => response.resume().on('end', resolve));
    idle.on('error', reject).end();
  });
  offices.people.west.fail({ kind: 'silent' });
  const [asked] = await holdInFlight(gateway, 1);
  const lost = expect(asked).rejects.toThrow();
  const started = performance.now();
  gateway.kill('SIGTERM');
  expect(await gateway.ended).toBe(0);
  expect(performance.now() - started).toBeLessThan(5000);
  await lost;
  agent.destroy();
});
