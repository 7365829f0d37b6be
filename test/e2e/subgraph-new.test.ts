import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runCli } from '../support/cli.js';

jest.setTimeout(240_000);

/** What of a checkout the example and its test need. */
const PARTS = [
  ...['lib', 'schema', 'scripts', 'simulators', 'subgraphs', 'test/support', 'test/contract/subgraph-example.test.ts'],
  ...['codegen.yml', 'jest.config.mjs', 'package.json', 'tsconfig.json', 'cooperation.yaml'],
];

let root: string;
const runIn = (args: readonly string[]) => runCli(args, {}, root);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fachverbund-new-'));
  await mkdir(join(root, 'test/contract'), { recursive: true });
  await Promise.all(PARTS.map((part) => cp(part, join(root, part), { recursive: true })));
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('fachverbund subgraph new', () => {
  it('makes a folder with a test that passes', async () => {
    const { code, stdout, stderr } = await runIn(['subgraph', 'new', 'dog-register', '--type', 'Dog']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n')).toContain('subgraphs/dog-register/schema.graphql');
    expect(await readFile(join(root, 'subgraphs/dog-register/schema.graphql'), 'utf8')).toContain('type Dog @key(');
    expect(await readFile(join(root, 'codegen.yml'), 'utf8')).toContain('subgraphs/dog-register/schema.generated.ts');
    const jestArgs = ['--no-watchman', '--runInBand', 'test/contract/subgraph-dog-register'];
    const { stderr: told } = await promisify(execFile)(
      process.execPath,
      ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js'), ...jestArgs],
      { cwd: root, env: { PATH: process.env.PATH } },
    );
    expect(told).toMatch(/Tests: +\d\d passed/);
  });

  it.each([
    ['a name that is taken', ['dog-register', '--type', 'Dog'], /exists already/],
    ['a name that is none', ['Dogs', '--type', 'Dog'], /must be lower-case/],
    ['a type that is none', ['dogs', '--type', 'dog'], /PascalCase/],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await runIn(['subgraph', 'new', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
