import type { KeyObject } from 'node:crypto';
import { createPause } from '../turns.js';
import type { BlindIndex, Subject } from './blind-index.js';
import { readLine } from './line.js';
import { type AccessLine, type OpenAccess, openAccessLine, readAccessLine, type SealedPart } from './payload.js';
import { listSegments, readRawLines } from './segments.js';
import { type AccessPlace, findAccesses, type ItemOf, itemsOf, type LineSource } from './source.js';

/** What was read of a register, as all who may read the log see it. */
interface Facts extends Omit<OpenAccess, 'records' | 'fieldSets'>, AccessPlace {
  readonly register: string;
  readonly controller: string | null;
}

/** An access as the protection officer of its controller reads it. */
export interface OfficerEntry extends Facts, Omit<SealedPart, 'records'> {
  readonly records: readonly { readonly type: string; readonly key: object; readonly fields: readonly string[] }[];
}

/** An access as it can be read without the officer's key, or with another's: without people. */
export interface PlainEntry extends Facts {
  /** Coordinates of what was sent of anybody, sorted. */
  readonly fields: readonly string[];
}

export interface LogSearch {
  readonly subject: Subject;
  /** At most so many. */
  readonly first: number;
  /** Only accesses before this one; `null`: from the newest. */
  readonly before: AccessPlace | null;
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
  for await (const line of findAccesses(source, (register) => [blindIndex(register, subject)], before)) {
    const parts = officerKey && openAccessLine(line, officerKey);
    for (const item of line.found) {
      found.push(toEntry(line, item, parts));
      if (found.length === first) return found;
    }
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
export async function* exportLog(dir: string, wanted: LogExport): AsyncGenerator<OfficerEntry | PlainEntry | null> {
  const pause = createPause();
  for (const segment of await listSegments(dir)) {
    for await (const lines of readRawLines(segment.path)) {
      for (const { text, isComplete } of lines) {
        const line = isComplete ? readLine(text) : null;
        const accesses = line?.kind === 'access' && line.payload !== null ? readAccessLine(line.payload) : null;
        if (line && accesses && isWanted(accesses, wanted))
          yield* exportLine({ ...accesses, sequence: line.sequence }, wanted);
      }
      await pause();
    }
  }
}

const isWanted = (line: AccessLine, { controller, register }: LogExport): boolean =>
  line.controller === controller && (register === null || line.register === register);

const isOfTime = ({ at }: OpenAccess, { from, to }: LogExport): boolean =>
  (from === null || at >= from) && (to === null || at < to);

function* exportLine(line: NumberedLine, wanted: LogExport): Generator<OfficerEntry | PlainEntry | null> {
  const items = itemsOf(line).filter(({ access }) => isOfTime(access, wanted));
  const parts = items.length > 0 ? openAccessLine(line, wanted.officerKey) : null;
  for (const item of items) yield parts && toEntry(line, item, parts);
}

type NumberedLine = AccessLine & Pick<AccessPlace, 'sequence'>;

/** @param parts Of all accesses of the line; `null`: it was not opened. */
function toEntry(
  { sequence, register, controller }: NumberedLine,
  { item, access }: ItemOf,
  parts: readonly SealedPart[] | null,
): OfficerEntry | PlainEntry {
  const { fieldSets, records, ...facts } = access;
  const entry = { sequence, item, register, controller, ...facts };
  const part = parts?.[item - 1];
  if (part === undefined) return { ...entry, fields: [...new Set(fieldSets.flat())].sort() };
  const fieldsOf = (place: number) => fieldSets[records[place]?.fields ?? -1] ?? [];
  return { ...entry, ...part, records: part.records.map((record, place) => ({ ...record, fields: fieldsOf(place) })) };
}
