import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What it reads on standard input. */
  readonly input?: string;
}

/** @param path Of a program of ours, seen from this folder. */
export const program = (
  path: string,
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Command => ({ file: process.execPath, args: [...flags, new URL(path, import.meta.url).pathname], env });

export interface Running {
  readonly pid: number;
  /** The next line it prints on standard output. @throws Error where it ends without one, or after `deadlineMs`. */
  nextLine(deadlineMs: number): Promise<string>;
  hasEnded(): boolean;
  /** What it wrote last, to tell why it did not work. */
  lastWords(): string;
  stop(): Promise<void>;
}

/** Cores of the two sides: what is measured, and everything else. */
export const GATEWAY_CORE = 0;
export const OTHER_CORE = 1;

/** Whether processes can be kept on one core each. */
export const canPin = (): boolean => isThere('taskset');

/** Starts a program on one core; where the machine can, it ends with this process, however that ends. */
export function start(command: Command, core: number): Running {
  const pinning = canPin() ? ['taskset', '-c', String(core)] : [];
  const [file = '', ...args] = [...pinning, ...endsWithParent(), command.file, ...command.args];
  const child = spawn(file, args, {
    env: { ...process.env, NODE_ENV: 'production', ...command.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(command.cwd !== undefined && { cwd: command.cwd }),
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.input ?? '');
  let words = '';
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
  const listen = (chunk: Buffer) => {
    words = (words + chunk.toString('utf8')).slice(-4000);
  };
  child.stderr.on('data', listen);
  child.stdout.on('data', listen);
  return {
    pid: child.pid ?? -1,
    nextLine: (deadlineMs) => readNextLine(child, deadlineMs, () => words),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    lastWords: () => words,
    stop: () => stop(child, ended),
  };
}

/** Runs a program with this one's output until it ends by itself. */
export async function runBeside(program: string): Promise<void> {
  const [file = '', ...args] = [...endsWithParent(), process.execPath, program];
  await once(spawn(file, args, { stdio: 'inherit' }), 'close');
}

/** CPU time in ms and resident memory in bytes of processes and everything they started. */
export function usageOf(...pids: readonly number[]): { readonly cpuMs: number; readonly rssBytes: number } {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readStat);
  const family = new Set(pids);
  for (const { id, parent } of [...stats].sort((a, b) => a.id - b.id)) if (family.has(parent)) family.add(id);
  const own = stats.filter(({ id }) => family.has(id));
  const total = (read: (stat: Stat) => number) => own.reduce((sum, stat) => sum + read(stat), 0);
  return { cpuMs: total(({ ticks }) => ticks) * MS_PER_TICK, rssBytes: total(({ pages }) => pages) * BYTES_PER_PAGE };
}

/** @returns A TCP port on the loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<unknown>((resolve) => server.close(resolve));
  return port;
}

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

/** The kernel ends it: whoever is killed can end nobody. */
const endsWithParent = (): string[] => (isThere('setpriv') ? ['setpriv', '--pdeathsig', 'TERM'] : []);

interface Stat {
  readonly id: number;
  readonly parent: number;
  readonly ticks: number;
  readonly pages: number;
}

/** As Linux has them on every machine Node runs on (`getconf CLK_TCK PAGESIZE`). */
const MS_PER_TICK = 10;
const BYTES_PER_PAGE = 4096;

function readStat(name: string): Stat[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    // The second field is a name in parentheses that may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = -1, user = 0, system = 0, pages = 0] = [fields[1], fields[11], fields[12], fields[21]];
    return [{ id: Number(name), parent, ticks: user + system, pages }];
  } catch {
    return [];
  }
}

function readNextLine(child: ChildProcess, deadlineMs: number, words: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const finish = () => {
      clearTimeout(timer);
      child.removeListener('exit', fail);
      child.stdout?.removeListener('data', read);
    };
    const fail = () => {
      finish();
      reject(new Error(`${child.spawnargs.join(' ')} printed no line:\n${words()}`));
    };
    const read = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end < 0) return;
      finish();
      resolve(text.slice(0, end));
    };
    const timer = setTimeout(fail, deadlineMs);
    child.once('exit', fail);
    child.stdout?.on('data', read);
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}
