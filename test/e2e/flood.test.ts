import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { startTownHall, type TownHall } from '../support/town-hall.js';

/** Distinct operations of each flood; 1,500 before a release. */
const FLOOD = Number(process.env['LARGE_FLOOD'] ?? 400);
const AT_ONCE = 4;

jest.setTimeout(120_000 + FLOOD * 1000);

/** An idle process takes a third; a text that is kept once for each operation takes half of it again. */
const HEAP_MB = 150;
const LONG = 'v'.repeat(250_000);

interface Flood {
  readonly name: string;
  readonly query: (index: number) => string;
  readonly variables: (index: number) => Record<string, unknown>;
  readonly data: unknown;
}

const CANARY = 'canary<flood|null|null>';
const FLOODS: readonly Flood[] = [
  {
    name: 'a long value',
    query: (index) => `{ person(ags: "10045114", id: "${index}${LONG}") { canary } }`,
    variables: () => ({}),
    data: { person: { canary: CANARY } },
  },
  {
    name: 'a long value and so many conditions that it is not kept at all',
    query: (index) =>
      `query ($first: Boolean!, $second: Boolean!, $third: Boolean!) {
        person(ags: "10045114", id: "${index}${LONG}") {
          canary @include(if: $first)
          more: canary @include(if: $second)
          most: canary @include(if: $third)
        }
      }`,
    variables: () => ({ first: true, second: false, third: false }),
    data: { person: { canary: CANARY } },
  },
  {
    name: 'a variable in a long text',
    query: (index) =>
      `query ($a_name_of_some_length_${index}: AGS!) { town(ags: $a_name_of_some_length_${index}) { name } } # ${LONG}`,
    variables: (index) => ({ [`a_name_of_some_length_${index}`]: String(20_000_000 + index) }),
    data: { town: { name: expect.stringMatching(/^Town 2/) } },
  },
];

describe('distinct operations, each', () => {
  let hall: TownHall;
  beforeAll(async () => {
    hall = await startTownHall();
  });
  afterAll(() => hall?.close());

  it.each(FLOODS)('of $name, leave a process with little memory alive', async ({ query, variables, data }) => {
    const gateway = await hall.start({
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
      CACHE_MEMORY_BYTES: '4194304',
      AUDIT: 'off',
    });
    const start = await memoryOf(gateway);
    await inTurn(FLOOD, async (index) => {
      const token = await hall.tokenFor('flood');
      const answer = await ask(gateway.url, query(index), { token, variables: variables(index) });
      expect([answer.status, answer.errors, answer.data]).toEqual([200, [], data]);
    });
    const end = await memoryOf(gateway);
    if (FLOOD > 1000) process.stdout.write(`${JSON.stringify({ start, end })}\n`);
    expect(end.heap).toBeLessThan(HEAP_MB * 2 ** 20);
    expect(await gateway.stop()).toBe(0);
  });
});

async function inTurn(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function memoryOf({ adminUrl }: GatewayProcess) {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return { heap: read('nodejs_heap_size_used_bytes'), resident: read('process_resident_memory_bytes') };
}
