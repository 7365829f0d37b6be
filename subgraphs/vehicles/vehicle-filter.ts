import { decodeField } from '../../lib/connect/columns.js';
import { toStatusCode, vehicleLayout } from './record.js';
import type { VehicleSearch } from './schema.generated.js';

/** Which vehicles of a municipality are wanted. */
export interface VehicleFilter {
  /** What the bytes of their plate columns begin with. */
  readonly plateKey: Buffer;
  /** Whether a record that begins so is wanted. */
  fits(record: Buffer): boolean;
}

/** Longer than any way to write a plate; it also bounds the work of the pattern. */
const LONGEST_PREFIX = 20;

/** @returns `null` where no vehicle can fit, because no plate begins like the prefix. */
export function createFilter(search: VehicleSearch | null): VehicleFilter | null {
  const prefix = readPlatePrefix(search?.platePrefix ?? '');
  if (prefix === null) return null;
  const status = search?.status ? toStatusCode(search.status) : null;
  return {
    plateKey: prefix.key,
    fits: (record) =>
      (prefix.number === '' || readNumber(record).startsWith(prefix.number)) &&
      (!search?.make || decodeField(vehicleLayout.make, record) === search.make) &&
      (status === null || decodeField(vehicleLayout.status, record) === status),
  };
}

/**
 * Splits the beginning of a plate into what the order of the records can find, district and letters, and what it
 * cannot: the beginning of a number, which the records fill with zeros.
 */
function readPlatePrefix(written: string): { readonly key: Buffer; readonly number: string } | null {
  if (written.length > LONGEST_PREFIX) return null;
  const form = /^([A-ZÄÖÜ]{0,3})([ -]+([A-Z]{0,2})([ -]*([1-9][0-9]{0,3}[HE]?)?))?$/i;
  const parts = form.exec(written.normalize('NFC').trimStart());
  if (parts === null) return null;
  const [, district = '', border, letters = '', rest = '', number = ''] = parts.map((part) => part?.toUpperCase());
  if (border !== undefined && district === '') return null;
  if (number !== '' && letters === '') return null;
  const text = border === undefined ? district : district.padEnd(3) + (rest === '' ? letters : letters.padEnd(2));
  return { key: Buffer.from(text, 'latin1'), number };
}

function readNumber(record: Buffer): string {
  const { number, suffix } = vehicleLayout;
  return `${decodeField(number, record)?.replace(/^0+/, '')}${decodeField(suffix, record)}`;
}
