import { readFileSync, writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { STAGES, type Stage } from '../../lib/registry/event.js';
import { wholeNumber } from '../read-number.js';
import { UsageError } from '../usage-error.js';
import { check, readRunning } from './check/check.js';
import { completeSchema } from './check/complete.js';
import type { Finding } from './check/finding.js';
import { type Format, hasErrors, writeReport } from './check/report.js';
import { fetchSchema, list, removeSubgraph, rollBack, setDisabled } from './govern.js';
import { makeSubgraph } from './new.js';
import { approve, propose } from './propose.js';
import { dayBefore, type RegistryOptions, withSession } from './session.js';
import { type TrialOptions, tryInstance, withTrial } from './trial.js';

/** Options of every verb that touches a registry. */
export interface CommonOptions extends RegistryOptions {
  readonly format: Format;
  readonly stage: Stage;
  readonly key?: string;
}

/** Verbs of providers and the coordinator; the words are those of rover. Exit codes: 0 done, 1 findings, 2 usage. */
export function addSubgraphVerbs(program: Command): void {
  const subgraph = program.command('subgraph').description('schemas of subgraphs: check, propose, approve, run');
  addNew(subgraph);
  addCheck(subgraph);
  addPropose(subgraph);
  addApprove(subgraph);
  addRunning(subgraph);
  addReading(subgraph);
}

/** @returns The verb with the options that all of them have. */
export const withRegistry = (verb: Command): Command =>
  verb
    .addOption(new Option('--registry <where>', 'folder or postgres:// URL').env('REGISTRY').default('.run/registry'))
    .addOption(
      new Option('--cooperation <file>', 'cooperation agreement').env('COOPERATION_PATH').default('cooperation.yaml'),
    )
    .addOption(new Option('--stage <stage>', 'where it runs').choices(STAGES).default('production'))
    .addOption(formatOption());

/** @returns The option that every verb has: words for people, or JSON for programs. */
export const formatOption = (): Option =>
  new Option('--format <format>', 'how to say it').choices(['text', 'json']).default('text');

export const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

export const withKey = (verb: Command): Command =>
  verb.addOption(new Option('--key <file>', 'private key (PKCS #8, PEM)').env('FACHVERBUND_KEY'));

function addNew(subgraph: Command): void {
  subgraph
    .command('new <name>')
    .description('make a folder that runs, with a test that passes, out of subgraphs/example')
    .requiredOption('--type <Type>', 'name of its first record, in PascalCase')
    .addOption(formatOption())
    .action((name: string, { type, format }: { type: string; format: Format }) => {
      const files = makeSubgraph({ name, type, root: process.cwd() });
      process.stdout.write(format === 'json' ? toJson({ subgraph: name, files }) : `${files.join('\n')}\n`);
    });
}

function addCheck(subgraph: Command): void {
  withTrial(withRegistry(subgraph.command('check <names...>')))
    .description(
      'whether schemas compose with what runs, break nobody, and keep the conventions; and an instance its contract',
    )
    .requiredOption('--schema <files...>', 'one file for each name, in their order')
    .option('--rules <file>', 'rules for a schema whose language cannot say them')
    .option('--usage-days <days>', 'operations sent in the last days count as in use', wholeNumber(0, 3650), 30)
    .action(async (names: string[], options: CommonOptions & CheckOptions) => {
      if (names.length !== options.schema.length) throw new UsageError('--schema needs one file for each name.');
      if (names.length > 1 && options.url !== undefined) throw new UsageError('--url is of one subgraph: name one.');
      const rules = options.rules === undefined ? null : readText(options.rules);
      const proposals = names.map((name, index) => ({
        subgraph: name,
        sdl: completeSchema(readText(options.schema[index] ?? ''), rules),
      }));
      const { findings } = await withSession(options, async ({ registry, agreement }) => {
        const state = await registry.refresh();
        const usage = await registry.store.readUsage(dayBefore(options.usageDays));
        return check({ proposals, ...(await readRunning(registry.store, state, options.stage)), agreement, usage });
      });
      const [name = ''] = names;
      const tried = await tryInstance(name, readText(options.schema[0] ?? ''), options);
      report([...tried, ...findings], options.format);
    });
}

interface CheckOptions extends TrialOptions {
  readonly schema: readonly string[];
  readonly rules?: string;
  readonly usageDays: number;
}

function addPropose(subgraph: Command): void {
  withTrial(withKey(withRegistry(subgraph.command('propose <name>'))))
    .description("offer a version of a subgraph; needs the provider's key")
    .requiredOption('--schema <file>', 'the schema as the instances serve it')
    .option('--rules <file>', 'rules for a schema whose language cannot say them')
    .option('--instance <urls...>', 'instances that serve it; all where none is named')
    .option('--usage-days <days>', 'operations sent in the last days count as in use', wholeNumber(0, 3650), 30)
    .action(async (name: string, options: CommonOptions & ProposeOptions) => {
      const { findings, version } = await withSession(options, (session) =>
        propose(session, {
          subgraph: name,
          sdl: readText(options.schema),
          rules: options.rules === undefined ? null : readText(options.rules),
          instances: options.instance ?? null,
          keyPath: options.key,
          stage: options.stage,
          usageDays: options.usageDays,
          trial: options,
        }),
      );
      report(findings, options.format, version === null ? {} : { subgraph: name, version });
    });
}

interface ProposeOptions extends TrialOptions {
  readonly schema: string;
  readonly rules?: string;
  readonly instance?: readonly string[];
  readonly usageDays: number;
}

function addApprove(subgraph: Command): void {
  withKey(withRegistry(subgraph.command('approve <name> <version>')))
    .description("let a version run; needs the coordinator's key")
    .requiredOption('--legal-basis <text>', 'why its data may be asked for: § and law')
    .requiredOption('--contract <reference>', 'contract of the coordinator with the provider')
    .action(
      async (name: string, version: string, options: CommonOptions & { legalBasis: string; contract: string }) => {
        const findings = await withSession(options, (session) =>
          approve(session, {
            subgraph: name,
            version: readNumber(version, 'version'),
            stage: options.stage,
            legalBasis: options.legalBasis,
            contractReference: options.contract,
            keyPath: options.key,
          }),
        );
        report(findings, options.format, hasErrors(findings) ? {} : { subgraph: name, version: Number(version) });
      },
    );
}

type Reasoned = CommonOptions & { readonly reason: string };

function addRunning(subgraph: Command): void {
  for (const [verb, isDisabled] of [
    ['disable', true],
    ['enable', false],
  ] as const)
    withKey(withRegistry(subgraph.command(`${verb} <instance>`)))
      .description(isDisabled ? 'send nothing to an instance (its URL) any more' : 'send to an instance again')
      .requiredOption('--reason <text>', 'for the record')
      .action(async (instance: string, options: Reasoned) => {
        const { key: keyPath, reason } = options;
        await withSession(options, (session) => setDisabled(session, { instance, isDisabled, reason, keyPath }));
        report([], options.format, { instance, disabled: isDisabled });
      });
  withKey(withRegistry(subgraph.command('rollback')))
    .description('run an earlier supergraph of the stage again; the one before where no number is given')
    .option('--to <number>', 'number of the supergraph', wholeNumber(1))
    .requiredOption('--reason <text>', 'for the record')
    .action(async (options: Reasoned & { to?: number }) => {
      const { to = null } = options;
      const version = await withSession(options, (session) =>
        rollBack(session, { ...options, keyPath: options.key, to }),
      );
      report([], options.format, { stage: options.stage, supergraph: version });
    });
  withKey(withRegistry(subgraph.command('delete <name>')))
    .description('take a subgraph out of the stage')
    .requiredOption('--reason <text>', 'for the record')
    .action(async (name: string, options: Reasoned) => {
      const findings = await withSession(options, (session) =>
        removeSubgraph(session, { ...options, keyPath: options.key, subgraph: name }),
      );
      report(findings, options.format, hasErrors(findings) ? {} : { deleted: name });
    });
}

function addReading(subgraph: Command): void {
  withRegistry(subgraph.command('list'))
    .description('subgraphs, their versions and instances')
    .action(async (options: CommonOptions) => {
      const listed = await withSession(options, (session) => list(session, options.stage));
      const lines = listed.flatMap(({ subgraph: name, running, newest, instances }) => [
        `${name}  running ${running ?? '-'}  newest ${newest}`,
        ...instances.map(
          ({ url, provider, serves, isDisabled }) =>
            `  ${url}  ${provider}  serves ${serves ?? '-'}${isDisabled ? '  disabled' : ''}`,
        ),
      ]);
      if (lines.length === 0) lines.push(`Nothing has been proposed in ${options.registry} yet.`);
      process.stdout.write(options.format === 'json' ? toJson(listed) : `${lines.join('\n')}\n`);
    });
  withRegistry(subgraph.command('fetch <name> [version]'))
    .description('the schema of a version; the newest where no number is given')
    .option('--out <file>', 'where to write it; standard output where none is named')
    .action(async (name: string, version: string | undefined, options: CommonOptions & { out?: string }) => {
      const number = version === undefined ? null : readNumber(version, 'version');
      const sdl = await withSession(options, (session) => fetchSchema(session, name, number));
      hand(sdl, 'sdl', options);
    });
}

/** Writes a text to the file that was named, or to standard output: as it is, or as a member of a JSON object. */
export function hand(text: string, member: string, { format, out }: { format: Format; out?: string }): void {
  if (out !== undefined) writeFileSync(out, text);
  if (format === 'json') process.stdout.write(toJson(out === undefined ? { [member]: text } : { out }));
  else if (out === undefined) process.stdout.write(text);
}

/** Says what was found, and ends with 1 where it stands in the way. */
export function report(
  findings: readonly Finding[],
  format: Format,
  done: Readonly<Record<string, unknown>> = {},
): void {
  if (format === 'json')
    process.stdout.write(toJson({ ...done, ...(JSON.parse(writeReport(findings, 'json')) as object) }));
  else {
    if (findings.length > 0 || Object.keys(done).length === 0) process.stdout.write(writeReport(findings, 'text'));
    for (const [name, value] of Object.entries(done)) process.stdout.write(`${name}: ${String(value)}\n`);
  }
  if (hasErrors(findings)) process.exitCode = 1;
}

/** @throws UsageError where the file cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${path} cannot be read.`);
  }
}

function readNumber(text: string, what: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${what} must be a whole number from 1.`);
  return Number(text);
}
