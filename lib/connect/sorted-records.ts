import type { Column } from './columns.js';
import type { Records } from './fixed-width.js';

/** The records of a file in the order of some of their columns, byte by byte: four bytes of memory a record. */
export interface SortedRecords {
  /** @returns How many records come before all that begin with `key`, which may be shorter than the columns. */
  lowerBound(key: Buffer): number;
  /** @returns How many records come before all that follow those that begin with `key`. */
  upperBound(key: Buffer): number;
  /** @param position In this order, from 0. @returns Index of the record in the file. */
  indexAt(position: number): number;
  /** @returns Index of a record that equals another in all these columns; -1 where all differ. */
  findDuplicate(): Promise<number>;
}

type Pause = () => Promise<void>;

/** Steps between two looks at the clock: well below a millisecond. */
const STEPS = 8192;

/**
 * Sorts records by the bytes of columns, the first the most significant.
 *
 * @param pause Awaited between small steps, so that others run; see `createPause`.
 */
export async function sortRecords(
  records: Records,
  columns: readonly Pick<Column<unknown>, 'first' | 'width'>[],
  pause: Pause,
): Promise<SortedRecords> {
  const offsets = columns.flatMap(({ first, width }) => Array.from({ length: width }, (_, byte) => first - 1 + byte));
  const order = await radixSort(records, offsets, pause);
  const firstWhere = (holds: (index: number) => boolean) => {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(order[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    lowerBound: (key) => firstWhere((index) => compareToKey(records, index, offsets, key) >= 0),
    upperBound: (key) => firstWhere((index) => compareToKey(records, index, offsets, key) > 0),
    indexAt: (position) => order[position] as number,
    findDuplicate: () => findDuplicate(records, order, offsets, pause),
  };
}

function compareToKey({ bytes, stride }: Records, index: number, offsets: readonly number[], key: Buffer): number {
  for (let at = 0; at < key.length; at++) {
    const difference = (bytes[index * stride + (offsets[at] as number)] as number) - (key[at] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** From the last byte to the first, each pass stable. A byte that is equal in all records needs no pass. */
async function radixSort(records: Records, offsets: readonly number[], pause: Pause): Promise<Uint32Array> {
  const { count } = records;
  const { bytes, histograms } = await transpose(records, offsets, pause);
  let order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  let spare = new Uint32Array(count);
  for (let at = offsets.length - 1; at >= 0; at--) {
    const histogram = histograms.subarray(at * 256, (at + 1) * 256);
    if (histogram.includes(count)) continue;
    const byteOf = bytes.subarray(at * count, (at + 1) * count);
    await distribute(order, spare, { byteOf, starts: toStarts(histogram) }, pause);
    [order, spare] = [spare, order];
  }
  return order;
}

/**
 * Copies the bytes at each offset side by side, and counts them. Each record is visited once, and the passes then stay
 * within the processor's caches.
 */
async function transpose(
  records: Records,
  offsets: readonly number[],
  pause: Pause,
): Promise<{ readonly bytes: Uint8Array; readonly histograms: Uint32Array }> {
  const { count, stride } = records;
  const bytes = new Uint8Array(offsets.length * count);
  const histograms = new Uint32Array(offsets.length * 256);
  for (let index = 0; index < count; index++) {
    for (let at = 0; at < offsets.length; at++) {
      const byte = records.bytes[index * stride + (offsets[at] as number)] as number;
      bytes[at * count + index] = byte;
      histograms[at * 256 + byte] = (histograms[at * 256 + byte] as number) + 1;
    }
    if (index % STEPS === 0) await pause();
  }
  return { bytes, histograms };
}

/** Where the records with each byte begin. */
function toStarts(histogram: Uint32Array): Uint32Array {
  const starts = new Uint32Array(256);
  for (let byte = 1; byte < 256; byte++) starts[byte] = (starts[byte - 1] as number) + (histogram[byte - 1] as number);
  return starts;
}

async function distribute(
  from: Uint32Array,
  to: Uint32Array,
  { byteOf, starts }: { byteOf: Uint8Array; starts: Uint32Array },
  pause: Pause,
): Promise<void> {
  for (let position = 0; position < from.length; position++) {
    const index = from[position] as number;
    const byte = byteOf[index] as number;
    const place = starts[byte] as number;
    to[place] = index;
    starts[byte] = place + 1;
    if (position % STEPS === 0) await pause();
  }
}

async function findDuplicate(
  { bytes, stride }: Records,
  order: Uint32Array,
  offsets: readonly number[],
  pause: Pause,
): Promise<number> {
  const isEqual = (one: number, other: number) =>
    offsets.every((offset) => bytes[one * stride + offset] === bytes[other * stride + offset]);
  for (let position = 1; position < order.length; position++) {
    if (isEqual(order[position - 1] as number, order[position] as number)) return order[position] as number;
    if (position % STEPS === 0) await pause();
  }
  return -1;
}
