import { type Command, Option } from 'commander';
import { createBlindIndex } from '../../lib/audit/blind-index.js';
import { expireLog } from '../../lib/audit/expire.js';
import { createFileSource } from '../../lib/audit/file-source.js';
import { createGermanDate } from '../../lib/audit/german-date.js';
import { isLocked } from '../../lib/audit/lock.js';
import { exportLog, searchLog } from '../../lib/audit/officer.js';
import type { AccessPlace } from '../../lib/audit/source.js';
import { type Verification, verifyLog } from '../../lib/audit/verify.js';
import { progress } from '../progress.js';
import { UsageError } from '../usage-error.js';
import {
  collect,
  readKeyField,
  readOfficerKey,
  readPublicKeys,
  readText,
  requireFolder,
  withoutFormulas,
} from './options.js';

type Env = Readonly<Record<string, string | undefined>>;
type Format = 'text' | 'json';

interface Common {
  readonly dir: string;
  readonly format: Format;
}

const print = (text: string) => void process.stdout.write(`${text}\n`);
const complain = (text: string) => void process.stderr.write(`${text}\n`);
const today = () => createGermanDate()(Date.now());

/** `fachverbund audit …`: reads the log from its files alone (docs/audit-format.md); no gateway needs to run. */
export function addAuditVerbs(program: Command, env: Env): void {
  const audit = program.command('audit').description('the audit log: what offices have read of whom');
  const verb = (name: string, description: string) =>
    audit
      .command(name)
      .description(description)
      .option('--dir <folder>', 'the folder of the log', env.AUDIT_DIR || '.run/audit')
      .addOption(new Option('--format <format>', 'how the answer looks').choices(['text', 'json']).default('text'));

  verb('verify', 'check every record, their order, and that none is missing')
    .option('--head <file>', 'the head that was kept elsewhere', env.AUDIT_HEAD_PATH)
    .option('--public-key <file>', 'public key the log is signed with; may be repeated', collect)
    .action(verify);
  verb('search', 'find the accesses to one person, newest first')
    .requiredOption('--type <type>', 'entity type: Resident')
    .requiredOption('--key <name=value>', 'a key field of the person; once for each', readKeyField)
    .option('--index-key-file <file>', 'file with the index key; or AUDIT_INDEX_KEY')
    .option('--officer-key <file>', 'private key of the protection officer: shows people and clerks')
    .option('--first <count>', 'at most so many', '100')
    .option('--before <place>', 'only accesses before this one: SEQUENCE.ITEM')
    .action((options: SearchOptions) => search(options, env));
  verb('export', 'decrypt the records of one controller, oldest first, one JSON line each')
    .requiredOption('--controller <ags>', 'the municipality that answers for the data')
    .requiredOption('--officer-key <file>', 'private key of its protection officer')
    .option('--register <name>', 'only accesses to this register')
    .option('--from <instant>', 'only records from then on, ISO 8601')
    .option('--to <instant>', 'only records before then, ISO 8601')
    .action(exportEntries);
  verb('expire', 'delete what the law no longer lets anybody keep').action(expire);
}

async function verify(options: Common & { readonly head?: string; readonly publicKey?: readonly string[] }) {
  const dir = requireFolder(options.dir);
  const { publicKey: paths = [] } = options;
  if (paths.length === 0) complain('Checked with the keys beside the log: whoever replaced it may have replaced them.');
  if (options.head === undefined) complain('Without --head nobody can say whether records are missing at the end.');
  progress(`Checking ${dir}`);
  const result = await verifyLog({
    dir,
    publicKeys: readPublicKeys(dir, paths),
    head: options.head === undefined ? null : readText(options.head),
    today: today(),
    isLive: isLocked(dir),
  });
  print(options.format === 'json' ? JSON.stringify(result) : describe(result));
  if (!result.isSound) process.exitCode = 1;
}

function describe({ isSound, findings, ...counts }: Verification): string {
  const { lines, segments, deleted, overdue, pending, head } = counts;
  return [
    isSound ? 'The log is whole.' : 'The log is NOT whole:',
    ...findings.map(({ text }) => `  ${text}`),
    `${lines} records in ${segments} segments; ${deleted} payloads deleted by retention, ${overdue} overdue, ${pending} records pending.`,
    head ? `Head: record ${head.sequence}, ${head.at}.` : 'Head: none.',
  ].join('\n');
}

interface SearchOptions extends Common {
  readonly type: string;
  readonly key: Readonly<Record<string, string>>;
  readonly indexKeyFile?: string;
  readonly officerKey?: string;
  readonly first: string;
  readonly before?: string;
}

async function search(options: SearchOptions, env: Env) {
  const { indexKeyFile, officerKey } = options;
  const indexKey = indexKeyFile === undefined ? env.AUDIT_INDEX_KEY : readText(indexKeyFile).trim();
  if (!indexKey) throw new UsageError('The index key is needed: --index-key-file FILE, or AUDIT_INDEX_KEY.');
  const found = await searchLog(
    {
      source: createFileSource(requireFolder(options.dir)),
      blindIndex: createBlindIndex(indexKey),
      officerKey: officerKey === undefined ? null : readOfficerKey(officerKey),
    },
    {
      subject: { type: options.type, key: options.key },
      first: readCount('--first', options.first),
      before: options.before === undefined ? null : readPlace('--before', options.before),
    },
  );
  for (const entry of found) print(JSON.stringify(withoutFormulas(entry)));
  if (options.format === 'text') complain(`${found.length} found.`);
}

interface ExportOptions extends Common {
  readonly controller: string;
  readonly officerKey: string;
  readonly register?: string;
  readonly from?: string;
  readonly to?: string;
}

async function exportEntries({ dir, controller, ...options }: ExportOptions) {
  const { register = null, from, to } = options;
  let closed = 0;
  for await (const entry of exportLog(requireFolder(dir), {
    controller,
    officerKey: readOfficerKey(options.officerKey),
    register,
    from: from === undefined ? null : readInstant('--from', from),
    to: to === undefined ? null : readInstant('--to', to),
  })) {
    if (entry === null) closed += 1;
    else print(JSON.stringify(withoutFormulas(entry)));
  }
  if (closed === 0) return;
  complain(`${closed} accesses do not open with this key.`);
  process.exitCode = 1;
}

async function expire({ dir, format }: Common) {
  const { payloads, files } = await expireLog(requireFolder(dir), today());
  print(
    format === 'json' ? JSON.stringify({ payloads, files }) : `${payloads} payloads deleted in ${files.length} files.`,
  );
}

function readCount(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1) throw new UsageError(`${name}: must be a whole number from 1`);
  return Number(text);
}

/** `17.3`; `17` is before all of record 17. */
function readPlace(name: string, text: string): AccessPlace {
  const [sequence = '', item = '1', ...more] = text.split('.');
  if (more.length > 0) throw new UsageError(`${name}: must be SEQUENCE or SEQUENCE.ITEM`);
  return { sequence: readCount(name, sequence), item: readCount(name, item) };
}

function readInstant(name: string, text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`${name}: must be an instant or a date, ISO 8601`);
  return new Date(at).toISOString();
}
