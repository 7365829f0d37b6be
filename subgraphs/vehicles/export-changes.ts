import type { Records } from '../../lib/connect/fixed-width.js';
import type { SortedRecords } from '../../lib/connect/sorted-records.js';
import { keyLayout } from './record.js';

/** An export as far as it is compared with another one. */
export interface Comparable {
  readonly records: Records;
  /** By VIN and municipality: one vehicle has the same place in both but for what was added and removed before it. */
  readonly vins: SortedRecords;
}

/** Indexes of a record before and after; `null` for one that was added or removed. */
export interface RecordChange {
  readonly before: number | null;
  readonly after: number | null;
}

/** Steps between two looks at the clock: well below a millisecond. */
const STEPS = 1024;
/** What a record says: all of it before the number of its export, which is another one each time. */
const TOLD_BYTES = keyLayout.sequence.first - 1;

/**
 * Walks through both exports side by side.
 *
 * @param most More are not told one by one.
 * @param pause Awaited between small steps; see `createPause`.
 * @returns `null` where more than `most` records differ.
 */
export async function findChanges(
  before: Comparable,
  after: Comparable,
  { most, pause }: { readonly most: number; readonly pause: () => Promise<void> },
): Promise<readonly RecordChange[] | null> {
  const changes: RecordChange[] = [];
  let [old, next, steps] = [0, 0, 0];
  while (old < before.records.count || next < after.records.count) {
    const oldIndex = old < before.records.count ? before.vins.indexAt(old) : null;
    const nextIndex = next < after.records.count ? after.vins.indexAt(next) : null;
    const order = compareKeys(before.records, oldIndex, after.records, nextIndex);
    if (order < 0) changes.push({ before: oldIndex, after: null });
    else if (order > 0) changes.push({ before: null, after: nextIndex });
    else if (
      oldIndex !== null &&
      nextIndex !== null &&
      !isEqual(before.records.at(oldIndex), after.records.at(nextIndex))
    )
      changes.push({ before: oldIndex, after: nextIndex });
    if (order <= 0) old += 1;
    if (order >= 0) next += 1;
    if (changes.length > most) return null;
    steps += 1;
    if (steps % STEPS === 0) await pause();
  }
  return changes;
}

/** A record that is not there comes after all others. */
function compareKeys(before: Records, oldIndex: number | null, after: Records, nextIndex: number | null): number {
  if (oldIndex === null) return 1;
  if (nextIndex === null) return -1;
  const [old, next] = [before.at(oldIndex), after.at(nextIndex)];
  return compareColumn(old, next, keyLayout.vin) || compareColumn(old, next, keyLayout.ags);
}

function compareColumn(
  one: Buffer,
  other: Buffer,
  { first, width }: { readonly first: number; readonly width: number },
): number {
  const [from, to] = [first - 1, first - 1 + width];
  return one.compare(other, from, to, from, to);
}

const isEqual = (one: Buffer, other: Buffer): boolean => one.compare(other, 0, TOLD_BYTES, 0, TOLD_BYTES) === 0;
