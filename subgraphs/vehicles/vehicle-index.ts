import { decodeField, decodeRecord, FixedWidthError } from '../../lib/connect/columns.js';
import type { FixedWidthFile, Records } from '../../lib/connect/fixed-width.js';
import { type SortedRecords, sortRecords } from '../../lib/connect/sorted-records.js';
import { createPause } from '../../lib/turns.js';
import { type Comparable, findChanges } from './export-changes.js';
import type { Plate } from './plate.js';
import {
  type headLayout,
  keyLayout,
  toBirthKey,
  toPlateKey,
  toVehicle,
  toVinKey,
  type trailLayout,
  type Vehicle,
  vehicleLayout,
} from './record.js';
import type { VehicleSearch } from './schema.generated.js';
import { createFilter } from './vehicle-filter.js';
import { vinCheckDigit } from './vin-check-digit.js';

export type VehicleExport = FixedWidthFile<typeof headLayout, typeof trailLayout>;

/** One export, ready for look-ups. It never changes; a newer export makes a new one. */
export interface VehicleIndex {
  readonly count: number;
  readonly sequence: number;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** Vehicles whose recorded check digit is not that of their VIN. They are served as recorded. */
  readonly wrongCheckDigits: number;
  byPlate(ags: string, plate: Plate): Vehicle | null;
  byVin(ags: string, vin: string): Vehicle | null;
  /** Vehicles of a municipality whose holder has the date of birth (YYYY-MM-DD, YYYY-MM or YYYY), in no special order. */
  byBirth(ags: string, dateOfBirth: string): Vehicle[];
  /** Up to `limit` vehicles of a municipality by plate. @throws The reason of `signal` when that ends. */
  list(wanted: VehicleList, signal: AbortSignal): Promise<Vehicle[]>;
  /**
   * Vehicles that another export has otherwise, as they are there and as they are here.
   *
   * @returns `null` where more than `most` records differ.
   */
  changesSince(
    before: VehicleIndex,
    bounds: { readonly most: number; readonly pause: () => Promise<void> },
  ): Promise<readonly Vehicle[] | null>;
  /** For `changesSince` of another index alone. */
  readonly content: Comparable & { readonly read: (index: number) => Vehicle };
}

export interface VehicleList {
  readonly ags: string;
  /** All of it must fit. */
  readonly search: VehicleSearch | null;
  /** Plate of the vehicle before the first one wanted. */
  readonly after: Plate | null;
  readonly limit: number;
}

/**
 * Indexes an export: three orders of four bytes a record beside the file's own bytes, all outside the V8 heap. Holders
 * are found by date of birth; the few who share it in a municipality are told apart by name when they are read.
 *
 * @param pause Awaited between small steps; see `createPause`.
 * @throws FixedWidthError where keys break the layout, stand twice, or head, data and trail are of different exports.
 */
export async function indexVehicles(
  { head, trail, records }: VehicleExport,
  pause: () => Promise<void>,
): Promise<VehicleIndex> {
  const { sequence, createdAt } = head;
  if (trail.sequence !== sequence || trail.date !== toGermanDay(createdAt))
    throw new FixedWidthError('head and trail are of different exports');
  const wrongCheckDigits = await checkKeys(records, sequence, pause);
  const { ags, district, letters, number, suffix, vin } = keyLayout;
  const plates = await sortRecords(records, [ags, district, letters, number, suffix], pause);
  await refuseDuplicates(records, plates, 'plate');
  const vins = await sortRecords(records, [vin, ags], pause);
  await refuseDuplicates(records, vins, 'VIN');
  const births = await sortRecords(records, [vehicleLayout.dateOfBirth, ags], pause);

  const read = (index: number) =>
    toVehicle(decodeRecord(vehicleLayout, records.at(index), records.numberOf(index)), createdAt);
  const readAll = (order: SortedRecords, key: Buffer) => {
    const from = order.lowerBound(key);
    const count = order.upperBound(key) - from;
    return Array.from({ length: count }, (_, position) => read(order.indexAt(from + position)));
  };
  return {
    count: records.count,
    sequence,
    createdAt,
    wrongCheckDigits,
    byPlate: (municipality, plate) => readAll(plates, toPlateKey(municipality, plate))[0] ?? null,
    byVin: (municipality, number) => readAll(vins, toVinKey(number, municipality))[0] ?? null,
    byBirth: (municipality, dateOfBirth) => readAll(births, toBirthKey(dateOfBirth, municipality)),
    list: (wanted, signal) => listVehicles({ records, plates, read }, wanted, signal),
    async changesSince({ content: old }, bounds) {
      const changes = await findChanges(old, { records, vins }, bounds);
      return (
        changes?.flatMap(({ before, after }) => [
          ...(before === null ? [] : [old.read(before)]),
          ...(after === null ? [] : [read(after)]),
        ]) ?? null
      );
    },
    content: { records, vins, read },
  };
}

async function listVehicles(
  { records, plates, read }: { records: Records; plates: SortedRecords; read: (index: number) => Vehicle },
  { ags, search, after, limit }: VehicleList,
  signal: AbortSignal,
): Promise<Vehicle[]> {
  const found: Vehicle[] = [];
  const filter = createFilter(search);
  if (filter === null) return found;
  const pause = createPause();
  const range = Buffer.concat([toPlateKey(ags), filter.plateKey]);
  const start = after === null ? 0 : plates.upperBound(toPlateKey(ags, after));
  const end = plates.upperBound(range);
  for (let position = Math.max(start, plates.lowerBound(range)); position < end; position++) {
    const index = plates.indexAt(position);
    if (filter.fits(records.at(index))) found.push(read(index));
    if (found.length === limit) break;
    if (position % 1024 === 0) await pause();
    signal.throwIfAborted();
  }
  return found;
}

/** @returns How many recorded check digits are wrong. */
async function checkKeys(records: Records, sequence: number, pause: () => Promise<void>): Promise<number> {
  let wrong = 0;
  for (let index = 0; index < records.count; index++) {
    const at = records.numberOf(index);
    const record = decodeRecord(keyLayout, records.at(index), at);
    if (record.sequence !== sequence)
      throw new FixedWidthError('the record is of another export', at, keyLayout.sequence.first);
    const digit = decodeField(vehicleLayout.checkDigit, records.at(index)) ?? '';
    if (/^[0-9X]$/.test(digit) && digit !== vinCheckDigit(record.vin)) wrong += 1;
    if (index % 1024 === 0) await pause();
  }
  return wrong;
}

async function refuseDuplicates(records: Records, order: SortedRecords, what: string): Promise<void> {
  const index = await order.findDuplicate();
  if (index >= 0) throw new FixedWidthError(`the ${what} stands twice`, records.numberOf(index), 1);
}

/** TTMMJJJJ of an ISO 8601 instant. */
const toGermanDay = (instant: string): string => instant.slice(0, 10).split('-').reverse().join('');
