import { existsSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { drawKeyPair } from '../../lib/registry/keys.js';
import type { Source } from '../../schema/try-compose.js';
import { wholeNumber } from '../read-number.js';
import { completeSchema } from '../subgraph/check/complete.js';
import { type Format, hasErrors } from '../subgraph/check/report.js';
import { adopt } from '../subgraph/govern.js';
import { withSession } from '../subgraph/session.js';
import {
  type CommonOptions,
  formatOption,
  readText,
  report,
  toJson,
  withKey,
  withRegistry,
} from '../subgraph/verbs.js';
import { UsageError } from '../usage-error.js';

/** The registry itself: its keys, its beginning, its record. */
export function addRegistryVerbs(program: Command): void {
  const registry = program.command('registry').description('keys, beginning and record of a registry');
  registry
    .command('key <file>')
    .description('draw a key pair: the private key goes to the file, the public one to standard output')
    .addOption(formatOption())
    .action((file: string, { format }: { format: Format }) => {
      if (existsSync(file)) throw new UsageError(`${file} exists; a key is never overwritten.`);
      const { privatePem, publicKey } = drawKeyPair();
      writeFileSync(file, privatePem, { mode: 0o600, flag: 'wx' });
      process.stdout.write(format === 'json' ? toJson({ file, publicKey }) : `${publicKey}\n`);
    });
  withKey(withRegistry(registry.command('adopt <schemas...>')))
    .description('take schemas (NAME=FILE) of a repository as they are, all at once')
    .requiredOption('--reason <text>', 'for the record')
    .action(async (schemas: string[], options: CommonOptions & { reason: string }) => {
      const sources = schemas.map(readSource);
      const { stage, reason, key: keyPath } = options;
      const findings = await withSession(options, (session) => adopt(session, { sources, stage, reason, keyPath }));
      report(
        findings,
        options.format,
        hasErrors(findings) ? {} : { adopted: sources.map(({ name }) => name).join(' ') },
      );
    });
  withRegistry(registry.command('log'))
    .description('every step that was taken, the latest last')
    .option('--after <sequence>', 'from the next one on', wholeNumber(0), 0)
    .action(async (options: CommonOptions & { after: number }) => {
      const events = await withSession(options, async ({ registry: { refresh, store } }) => {
        await refresh();
        return store.readEvents(options.after);
      });
      const lines = events.map(
        ({ sequence, at, actor, body }) => `${sequence}  ${at}  ${actor}  ${JSON.stringify(body)}`,
      );
      if (lines.length === 0) lines.push(`No step of ${options.registry} is later than ${options.after}.`);
      process.stdout.write(options.format === 'json' ? toJson(events) : `${lines.join('\n')}\n`);
    });
}

/** A schema named as NAME=FILE, completed with the shared words. */
export function readSource(text: string): Source {
  const [, name, file] = /^([a-z][a-z0-9-]{0,39})=(.+)$/.exec(text) ?? [];
  if (name === undefined || file === undefined) throw new UsageError(`${text} must be NAME=FILE.`);
  return { name, sdl: completeSchema(readText(file), null) };
}
