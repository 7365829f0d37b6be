import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '../support/oracle/differential.js';
import { supergraphs } from '../support/oracle/supergraphs/index.js';

/**
 * Random operations, also while parts of the backend fail. More of them: `node dist/bench/differential.js --total
 * --operations 20000 --faults`.
 */
const RUNS = [
  {
    how: 'as a program, over HTTP',
    names: ['shop'],
    operations: 100,
    args: [],
  },
  {
    how: 'in one process',
    names: supergraphs.map(({ name }) => name),
    operations: 150,
    args: ['--module', 'dist/gateway/plan/compiled-gateway.js#createCompiledGateway'],
  },
];

describe.each(RUNS)('the compiled engine $how, against one schema without federation', (run) => {
  let reports: readonly Report[];

  beforeAll(() => {
    const what = ['--supergraphs', run.names.join(','), '--operations', String(run.operations), '--faults', '--json'];
    const args = ['dist/bench/differential.js', ...what, ...run.args];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (stdout === '') throw new Error(stderr);
    reports = JSON.parse(stdout) as readonly Report[];
  }, 240_000);

  it.each(run.names)('answers rightly over %s', (name) => {
    const report = reports.find(({ supergraph }) => supergraph === name);
    expect(report?.operations).toBeGreaterThanOrEqual(run.operations);
    expect(report?.differences).toEqual([]);
    expect(report?.different).toBe(0);
  });
});
