import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Composed, Fault, Source } from '../../../schema/try-compose.js';
import { progress } from '../../progress.js';

export interface ComposeLimits {
  readonly deadlineMs: number;
  readonly memoryMb: number;
}

const LIMITS: ComposeLimits = { deadlineMs: 300_000, memoryMb: 4096 };

/** What the process is asked to do. */
export interface ComposeJob {
  readonly sources: readonly Source[];
  readonly needsRules: boolean;
}

/**
 * Composes in a process of its own, so that a schema that needs too much time or memory costs nobody else either.
 *
 * @returns Faults also where the process needed more than its limits.
 */
export const composeApart = (sources: readonly Source[], limits: ComposeLimits = LIMITS): Promise<Composed> =>
  runApart({ sources, needsRules: true }, limits);

/** The same for schemas that are tried on invented data: none of their fields needs a rule. */
export const composeOpen = (sources: readonly Source[]): Promise<Composed> =>
  runApart({ sources, needsRules: false }, LIMITS);

function runApart(job: ComposeJob, limits: ComposeLimits): Promise<Composed> {
  progress(`Composing ${job.sources.length} subgraphs`);
  const script = fileURLToPath(new URL('child.js', import.meta.url));
  const child = spawn(process.execPath, [`--max-old-space-size=${limits.memoryMb}`, script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    // Nothing of our surroundings is the composer's business.
    env: {},
    timeout: limits.deadlineMs,
    killSignal: 'SIGKILL',
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(job));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Composed);
      else resolve({ faults: [toFault(signal, limits)] });
    });
  });
}

const toFault = (signal: NodeJS.Signals | null, { deadlineMs, memoryMb }: ComposeLimits): Fault => ({
  code: 'COMPOSITION_LIMIT',
  message:
    signal === 'SIGKILL'
      ? `The schemas did not compose within ${deadlineMs} ms.`
      : `The schemas did not compose within ${memoryMb} MB of memory.`,
  places: [],
});
