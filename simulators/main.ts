import { Console } from 'node:console';
import { readdirSync } from 'node:fs';
import type { Simulator } from './simulator.js';

/** `node dist/simulators/main.js KIND`: one simulated system, until SIGTERM. Only the ready line goes to stdout. */
const kind = process.argv[2] ?? '';
const known = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

// Libraries that report on the console must not disturb the one line on stdout.
globalThis.console = new Console(process.stderr);

try {
  if (!known.includes(kind)) throw new Error(`Which simulator? One of: ${known.join(', ')}`);
  const { start } = (await import(`./${kind}/index.js`)) as Simulator;
  const running = await start(process.env);
  // Before the ready line: whoever reads it may stop the process at once.
  const stop = () => void running.close().then(() => process.exit(0), fail);
  process.once('SIGTERM', stop).once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: running.ready })}\n`);
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
