import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AuditedOffice, startAuditedOffice } from '../support/audited-office.js';
import { eventually } from '../support/eventually.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { now } from '../support/issuer.js';
import { createRandom } from '../support/oracle/random.js';

/**
 * `kill -9` under load (R10, R15): what a client has got in hand stands in the log, the log is whole, and no effect has
 * happened twice. `GATEWAY_KILLS=100 GATEWAY_KILL_SEED=7 npx jest test/e2e/gateway-killed.test.ts` for more of it.
 */
const KILLS = Number(process.env['GATEWAY_KILLS'] ?? 8);
const SEED = Number(process.env['GATEWAY_KILL_SEED'] ?? 1);
const READY_MS = 5000;
/** Beyond the answers after which a round ends, the kill waits up to this long for any moment of a request. */
const ANY_MOMENT_MS = 30;

const AGS = '10045114';
const PERSONAS = [
  { sub: 'citizen-1', role: 'citizen' },
  { sub: 'clerk-1', role: 'caseworker', office: 'residents' },
  { sub: 'partner-1', role: 'partner', acr: undefined },
];
const STATED = { 'x-purpose': 'residents.inquiry', 'x-file-reference': 'EMA 1/2026' };

/** Asked in turn, and the registers that must stand in the log for each. */
const ASKED: readonly { readonly query: string; readonly registers: readonly string[] }[] = [
  { query: `query ($id: ID!) { person(ags: "${AGS}", id: $id) { name dogs { tag } } }`, registers: ['dogs', 'people'] },
  {
    query: `query ($id: ID!) { people(ags: "${AGS}") { id name } person(ags: "${AGS}", id: $id) { id } }`,
    registers: ['people'],
  },
  { query: `mutation ($id: ID!) { rename(ags: "${AGS}", id: $id, name: "x") { name } }`, registers: ['people'] },
];

interface Received {
  readonly id: string;
  readonly registers: readonly string[];
}

jest.setTimeout(60_000 + KILLS * 15_000);

let office: AuditedOffice;
beforeAll(async () => {
  office = await startAuditedOffice();
});
afterAll(() => office?.close());

describe('a gateway that is killed under load', () => {
  const received: Received[] = [];
  const random = createRandom(SEED);
  let asked = 0;

  /** Asks until the gateway is gone; only answers that came whole and with data count. */
  async function keepAsking(gateway: GatewayProcess, token: string, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const { query, registers } = ASKED[asked % ASKED.length] as (typeof ASKED)[number];
      const id = `kill-${SEED}-${asked++}`;
      const answer = await post(gateway.url, { token, id, query });
      if (answer === null) {
        await delay(1);
        continue;
      }
      expect(answer).toEqual({ status: 200, text: expect.stringMatching(/^\{"data":\{.*\}\}\n$/) });
      received.push({ id, registers });
    }
  }

  it(`${KILLS} times has kept the record of every answer that anybody got, in a log that is whole`, async () => {
    const readyMs: number[] = [];
    const tokens = await Promise.all(PERSONAS.map((claims) => office.issuer.token({ ...claims, exp: now() + 3000 })));
    for (let round = 0; round < KILLS; round++) {
      const startedAt = performance.now();
      const gateway = await office.start();
      if (round > 0) readyMs.push(performance.now() - startedAt);
      let isOver = false;
      const enough = received.length + 1 + random.integer(60);
      const load = tokens.flatMap((token) => [1, 2].map(() => keepAsking(gateway, token, () => isOver)));
      await eventually(() => expect(received.length).toBeGreaterThanOrEqual(enough), 30_000);
      await delay(random.next() * ANY_MOMENT_MS);
      process.kill(gateway.pid, 'SIGKILL');
      await gateway.ended;
      isOver = true;
      await Promise.all(load);
    }
    const last = await office.start();
    expect(await last.stop()).toBe(0);

    const logged = office.logged();
    const lost = received.filter(({ id, registers }) => registers.some((name) => !logged.get(id)?.includes(name)));
    expect(lost).toEqual([]);
    expect(received.length).toBeGreaterThan(KILLS * 10);
    const { code, stdout } = await office.verify();
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'The log is whole.']);
    // The median: a single start of a busy machine may be late without the gateway being slow.
    expect(readyMs.sort((a, b) => a - b)[readyMs.length >> 1]).toBeLessThan(READY_MS);
  });

  it('has sent no mutation twice', () => {
    const sent = [...office.offices.people.east.received, ...office.offices.people.west.received]
      .filter(({ query }) => query.includes('rename'))
      .map(({ body }) => /kill-\d+-\d+/.exec(body)?.[0]);
    expect(sent.length).toBeGreaterThan(KILLS);
    expect(sent).toEqual([...new Set(sent)]);
  });
});

/** @returns `null` where the connection broke: then whoever asked has got nothing. */
async function post(url: string, { token, id, query }: { token: string; id: string; query: string }) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': id, ...STATED },
      body: JSON.stringify({ query, variables: { id } }),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}
