import type { Line } from './line.js';

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
