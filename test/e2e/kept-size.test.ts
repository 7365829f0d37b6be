import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask } from '../support/ask.js';
import type { GatewayProcess } from '../support/gateway-process.js';
import { startTownHall, type TownHall } from '../support/town-hall.js';

/** Distinct questions of the flood; 50,000 before a release. */
const FLOOD = Number(process.env['KEPT_FLOOD'] ?? 3000);
/** Distinct entities; 1,000,000 before a release. */
const ENTITIES = Number(process.env['KEPT_ENTITIES'] ?? 10_000);
const AT_ONCE = 500;

jest.setTimeout(180_000 + FLOOD * 20 + ENTITIES * 2);

/** What a busy process takes beside what it keeps: what is under way, compiled operations, garbage not collected yet. */
const BESIDE_BYTES = 500_000_000;
/** No more in the second half than this: it goes up and down, and does not grow. */
const SWING_BYTES = 150_000_000;
/** What is slow here is the machine; and without a limit V8 collects garbage when it likes, whatever is kept. */
const PATIENT = { SUBGRAPH_DEADLINE_MS: '60000', NODE_OPTIONS: '--max-old-space-size=512' };
/** As settings say where nothing is set. */
const DEFAULT_MEMORY_BYTES = 67_108_864;

let hall: TownHall;

beforeAll(async () => {
  hall = await startTownHall();
});

afterAll(() => hall?.close());

describe('what is kept in memory', () => {
  it('is bounded under a flood of distinct questions', async () => {
    const most = 2_000_000;
    const gateway = await hall.start({ ...PATIENT, CACHE_MEMORY_BYTES: String(most) });
    const { start, half, end } = await sample(gateway, FLOOD, async (index) => {
      const ags = String(20_000_000 + index);
      // Every tenth is another document, that has to be read and planned.
      const alias = index % 10 === 0 ? `name${index}` : 'name';
      const query = `query q($ags: AGS!) { town(ags: $ags) { ${alias}: name dogs } }`;
      const { status, data } = await ask(gateway.url, query, { variables: { ags } });
      expect([status, data]).toEqual([200, { town: { [alias]: `Town ${ags}`, dogs: Number(ags) % 1000 } }]);
    });
    expect(end.kept).toBeGreaterThan(most / 4);
    expect(end.kept).toBeLessThanOrEqual(most);
    expect(end.resident - half.resident).toBeLessThan(SWING_BYTES);
    expect(end.resident - start.resident).toBeLessThan(most + BESIDE_BYTES);
  });

  it('is bounded under distinct entities', async () => {
    const gateway = await hall.start({ ...PATIENT, LIMITS: 'off' });
    const query = `query q($from: Int!) { towns(first: ${AT_ONCE}, from: $from) { dogs } }`;
    const asked = hall.register.received.length;
    const { start, half, end } = await sample(gateway, ENTITIES / AT_ONCE, async (index) => {
      const { status, data, errors } = await ask(gateway.url, query, { variables: { from: 1000 + index * AT_ONCE } });
      expect([status, errors]).toEqual([200, []]);
      expect(data?.['towns']).toHaveLength(AT_ONCE);
    });
    expect(hall.register.received.length - asked).toBe(ENTITIES / AT_ONCE);
    expect(end.entities).toBeGreaterThanOrEqual(ENTITIES);
    expect(end.kept).toBeGreaterThan(Math.min(ENTITIES * 200, DEFAULT_MEMORY_BYTES / 2));
    expect(end.kept).toBeLessThanOrEqual(DEFAULT_MEMORY_BYTES);
    expect(end.resident - half.resident).toBeLessThan(SWING_BYTES);
    expect(end.resident - start.resident).toBeLessThan(DEFAULT_MEMORY_BYTES + BESIDE_BYTES);
  });
});

/** Does `work` so often, and looks at the memory before, halfway and at the end. */
async function sample(gateway: GatewayProcess, count: number, work: (index: number) => Promise<void>) {
  const start = await memoryOf(gateway);
  await inTurn([0, count / 2], work);
  const half = await memoryOf(gateway);
  await inTurn([count / 2, count], work);
  const end = await memoryOf(gateway);
  // Figures of a large run are worth knowing.
  if (count > 5000 || ENTITIES > 100_000) process.stdout.write(`${JSON.stringify({ count, start, half, end })}\n`);
  return { start, half, end };
}

async function inTurn([from, to]: readonly [number, number], work: (index: number) => Promise<void>): Promise<void> {
  let next = from;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < to; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: 20 }, worker));
}

async function memoryOf({ adminUrl }: GatewayProcess) {
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    kept: read('fachverbund_cache_memory_bytes'),
    resident: read('process_resident_memory_bytes'),
    /** Kept so far of the second subgraph, whether they are still there or not. */
    entities: read('fachverbund_cache_kept_total\\{cache="entities",subgraph="register"\\}'),
  };
}
