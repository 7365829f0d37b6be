import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '../support/oracle/differential.js';
import { supergraphs } from '../support/oracle/supergraphs/index.js';

/**
 * Random operations through the gateway's program. More of them: `node dist/bench/differential.js --total
 * --operations 20000 --faults`.
 */
const OPERATIONS = 200;

const names = supergraphs.filter(({ needsRights }) => !needsRights).map(({ name }) => name);
let reports: readonly Report[];

beforeAll(() => {
  const args = ['dist/bench/differential.js', '--operations', String(OPERATIONS), '--faults', '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (stdout === '') throw new Error(stderr);
  reports = JSON.parse(stdout) as readonly Report[];
}, 180_000);

describe('the compiled engine, against one schema without federation and the stock gateway', () => {
  it.each(names)('answers random operations over %s rightly, also while parts fail', (name) => {
    const report = reports.find(({ supergraph }) => supergraph === name);
    expect(report?.operations).toBeGreaterThanOrEqual(OPERATIONS);
    expect(report?.differences).toEqual([]);
    expect(report?.different).toBe(0);
  });
});
