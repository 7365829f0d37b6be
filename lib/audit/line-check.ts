import type { KeyObject } from 'node:crypto';
import { FIRST_PREVIOUS, isIntact, type Line, linkOf, readLine } from './line.js';
import type { RawLine, Segment } from './segments.js';
import { type Head, isSignedBy } from './signing.js';
import type { Problem } from './verify.js';

/** Where something was found. */
export interface Position {
  readonly segment: string | null;
  readonly line: number | null;
  readonly sequence: number | null;
}

export interface LineCheckOptions {
  readonly publicKeys: readonly KeyObject[];
  /** Which signatures are checked: the last one of each segment stands for those before it. */
  readonly signatures: 'last' | 'every';
  readonly head: Head | null;
  readonly today: string;
  readonly isLive: boolean;
  readonly report: (problem: Problem, position: Position) => void;
}

export interface LineCheckState {
  readonly lines: number;
  readonly deleted: number;
  readonly overdue: number;
  readonly pending: number;
  readonly lastSequence: number;
}

export interface LineCheck {
  next(raw: RawLine, place: { readonly segment: Segment; readonly line: number }): void;
  endSegment(segment: Segment, isLast: boolean): void;
  state(): LineCheckState;
}

/** Reads a log line by line and reports what does not fit what came before. */
export function createLineCheck(options: LineCheckOptions): LineCheck {
  const { report } = options;
  const counts = { lines: 0, deleted: 0, overdue: 0, pending: 0, lastSequence: 0 };
  /** What the next line must say; `null` after a line that could not be read. */
  let expected: { sequence: number; previous: string } | null = { sequence: 1, previous: FIRST_PREVIOUS };
  let lastSigned: { line: Line; position: Position } | null = null;
  let unsigned: Position[] = [];

  const checkSignature = (line: Line, position: Position) => {
    const { sequence, hash, signature } = line;
    if (!isSignedBy(options.publicKeys, { sequence, hash, signature: signature ?? '' }))
      report('signature-wrong', position);
  };
  const place = (line: Line, position: Position) => {
    if (expected && line.sequence !== expected.sequence) report('out-of-order', position);
    else if (expected && line.previous !== expected.previous) report('chain-broken', position);
    expected = { sequence: line.sequence + 1, previous: linkOf(line) };
  };
  const remember = (line: Line, position: Position) => {
    counts.lastSequence = Math.max(counts.lastSequence, line.sequence);
    if (line.signature === null) {
      unsigned.push(position);
      return;
    }
    unsigned = [];
    lastSigned = { line, position };
    if (options.signatures === 'every') checkSignature(line, position);
  };
  const count = (line: Line, position: Position) => {
    const isDue = line.deleteFrom !== null && line.deleteFrom <= options.today;
    if (line.payload === null && !isDue) report('payload-missing', position);
    if (line.payload === null && isDue) counts.deleted += 1;
    if (line.payload !== null && isDue) counts.overdue += 1;
  };

  return {
    next(raw, { segment, line: number }) {
      counts.lines += 1;
      const line = raw.isComplete ? readLine(raw.text) : null;
      const position = { segment: segment.name, line: number, sequence: line?.sequence ?? null };
      if (line === null) {
        if (!raw.isComplete) unsigned.push(position);
        else report('unreadable', position);
        expected = raw.isComplete ? null : expected;
        return;
      }
      if (number === 1 && line.sequence !== segment.first) report('segment-misnamed', position);
      if (!isIntact(line)) report('changed', position);
      place(line, position);
      remember(line, position);
      count(line, position);
      if (isRestored(line)) report('restored', position);
      if (line.sequence === options.head?.sequence && line.hash !== options.head.hash)
        report('head-mismatch', position);
    },
    endSegment(_, isLast) {
      if (lastSigned && options.signatures === 'last') checkSignature(lastSigned.line, lastSigned.position);
      lastSigned = null;
      if (isLast && options.isLive) counts.pending = unsigned.length;
      else if (unsigned[0]) report('unsigned-tail', unsigned[0]);
      unsigned = [];
    },
    state: () => counts,
  };
}

const isRestored = ({ kind, payload }: Line): boolean =>
  kind === 'note' && payload?.includes('"note":"restored"') === true;
