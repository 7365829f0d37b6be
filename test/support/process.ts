import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { ROOT } from '../../scripts/root.js';

/** A process of ours that a test started, with all it wrote so far. */
export interface TestProcess {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** @throws Error with all it wrote where it ends, or the deadline passes, before `text` stands in its output. */
  waitFor(text: string): Promise<void>;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  /** Exit code; `null` where a signal ended it. */
  readonly ended: Promise<number | null>;
}

const DEADLINE_MS = 90_000;

/** Runs `node ARGS` in the project's folder. */
export function run(args: readonly string[], env: Readonly<Record<string, string>>): TestProcess {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
    ended,
    waitFor: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!`${stdout}${stderr}`.includes(text)) return;
          settle();
          resolve();
        };
        const fail = (reason: string) => () => {
          settle();
          reject(new Error(`${reason} before it wrote "${text}":\n${stdout}${stderr}`));
        };
        const timer = setTimeout(fail('The deadline passed'), DEADLINE_MS);
        const onEnd = fail('The process ended');
        const settle = () => {
          clearTimeout(timer);
          child.off('close', onEnd);
          child.stdout.off('data', look);
          child.stderr.off('data', look);
        };
        child.once('close', onEnd);
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
      }),
  };
}

/** Whether a process of that id runs; one that nobody has buried yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
