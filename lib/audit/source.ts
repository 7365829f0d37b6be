import type { Line } from './line.js';
import { type AccessLine, type OpenAccess, readAccessLine } from './payload.js';

/** Where lines are found again. */
export interface LineSource {
  /**
   * Finds lines by blind index, newest first.
   *
   * @param indexesOf The blind indexes looked for in lines of a register.
   * @param before Only lines of a lower sequence; `null`: all.
   * @returns Lines whose payload holds one of them and fits its digest. Deleted ones are not found.
   */
  find(indexesOf: IndexesOf, before: number | null): AsyncIterable<Line>;
}

export type IndexesOf = (register: string) => readonly string[];

/** Whether a payload names one of the indexes; a quotation mark inside a text of it is escaped. */
export const holdsIndex = (payload: string, indexes: readonly string[]): boolean =>
  indexes.some((index) => payload.includes(`"index":"${index}"`));

/** Where an access stands in the log. */
export interface AccessPlace {
  /** Of its line. */
  readonly sequence: number;
  /** Its place among the accesses of the line, from 1. */
  readonly item: number;
}

/** An access at its place in a line. */
export interface ItemOf {
  readonly item: number;
  readonly access: OpenAccess;
}

/** A line with accesses that name one of the indexes looked for. */
export interface FoundLine extends AccessLine {
  readonly sequence: number;
  /** Those that do, the newest first. */
  readonly found: readonly ItemOf[];
}

/**
 * Finds accesses by blind index, newest first, line by line.
 *
 * @param before Only accesses before this one; `null`: all.
 */
export async function* findAccesses(
  source: LineSource,
  indexesOf: IndexesOf,
  before: AccessPlace | null,
): AsyncGenerator<FoundLine> {
  for await (const { sequence, payload } of source.find(indexesOf, before && before.sequence + 1)) {
    const line = payload === null ? null : readAccessLine(payload);
    if (line === null) continue;
    const indexes = new Set(indexesOf(line.register));
    const end = sequence === before?.sequence ? before.item : Number.POSITIVE_INFINITY;
    const found = itemsOf(line).filter(
      ({ item, access }) => item < end && access.records.some(({ index }) => indexes.has(index)),
    );
    if (found.length > 0) yield { ...line, sequence, found: found.reverse() };
  }
}

export const itemsOf = ({ accesses }: AccessLine): ItemOf[] => accesses.map((access, at) => ({ item: at + 1, access }));
