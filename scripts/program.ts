import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { dist, ROOT } from './root.js';

/** A program of ours that runs as a process of its own and says on stdout when it is ready. */
export interface Program {
  readonly name: string;
  /** Path below `dist/`. */
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface RunningProgram {
  readonly name: string;
  readonly pid: number;
  /** What stands behind `ready` in the line. */
  readonly ready: unknown;
  /** Settles when the process is gone, with the reason in words. */
  readonly gone: Promise<string>;
  /** The last lines it wrote. */
  lastLines(): readonly string[];
  /** SIGTERM, and after fifteen seconds SIGKILL. */
  stop(): Promise<void>;
}

/** A program that never became ready; the message has its last lines. */
export class StartError extends Error {
  constructor(name: string, reason: string, lines: readonly string[]) {
    super([`${name} ${reason}`, ...lines.map((line) => `  ${line}`)].join('\n'));
    this.name = 'StartError';
  }
}

const READY_MS = 120_000;
/** Longer than the gateway waits for requests in flight. */
const STOP_MS = 15_000;
const LAST_WORDS_MS = 1000;
const KEPT_LINES = 15;

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only the start script, which
 * stops all programs in order. Where the start script is killed, they leave by themselves.
 *
 * @param logFile Everything it writes goes there.
 * @throws StartError when it dies, stays silent, or `signal` fires before it is ready; it is gone then.
 */
export async function startProgram(program: Program, logFile: string, signal: AbortSignal): Promise<RunningProgram> {
  const leave = pathToFileURL(dist('scripts/leave-with-parent.js')).href;
  const child = spawn(process.execPath, ['--import', leave, dist(program.script), ...program.args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
    env: program.env,
    cwd: ROOT,
  });
  const { lines, ready } = listenTo(child, logFile);
  const gone = goneOf(child);
  const stop = () => stopChild(child, gone);
  const waiting = patience(signal);
  const said = await Promise.race([ready, gone.then((reason) => ({ reason })), waiting.over]);
  waiting.end();
  if ('ready' in said) {
    // A child without a pid could not have said anything.
    return { name: program.name, pid: child.pid ?? 0, ready: said.ready, gone, stop, lastLines: () => lines };
  }
  await stop();
  throw new StartError(program.name, said.reason, lines);
}

function listenTo(child: ChildProcess, logFile: string): { lines: string[]; ready: Promise<{ ready: unknown }> } {
  const lines: string[] = [];
  const log = createWriteStream(logFile, { flags: 'a' });
  child.once('close', () => log.end());
  const keep = (line: string) => {
    log.write(`${line}\n`);
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  };
  if (child.stderr) createInterface({ input: child.stderr }).on('line', keep);
  const ready = new Promise<{ ready: unknown }>((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":')) resolve(JSON.parse(line) as { ready: unknown });
      else keep(line);
    });
  });
  return { lines, ready };
}

function goneOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      killGroup(child);
      const reason = signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
      // Its last words may still be on their way; somebody who left the group must not hold us up.
      child.once('close', () => resolve(reason));
      setTimeout(resolve, LAST_WORDS_MS, reason).unref();
    });
  });
}

async function stopChild(child: ChildProcess, gone: Promise<string>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => killGroup(child), STOP_MS);
  await gone;
  clearTimeout(timer);
}

/** What a program started itself belongs to its group and must not outlive it. */
function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

/** Until when one waits for a program, with the reason why no longer. */
function patience(signal: AbortSignal): { readonly over: Promise<{ reason: string }>; end(): void } {
  let end: () => void = () => undefined;
  const over = new Promise<{ reason: string }>((resolve) => {
    const give = (reason: string) => () => resolve({ reason });
    const onAbort = give('was not needed any more');
    const timer = setTimeout(give(`was not ready after ${READY_MS / 1000} s`), READY_MS);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  });
  return { over, end };
}
