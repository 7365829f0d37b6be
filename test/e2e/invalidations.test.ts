import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '../../lib/log.js';
import { type Invalidations, openInvalidations } from '../../lib/subgraph/invalidate.js';
import { eventually } from '../support/eventually.js';
import { type GatewayEar, startGatewayEar } from '../support/gateway-ear.js';

const TOKEN = 'a-token-of-32-characters-at-least';
const ALL = ['municipality:10045114', 'municipality:10045117'];

let ears: GatewayEar[];
let lines: string[];
let invalidations: Invalidations;
beforeEach(async () => {
  ears = await Promise.all([startGatewayEar(), startGatewayEar()]);
  lines = [];
  const note = (event: object, text: string) => void lines.push(`${text} ${JSON.stringify(event)}`);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const settings = { INVALIDATION_URLS: ears.map(({ url }) => url), ADMIN_TOKEN: TOKEN };
  invalidations = openInvalidations({ settings, all: () => ALL, log });
});
afterEach(async () => {
  await invalidations.close();
  await Promise.all(ears.map((ear) => ear.close()));
});
const [one, other] = [() => ears[0] as GatewayEar, () => ears[1] as GatewayEar];

describe('what a subgraph wants to be forgotten', () => {
  it('is told to each gateway, a thousand tags at a time', async () => {
    const tags = Array.from({ length: 2500 }, (_, number) => `a:${number}`);
    invalidations.forget(tags);
    invalidations.forget(tags);
    expect(await invalidations.isConfirmed(5000)).toBe(true);
    for (const ear of ears) {
      expect(new Set(ear.tags())).toEqual(new Set(tags));
      expect(Math.max(...ear.heard.map((request) => request.tags.length))).toBe(1000);
    }
  });

  it('is confirmed when the last gateway has confirmed it', async () => {
    other().answer(503);
    invalidations.forget(['person:CANARY']);
    expect(await invalidations.isConfirmed(200)).toBe(false);
    expect(one().tags()).toEqual(['person:CANARY']);
    other().answer(200);
    expect(await invalidations.isConfirmed(5000)).toBe(true);
    expect(other().tags()).toEqual(['person:CANARY']);
  });

  it.each([
    ['says that it is not the one', 401],
    ['fails', 500],
    ['does not answer', 'never'],
  ] as const)('is told again where a gateway %s', async (_, answer) => {
    one().answer(answer);
    invalidations.forget(['a:1']);
    await eventually(() => expect(one().asked()).toBeGreaterThan(1));
    one().answer(200);
    expect(await invalidations.isConfirmed(5000)).toBe(true);
    expect(one().tags()).toEqual(['a:1']);
  });

  it('becomes everything where it is more than is kept', async () => {
    one().answer(503);
    invalidations.forget(['a:first']);
    await eventually(() => expect(one().asked()).toBeGreaterThan(0));
    invalidations.forget(Array.from({ length: 20_001 }, (_, number) => `a:${number}`));
    one().answer(200);
    expect(await invalidations.isConfirmed(5000)).toBe(true);
    expect(one().tags()).toEqual(expect.arrayContaining(ALL));
    expect(one().tags().length).toBeLessThan(10);
  });

  it('becomes everything where a tag is longer than gateways take', async () => {
    invalidations.forget(['a:1', `person:${'x'.repeat(600)}`]);
    expect(await invalidations.isConfirmed(5000)).toBe(true);
    expect([...one().tags()].sort()).toEqual(['a:1', ...ALL]);
  });

  it('stands in no log, and neither does the token', async () => {
    one().answer(503);
    invalidations.forget(['person:CANARY']);
    await eventually(() => expect(one().asked()).toBeGreaterThan(2));
    one().answer(200);
    await invalidations.isConfirmed(5000);
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/CANARY|a-token/);
  });

  it('is given up when the process ends', async () => {
    one().answer('never');
    invalidations.forget(['a:1']);
    const confirmed = invalidations.isConfirmed(60_000);
    await invalidations.close();
    expect(await confirmed).toBe(false);
  });
});
