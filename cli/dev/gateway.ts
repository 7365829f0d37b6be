import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../usage-error.js';

/** A gateway as a process of its own. */
export interface GatewayProcess {
  readonly url: string;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../gateway/main.js', import.meta.url));

/**
 * @param settings Environment of the gateway; nothing else of ours reaches it.
 * @throws UsageError with its last words where it does not start.
 */
export async function startGateway(settings: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [MAIN], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString('utf8')}`.slice(-2000);
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = readReady(line);
      if (found !== null) resolve(found);
    });
    child.once('exit', () => reject(new UsageError(`The gateway does not start: ${words.trim()}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function readReady(line: string): string | null {
  try {
    const { ready } = JSON.parse(line) as { ready?: { url?: string } };
    return ready?.url ?? null;
  } catch {
    return null;
  }
}
