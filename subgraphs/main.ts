import { readdirSync } from 'node:fs';
import type { AnySubgraph } from '../lib/subgraph/define.js';
import { serveSubgraph } from '../lib/subgraph/serve.js';

/** `node dist/subgraphs/main.js NAME`: one instance of one subgraph, until SIGTERM. */
const name = process.argv[2] ?? '';
const known = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

try {
  if (!known.includes(name)) throw new Error(`Which subgraph? One of: ${known.join(', ')}`);
  const { subgraph } = (await import(`./${name}/index.js`)) as { subgraph: AnySubgraph };
  const running = await serveSubgraph(subgraph, process.env);
  // Before the ready line: whoever reads it may stop the process at once.
  const stop = () => void running.close().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  process.stdout.write(`${JSON.stringify({ ready: running.url })}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
