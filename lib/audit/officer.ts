import type { KeyObject } from 'node:crypto';
import { createPause } from '../turns.js';
import type { BlindIndex, Subject } from './blind-index.js';
import { type Line, readLine } from './line.js';
import { type AccessPayload, openAccess, readAccess, type SealedPart } from './payload.js';
import { listSegments, readRawLines } from './segments.js';
import type { LineSource } from './source.js';

/** An entry as the protection officer of its controller reads it. */
export interface OfficerEntry
  extends Omit<AccessPayload, 'sealed' | 'records' | 'fieldSets'>,
    Omit<SealedPart, 'records'> {
  readonly sequence: number;
  readonly records: readonly { readonly type: string; readonly key: object; readonly fields: readonly string[] }[];
}

/** An entry as it can be read without the officer's key, or with another's: without people. */
export interface PlainEntry extends Omit<AccessPayload, 'sealed' | 'records' | 'fieldSets'> {
  readonly sequence: number;
  /** Coordinates of what was sent of anybody, sorted. */
  readonly fields: readonly string[];
}

export interface LogSearch {
  readonly subject: Subject;
  /** At most so many. */
  readonly first: number;
  /** Only entries of a lower sequence; `null`: from the newest. */
  readonly before: number | null;
}

/**
 * Finds the accesses to one person or thing, newest first, those the law keeps from them included.
 *
 * @param officerKey Opens what is sealed; `null`: entries without people.
 */
export async function searchLog(
  {
    source,
    blindIndex,
    officerKey,
  }: { readonly source: LineSource; readonly blindIndex: BlindIndex; readonly officerKey: KeyObject | null },
  { subject, first, before }: LogSearch,
): Promise<(OfficerEntry | PlainEntry)[]> {
  const found: (OfficerEntry | PlainEntry)[] = [];
  if (first < 1) return found;
  for await (const line of source.find((register) => [blindIndex(register, subject)], before)) {
    const access = accessOf(line);
    if (access === null) continue;
    found.push((officerKey && openEntry(line.sequence, access, officerKey)) ?? toPlain(line.sequence, access));
    if (found.length === first) break;
  }
  return found;
}

export interface LogExport {
  readonly controller: string;
  readonly officerKey: KeyObject;
  /** Only entries of this register; `null`: all. */
  readonly register: string | null;
  /** Only entries from this instant on, ISO 8601; `null`: all. */
  readonly from: string | null;
  /** Only entries before this instant. */
  readonly to: string | null;
}

/**
 * Reads all entries of one controller, oldest first.
 *
 * @returns `null` in the place of an entry the key does not open.
 */
export async function* exportLog(dir: string, wanted: LogExport): AsyncGenerator<OfficerEntry | null> {
  const pause = createPause();
  for (const segment of await listSegments(dir)) {
    for await (const lines of readRawLines(segment.path)) {
      for (const { text, isComplete } of lines) {
        const line = isComplete ? readLine(text) : null;
        const access = line && accessOf(line);
        if (line && access && isWanted(access, wanted)) yield openEntry(line.sequence, access, wanted.officerKey);
      }
      await pause();
    }
  }
}

const accessOf = ({ kind, payload }: Line): AccessPayload | null =>
  kind === 'access' && payload !== null ? readAccess(payload) : null;

const isWanted = (access: AccessPayload, { controller, register, from, to }: LogExport): boolean =>
  access.controller === controller &&
  (register === null || access.register === register) &&
  (from === null || access.at >= from) &&
  (to === null || access.at < to);

function openEntry(sequence: number, access: AccessPayload, officerKey: KeyObject): OfficerEntry | null {
  const opened = openAccess(access, officerKey);
  if (opened === null) return null;
  const { sealed, fieldSets, records, ...plain } = access;
  return {
    sequence,
    ...plain,
    ...opened,
    records: opened.records.map((record, at) => ({ ...record, fields: fieldSets[records[at]?.fields ?? -1] ?? [] })),
  };
}

function toPlain(sequence: number, { sealed, fieldSets, records, ...plain }: AccessPayload): PlainEntry {
  return { sequence, ...plain, fields: [...new Set(fieldSets.flat())].sort() };
}
