import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { runCli } from '../support/cli.js';

// Each is a process of its own, on a machine that may be busy.
jest.setTimeout(60_000);

const COOPERATION = 'cooperation.yaml';
const HOMES = ['audit', 'subgraph', 'supergraph', 'registry', 'graph', 'dev'];

let folder: string;
const run = (...args: string[]) => runCli(args, {}, folder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fachverbund-command-'));
  await writeFile(join(folder, COOPERATION), await readFile(COOPERATION, 'utf8'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('fachverbund', () => {
  it('says what it can do, and ends with 0', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const name of HOMES) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });

  it.each([
    ['an unknown command', ['nonsense'], 'unknown command'],
    ['an unknown format', ['subgraph', 'list', '--format', 'yaml'], 'Allowed choices are text, json'],
    ['days that are no number', ['subgraph', 'check', 'x', '--schema', 'x', '--usage-days', 'abc'], '--usage-days'],
    ['a step that is no number', ['registry', 'log', '--after', 'abc'], '--after'],
    ['a port that is none', ['dev', 'x', '--schema', 'x', '--url', 'x', '--port', '70000'], '--port'],
    ['a registry of another kind', ['subgraph', 'list', '--registry', 'mysql://x'], 'a folder or a postgres:// URL'],
    [
      'a registry that is not there',
      ['registry', 'log', '--registry', 'postgres://127.0.0.1:1/x'],
      '127.0.0.1:1: nobody',
    ],
    ['an agreement that is not there', ['subgraph', 'list', '--cooperation', 'no.yaml'], 'no.yaml: no such file'],
    ['a folder that is not there', ['registry', 'key', 'no/x.pem'], 'no/x.pem: no such file or folder.'],
  ])('refuses %s in words, with 2', async (_, args, words) => {
    const { code, stdout, stderr } = await run(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says that a registry is empty', async () => {
    expect(await run('subgraph', 'list')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing has been'),
    });
    expect(await run('subgraph', 'list', '--format', 'json')).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  it('hands a key and a schema over as JSON', async () => {
    const drawn = JSON.parse((await run('registry', 'key', 'a.pem', '--format', 'json')).stdout) as unknown;
    expect(drawn).toEqual({ file: 'a.pem', publicKey: expect.any(String) });
    await writeFile(join(folder, 'a.graphql'), 'type Query { "A." a: String @public }');
    const composed = await run('supergraph', 'compose', 'a=a.graphql', '--format', 'json');
    expect(JSON.parse(composed.stdout)).toEqual({ supergraph: expect.stringContaining('a: String') });
    const written = await run('supergraph', 'compose', 'a=a.graphql', '--format', 'json', '--out', 'b.graphql');
    expect(JSON.parse(written.stdout)).toEqual({ out: 'b.graphql' });
  });
});
