import { decodeRecord, FixedWidthError } from '../../lib/connect/columns.js';
import type { FixedWidthFile } from '../../lib/connect/fixed-width.js';
import { readParcelKey } from './parcel-key.js';
import {
  type Encumbrance,
  entryLayout,
  type headLayout,
  keyLayout,
  type Parcel,
  toEncumbrance,
  type trailLayout,
} from './record.js';

export type EncumbranceExport = FixedWidthFile<typeof headLayout, typeof trailLayout>;

/** One export, ready for look-ups. It never changes; a newer export makes a new one. */
export interface EncumbranceIndex {
  readonly count: number;
  readonly sequence: number;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** @returns `null` where no sheet is kept for the parcel in the municipality. */
  parcel(ags: string, key: string): Parcel | null;
  /** Whether an entry of the municipality has its scan in this file. */
  hasSheet(ags: string, file: string): boolean;
}

/**
 * Indexes an export by parcel.
 *
 * @param pause Awaited between small steps; see `createPause`.
 * @throws FixedWidthError where keys break the layout, an entry stands twice, or head, data and trail are of different
 *   exports.
 */
export async function indexEncumbrances(
  { head, trail, records }: EncumbranceExport,
  pause: () => Promise<void>,
): Promise<EncumbranceIndex> {
  const { sequence, createdAt } = head;
  if (trail.sequence !== sequence || trail.date !== toGermanDay(createdAt))
    throw new FixedWidthError('head and trail are of different exports');
  const parcels = new Map<string, number[]>();
  const sheets = new Set<string>();
  const entries = new Set<string>();
  const read = (index: number): Encumbrance =>
    toEncumbrance(decodeRecord(entryLayout, records.at(index), records.numberOf(index)));
  for (let index = 0; index < records.count; index++) {
    const { parcel, entry } = readKeys(records.at(index), records.numberOf(index), sequence);
    if (entries.has(entry)) throw new FixedWidthError('the entry stands twice', records.numberOf(index), 31);
    entries.add(entry);
    parcels.set(parcel, [...(parcels.get(parcel) ?? []), index]);
    const { ags, file } = read(index);
    if (typeof file === 'string') sheets.add(`${ags} ${file}`);
    if (index % 256 === 0) await pause();
  }
  return {
    count: records.count,
    sequence,
    createdAt,
    hasSheet: (ags, file) => sheets.has(`${ags} ${file}`),
    parcel(ags, key) {
      const name = readParcelKey(key);
      const found = parcels.get(`${ags} ${key}`);
      if (name === null || found === undefined) return null;
      return { ags, key, ...name, encumbrances: found.map(read).sort(bySheetAndEntry), recordedAt: createdAt };
    },
  };
}

function readKeys(record: Buffer, at: number, sequence: number): { readonly parcel: string; readonly entry: string } {
  const keys = decodeRecord(keyLayout, record, at);
  if (keys.sequence !== sequence)
    throw new FixedWidthError('the record is of another export', at, keyLayout.sequence.first);
  if (readParcelKey(keys.parcelKey) === null)
    throw new FixedWidthError('parcelKey breaks the layout', at, keyLayout.parcelKey.first);
  return {
    parcel: `${keys.ags} ${keys.parcelKey}`,
    entry: `${keys.ags} ${keys.sheetNumber} ${keys.entryNumber}`,
  };
}

const bySheetAndEntry = (one: Encumbrance, other: Encumbrance): number =>
  one.sheetNumber.localeCompare(other.sheetNumber, 'de', { numeric: true }) || one.entryNumber - other.entryNumber;

/** TTMMJJJJ of an ISO 8601 instant. */
const toGermanDay = (instant: string): string => instant.slice(0, 10).split('-').reverse().join('');
