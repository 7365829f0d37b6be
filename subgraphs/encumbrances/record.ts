import { type Column, type Decoded, digits, text } from '../../lib/connect/columns.js';
import type { FixedWidthFormat } from '../../lib/connect/fixed-width.js';
import { AppError } from '../../lib/errors.js';
import type { EncumbranceKind } from './schema.generated.js';

/** Head record: who wrote the export and when. Instants are UTC, TTMMJJJJhhmmss. */
export const headLayout = {
  sender: text(3, 20),
  createdAt: instant(23, 14),
  version: text(37, 4),
  sequence: digits(41, 7),
  probe: text(48, 8),
};

export const trailLayout = { count: digits(3, 9), date: text(12, 8, /^[0-9]{8}$/), sequence: digits(20, 7) };

/** What an entry is found by. A record that breaks one of these has shifted columns, and the whole file is refused. */
export const keyLayout = {
  ags: text(3, 8, /^[0-9]{8}$/),
  parcelKey: text(11, 20, /^[0-9]{6}([0-9]{3}|_{3})[0-9]{5}([0-9]{4}|_{4})([0-9]{2}|_{2})$/),
  sheetNumber: text(31, 8, /^[0-9]{1,8}[A-Z]?$/),
  entryNumber: digits(39, 3),
  sequence: digits(500, 7),
};

export const entryLayout = {
  ...keyLayout,
  kind: text(42, 2),
  enteredOn: text(44, 8),
  deletedOn: text(52, 8),
  file: text(60, 40),
  content: text(100, 400),
};

export const exportFormat: FixedWidthFormat<typeof headLayout, typeof trailLayout> = {
  recordBytes: 512,
  types: { head: 'BV', data: 'BE', trail: 'BN' },
  head: headLayout,
  trail: trailLayout,
};

export const EXPORT_VERSION = '0200';
/** Stands in every head record: read in another encoding, it is something else. */
export const CHARSET_PROBE = 'ÄÖÜäöüß€';

/** A value that breaks the format costs its own field alone: the field holds the error it fails with. */
export type Known<Value> = Value | null | AppError;

/** A parcel with a sheet in the register. */
export interface Parcel {
  readonly ags: string;
  /** 20 characters, see `parcel-key.ts`. */
  readonly key: string;
  readonly cadastralDistrict: string;
  readonly section: string | null;
  readonly number: string;
  /** By sheet and entry; at least one. */
  readonly encumbrances: readonly Encumbrance[];
  readonly recordedAt: string;
}

export interface Encumbrance {
  readonly ags: string;
  readonly sheetNumber: string;
  readonly entryNumber: number;
  readonly kind: Known<EncumbranceKind>;
  readonly content: string | null;
  /** YYYY-MM-DD, as is `deletedOn`. */
  readonly enteredOn: Known<string>;
  /** `null`: in force. */
  readonly deletedOn: Known<string>;
  /** Name of the scan in the store; `null`: there is none. */
  readonly file: Known<string>;
}

export const toEncumbrance = (record: Decoded<typeof entryLayout>): Encumbrance => ({
  ags: record.ags,
  sheetNumber: record.sheetNumber,
  entryNumber: record.entryNumber,
  kind: KINDS[record.kind] ?? malformed(),
  content: record.content || null,
  enteredOn: readDay(record.enteredOn),
  deletedOn: readDay(record.deletedOn),
  file: record.file === '' ? null : FILE.test(record.file) ? record.file : malformed(),
});

const KINDS: Readonly<Record<string, EncumbranceKind>> = {
  '01': 'ACCESS',
  '02': 'DISTANCE',
  '03': 'PARKING',
  '04': 'UNION',
  '05': 'UTILITIES',
  '99': 'OTHER',
};

const FILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,35}\.pdf$/;

const malformed = () => new AppError('LEGACY_MALFORMED');

/** TTMMJJJJ; blanks where there is no day. */
function readDay(field: string): Known<string> {
  if (field === '') return null;
  return toDay(field) ?? malformed();
}

function toDay(field: string): string | undefined {
  const day = /^[0-9]{8}$/.test(field) ? `${field.slice(4)}-${field.slice(2, 4)}-${field.slice(0, 2)}` : '';
  const at = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? undefined : day;
}

/** @returns ISO 8601. */
function instant(first: number, width: number): Column<string> {
  return {
    first,
    width,
    parse(field) {
      const [day, time] = [
        toDay(field.slice(0, 8)),
        /^([01][0-9]|2[0-3])([0-5][0-9])([0-5][0-9])$/.exec(field.slice(8)),
      ];
      return day && time ? `${day}T${time[1]}:${time[2]}:${time[3]}.000Z` : undefined;
    },
  };
}
