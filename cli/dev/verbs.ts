import type { Command } from 'commander';
import { readCooperationFile } from '../../lib/cooperation/read.js';
import { wholeNumber } from '../read-number.js';
import { readSource } from '../registry/verbs.js';
import { readRunning } from '../subgraph/check/check.js';
import { completeSchema } from '../subgraph/check/complete.js';
import { writeReport } from '../subgraph/check/report.js';
import { withSession } from '../subgraph/session.js';
import { type CommonOptions, readText, withRegistry } from '../subgraph/verbs.js';
import { UsageError } from '../usage-error.js';
import { startDev } from './dev.js';

interface DevVerbOptions extends CommonOptions {
  readonly schema: string;
  readonly url: string;
  readonly other?: readonly string[];
  readonly port: number;
  readonly signingKey?: string;
}

/** `dev`: the federation around one subgraph that is being made. */
export function addDevVerb(program: Command): void {
  withRegistry(program.command('dev <name>'))
    .description('run the federation with your own subgraph and all others invented from their schemas')
    .requiredOption('--schema <file>', 'its schema; followed when it changes')
    .requiredOption('--url <url>', 'where it answers')
    .option('--other <schemas...>', 'NAME=FILE of the others; without any, what runs in the stage')
    .option('--signing-key <file>', 'private key with which the gateway signs what it asks (SUBGRAPH_SIGNING_KEY)')
    .option('--port <port>', 'of the gateway; 0 takes a free one', wholeNumber(0, 65_535), 4000)
    .action(async (name: string, options: DevVerbOptions) => {
      const others = await readOthers(name, options);
      const dev = await startDev({
        name,
        url: options.url,
        readSchema: async () => completeSchema(readText(options.schema), null),
        others,
        municipalities: readCooperationFile(options.cooperation).municipalities,
        port: options.port,
        signingKey: options.signingKey === undefined ? null : readText(options.signingKey),
        onSchema: (findings) =>
          void process.stderr.write(findings.length > 0 ? writeReport(findings, 'text') : 'schema taken over\n'),
      });
      process.stdout.write(
        `${JSON.stringify({ ready: { url: dev.url, invented: others.map((other) => other.name) } })}\n`,
      );
      await new Promise<void>((resolve) => void process.once('SIGINT', resolve).once('SIGTERM', resolve));
      await dev.close();
    });
}

async function readOthers(name: string, options: DevVerbOptions) {
  const all = options.other
    ? options.other.map(readSource)
    : await withSession(options, async ({ registry }) => {
        const state = await registry.refresh();
        return (await readRunning(registry.store, state, options.stage)).running;
      });
  const others = all.filter((other) => other.name !== name);
  if (others.length === 0 && !options.other) throw new UsageError('Nothing runs in the stage; name others by --other.');
  return others;
}
