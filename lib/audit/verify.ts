import type { KeyObject } from 'node:crypto';
import { isIndexTrue } from './index-file.js';
import { createLineCheck, type Position } from './line-check.js';
import { listSegments, readRawLines, type Segment } from './segments.js';
import { type Head, isHeadSignedBy, readHead } from './signing.js';

/** What can be wrong with a log, each with what it means; printed in `docs/audit-format.md`. */
export const PROBLEMS = {
  unreadable: 'is no line of this format',
  changed: 'does not fit its own hash or digest',
  'out-of-order': 'does not have the next sequence: a line is missing, repeated or moved',
  'chain-broken': 'does not follow the line before: one of the two was replaced',
  'signature-wrong': 'is signed by somebody else, or is not what was signed',
  'payload-missing': 'has lost its payload before its time',
  'unsigned-tail': 'is followed by no signature: added by somebody else, or never finished',
  'segment-misnamed': 'does not begin with the line its name says',
  'index-wrong': 'has an index that is not its own',
  'head-wrong': 'is not a head signed by this key',
  'behind-head': 'is the last line, but there have been more: the log was cut off or replaced',
  'head-mismatch': 'is not the line the head was made of: the log was replaced',
  restored: 'notes that the log had been cut off or replaced by an older one before this line',
} as const;

export type Problem = keyof typeof PROBLEMS;

export interface Finding {
  readonly problem: Problem;
  /** File name; `null` where the finding is about the log as a whole. */
  readonly segment: string | null;
  /** Place in the file, from 1. */
  readonly line: number | null;
  readonly sequence: number | null;
  readonly text: string;
}

export interface Verification {
  readonly isSound: boolean;
  /** In the order of the log: the first one names the first bad line. At most 100. */
  readonly findings: readonly Finding[];
  readonly segments: number;
  readonly lines: number;
  /** Payloads that retention has deleted, each not before its time. */
  readonly deleted: number;
  /** Payloads that retention should have deleted. */
  readonly overdue: number;
  /** Lines of a running gateway that no signature closes yet. */
  readonly pending: number;
  readonly lastSequence: number;
  readonly head: Pick<Head, 'sequence' | 'at'> | null;
}

export interface VerifyOptions {
  readonly dir: string;
  readonly publicKeys: readonly KeyObject[];
  /** Text of the head; `null`: then nobody can say whether lines are missing at the end. */
  readonly head: string | null;
  /** German date, YYYY-MM-DD. */
  readonly today: string;
  /** Whether a gateway is writing: what it has not signed yet is no finding. */
  readonly isLive: boolean;
}

const MOST_FINDINGS = 100;

/**
 * Checks every line of a log, its order, and that it goes as far as its head says.
 *
 * The last signature of each segment is checked, for it stands for all before it; every signature only where one of
 * those is wrong, so that the first bad line is named.
 *
 * @throws The error of the file system.
 */
export async function verifyLog(options: VerifyOptions): Promise<Verification> {
  const result = await run(options, 'last');
  return result.findings.some(({ problem }) => problem === 'signature-wrong') ? run(options, 'every') : result;
}

async function run(options: VerifyOptions, signatures: 'last' | 'every'): Promise<Verification> {
  const findings: Finding[] = [];
  const report = (problem: Problem, position: Position) => {
    const text = `${describe(position)} ${PROBLEMS[problem]}.`;
    if (findings.length < MOST_FINDINGS) findings.push({ problem, ...position, text });
  };
  const head = readSignedHead(options);
  const check = createLineCheck({ ...options, signatures, report, head });
  const segments = await listSegments(options.dir);
  for (const segment of segments) await readSegment(segment, check, segment === segments.at(-1));
  for (const segment of segments)
    if ((await isIndexTrue(segment.path)) === false) report('index-wrong', wholeOf(segment.name));
  const { lines, deleted, overdue, pending, lastSequence } = check.state();
  if (options.head !== null && head === null) report('head-wrong', wholeOf(null));
  if (head !== null && head.sequence > lastSequence)
    report('behind-head', { segment: null, line: null, sequence: lastSequence || null });
  return {
    isSound: findings.length === 0,
    findings,
    segments: segments.length,
    lines,
    deleted,
    overdue,
    pending,
    lastSequence,
    head: head && { sequence: head.sequence, at: head.at },
  };
}

async function readSegment(segment: Segment, check: ReturnType<typeof createLineCheck>, isLast: boolean) {
  let line = 0;
  for await (const lines of readRawLines(segment.path)) {
    for (const raw of lines) {
      line += 1;
      check.next(raw, { segment, line });
    }
  }
  check.endSegment(segment, isLast);
}

/** A head of somebody else says nothing about this log. */
function readSignedHead({ head: text, publicKeys }: VerifyOptions): Head | null {
  const head = text === null ? null : readHead(text);
  return head && isHeadSignedBy(publicKeys, head) ? head : null;
}

const wholeOf = (segment: string | null): Position => ({ segment, line: null, sequence: null });

function describe({ segment, line, sequence }: Position): string {
  const place = [segment, line === null ? null : `line ${line}`].filter((part) => part !== null).join(', ');
  const record = sequence === null ? '' : `Record ${sequence}`;
  return [record, record && place ? `(${place})` : place].filter(Boolean).join(' ') || 'The log';
}
