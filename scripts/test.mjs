// Everything that must hold: build, types, format and lint, then unit, contract and end-to-end tests.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (name, args, env = {}) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) console.error(`FAILED: ${name}`);
  return status === 0;
};

const folder = mkdtempSync(join(tmpdir(), 'fachverbund-test-'));
const jest = (name, args) => {
  const outputFile = join(folder, `${name}.json`);
  const options = ['node_modules/jest/bin/jest.js', ...args, '--json', `--outputFile=${outputFile}`];
  const isGreen = run(name, options, { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' });
  return { isGreen, ...JSON.parse(readFileSync(outputFile, 'utf8')) };
};

const checks = [
  run('build', ['scripts/build.mjs']),
  run('types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit']),
  run('types of the playground', ['node_modules/typescript/bin/tsc', '-p', 'gateway/playground/app']),
  run('format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
];
const suites = [
  jest('unit and contract', ['test/unit', 'test/contract', '--maxWorkers=2']),
  // Each end-to-end file starts real processes; side by side they would fight for the cores.
  jest('end to end', ['test/e2e', '--runInBand']),
];
rmSync(folder, { recursive: true, force: true });

const count = (name) => suites.reduce((sum, suite) => sum + suite[name], 0);
const failed = count('numFailedTests') + count('numRuntimeErrorTestSuites');
console.log(`Tests: ${count('numPassedTests')} passed, ${failed} failed, ${count('numPendingTests')} skipped`);
const isGreen = checks.every(Boolean) && suites.every((suite) => suite.isGreen) && count('numPendingTests') === 0;
process.exit(isGreen ? 0 : 1);
