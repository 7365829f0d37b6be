import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { describe, expect, it } from '@jest/globals';

/** Instructions of the file, the last stage apart. */
function readStages(): { build: string[]; final: string[] } {
  const lines = readFileSync('Containerfile', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const last = lines.findLastIndex((line) => line.startsWith('FROM '));
  return { build: lines.slice(0, last), final: lines.slice(last) };
}

/** Sources of the COPY instructions, from the repository or from another stage. */
const sourcesOf = (lines: readonly string[], from: string | null): string[] =>
  lines
    .map((line) => line.split(/\s+/))
    .filter(([name, flag]) => name === 'COPY' && (from ? flag === `--from=${from}` : !flag?.startsWith('--')))
    .flatMap((words) => words.slice(from ? 2 : 1, -1));

const { build, final } = readStages();

describe('the Containerfile', () => {
  it('copies only what is there', () => {
    for (const source of sourcesOf([...build, ...final], null))
      expect([source, existsSync(source)]).toEqual([source, true]);
    const built = sourcesOf(final, 'build').map((source) => source.replace('/build/', ''));
    expect(built.length).toBeGreaterThan(3);
    for (const source of built) expect([source, existsSync(source)]).toEqual([source, true]);
  });

  it('copies what the build reads past the ignore file', () => {
    const allowed = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(allowed).toContain('*');
    const { include } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as { include: string[] };
    const rooms = include.filter((room) => room !== 'test' && existsSync(room));
    const files = sourcesOf(build, null).filter((source) => source !== '.');
    for (const name of [...rooms, ...files, 'examples', 'tsconfig.json', 'tsconfig.build.json'])
      expect(allowed).toContain(`!${name}`);
  });

  it('runs as a user who is not root, with one entry for every role', () => {
    expect(final.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    expect(final.findIndex((line) => line.startsWith('COPY '))).toBeLessThan(final.indexOf('USER node'));
    expect(final).toContain('ENTRYPOINT ["node", "--max-semi-space-size=64", "scripts/role.mjs"]');
  });

  it('builds and runs on one Node that the project allows', () => {
    const images = [...build, ...final].filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(images).size).toBe(1);
    const [, major, minor] = /node:(\d+)\.(\d+)\./.exec(images[0] ?? '') ?? [];
    expect([Number(major), Number(minor) >= 19]).toEqual([20, true]);
  });

  it('refuses a role it does not know', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/role.mjs', 'constructor'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'Which part? One of: gateway, subgraph NAME\n' });
  });

  it('hands the arguments after the role to the part', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/role.mjs', 'subgraph', 'nobody'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('Which subgraph? One of:');
  });
});

describe('what runs in production', () => {
  it('imports production dependencies only', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
    const files = ['gateway', 'lib', 'schema', 'subgraphs'].flatMap(sourceFiles);
    expect(files.length).toBeGreaterThan(20);
    const foreign = files.flatMap((file) => packagesOf(file).map((name) => ({ file, name })));
    const missing = foreign.filter(({ name }) => !Object.hasOwn(dependencies, name));
    expect(missing).toEqual([]);
  });
});

const sourceFiles = (room: string): string[] =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('playground/app/'))
    .map((name) => `${room}/${name}`);

/** Packages that a file imports, types aside: they are gone after the build. */
function packagesOf(file: string): string[] {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type ).*? from '([^.'][^']*)'/gms)];
  return specifiers
    .map(([, specifier = '']) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/'))
    .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));
}
