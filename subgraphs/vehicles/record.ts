import { type Column, type Decoded, digits, text } from '../../lib/connect/columns.js';
import type { FixedWidthFormat } from '../../lib/connect/fixed-width.js';
import { AppError } from '../../lib/errors.js';
import { emissionSticker } from './emission-sticker.js';
import { type Plate, writePlate } from './plate.js';
import type { EmissionSticker, VehicleStatus } from './schema.generated.js';

/** Head record: who wrote the export and when. Instants are UTC, TTMMJJJJhhmmss. */
export const headLayout = {
  sender: text(3, 20),
  createdAt: instant(23, 14),
  version: text(37, 4),
  sequence: digits(41, 7),
  probe: text(48, 8),
};

export const trailLayout = { count: digits(3, 9), date: text(12, 8, /^[0-9]{8}$/), sequence: digits(20, 7) };

/** What a record is found by. A record that breaks one of these has shifted columns, and the whole file is refused. */
export const keyLayout = {
  ags: text(3, 8, /^[0-9]{8}$/),
  district: text(11, 3, /^[A-ZÄÖÜ]{1,3}$/),
  letters: text(14, 2, /^[A-Z]{1,2}$/),
  number: text(16, 4, /^(?!0000)[0-9]{4}$/),
  suffix: text(20, 1, /^[HE]?$/),
  vin: text(21, 17, /^[A-HJ-NPR-Z0-9]{1,17}$/),
  sequence: digits(249, 7),
};

export const vehicleLayout = {
  ...keyLayout,
  checkDigit: text(38, 1),
  make: text(39, 16),
  model: text(55, 20),
  firstRegistration: text(75, 8),
  inspectionDue: text(83, 6),
  status: text(89, 1),
  fuel: text(90, 1),
  emissionKey: text(91, 2),
  holderKind: text(93, 1),
  familyName: text(94, 34),
  givenNames: text(128, 30),
  dateOfBirth: text(158, 8),
  placeOfBirth: text(166, 22),
  postalCode: text(189, 5),
  street: text(194, 26),
  houseNumber: text(220, 6),
  blocked: text(248, 1),
};

export const exportFormat: FixedWidthFormat<typeof headLayout, typeof trailLayout> = {
  recordBytes: 256,
  types: { head: 'VS', data: 'DS', trail: 'NS' },
  head: headLayout,
  trail: trailLayout,
};

export const EXPORT_VERSION = '0100';
/** Stands in every head record: read in another encoding, it is something else. */
export const CHARSET_PROBE = 'ÄÖÜäöüß€';

/** A value that breaks the format costs its own field alone: the field holds the error it fails with. */
export type Known<Value> = Value | null | AppError;

/** A person who holds a vehicle, as the office knows them. */
export interface Holder {
  readonly familyName: string;
  /** First given name alone. */
  readonly givenName: string;
  /** A name fills its column to the end, or all but one blank: the rest of it may be missing. */
  readonly isCutOff: boolean;
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly dateOfBirth: string;
  readonly placeOfBirth: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  /** § 41 StVG. */
  readonly isBlocked: boolean;
}

export interface Vehicle {
  readonly ags: string;
  readonly vin: string;
  /** As on the car: `HOM AB 123`. */
  readonly plate: string;
  /** As recorded: 0 to 9 or X; null where the vehicle has none. */
  readonly vinCheckDigit: Known<string>;
  readonly status: Known<VehicleStatus>;
  readonly make: string | null;
  readonly model: string | null;
  readonly firstRegistration: Known<string>;
  readonly inspectionDue: Known<string>;
  readonly emissionSticker: Known<EmissionSticker>;
  /** Null for a company, and for a person without a date of birth: nothing tells them from their namesakes. */
  readonly holder: Holder | null;
  readonly recordedAt: string;
}

type VehicleRecord = Decoded<typeof vehicleLayout>;

/** @param recordedAt ISO 8601 instant of the export. */
export const toVehicle = (record: VehicleRecord, recordedAt: string): Vehicle => ({
  ags: record.ags,
  vin: record.vin,
  plate: writePlate(toPlate(record)),
  vinCheckDigit: readCheckDigit(record.checkDigit),
  status: STATUSES[record.status] ?? malformed(),
  make: record.make || null,
  model: record.model || null,
  firstRegistration: readDay(record.firstRegistration),
  inspectionDue: readMonth(record.inspectionDue),
  emissionSticker: readSticker(record),
  holder: readHolder(record),
  recordedAt,
});

export const toPlate = ({
  district,
  letters,
  number,
  suffix,
}: Pick<VehicleRecord, 'district' | 'letters' | 'number' | 'suffix'>): Plate => ({
  district,
  letters,
  number: number.replace(/^0+/, ''),
  suffix,
});

/** The bytes of the columns AGS and plate: of one vehicle, or without `plate` the beginning that a municipality shares. */
export const toPlateKey = (ags: string, plate?: Plate): Buffer =>
  Buffer.from(
    plate === undefined
      ? ags
      : ags +
          plate.district.padEnd(3) +
          plate.letters.padEnd(2) +
          plate.number.padStart(4, '0') +
          plate.suffix.padEnd(1),
    'latin1', // the umlauts of a plate are the same in ISO-8859-15
  );

/** The bytes of the columns VIN and AGS. */
export const toVinKey = (vin: string, ags: string): Buffer => Buffer.from(vin.padEnd(17) + ags, 'latin1');

/** The bytes of the columns date of birth and AGS. @param dateOfBirth YYYY-MM-DD, YYYY-MM or YYYY. */
export function toBirthKey(dateOfBirth: string, ags: string): Buffer {
  const [year = '', month = '00', day = '00'] = dateOfBirth.split('-');
  return Buffer.from(day + month + year + ags, 'latin1');
}

const STATUSES: Readonly<Record<string, VehicleStatus>> = { Z: 'REGISTERED', A: 'DEREGISTERED', U: 'PROHIBITED' };

export const toStatusCode = (status: VehicleStatus): string =>
  Object.keys(STATUSES).find((code) => STATUSES[code] === status) ?? '';

const malformed = () => new AppError('LEGACY_MALFORMED');

/** TTMMJJJJhhmmss, UTC, as ISO 8601 instant. */
function instant(first: number, width: number): Column<string> {
  return {
    first,
    width,
    parse(field) {
      const parts = /^(\d\d)(\d\d)(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(field);
      if (parts === null) return undefined;
      const [, day, month, year, hour, minute, second] = parts;
      const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
      const moment = new Date(iso);
      return Number.isNaN(moment.getTime()) || moment.toISOString() !== iso ? undefined : iso;
    },
  };
}

/** Blank or a dash: the vehicle has none. */
function readCheckDigit(field: string): Known<string> {
  if (field === '' || field === '-') return null;
  return /^[0-9X]$/.test(field) ? field : malformed();
}

/** TTMMJJJJ; blank, or not known to the day: null. */
function readDay(field: string): Known<string> {
  const date = field === '' ? null : (readDate(field) ?? malformed());
  return typeof date === 'string' && date.length < 10 ? null : date;
}

/** MMJJJJ; blank, or not known to the month: null. */
function readMonth(field: string): Known<string> {
  const month = field === '' ? null : (readDate(`00${field}`) ?? malformed());
  return typeof month === 'string' && month.length < 7 ? null : month;
}

/** TTMMJJJJ, with zeros for what nobody knows, as YYYY-MM-DD, YYYY-MM or YYYY; null where it is no date. */
function readDate(field: string): string | null {
  const parts = /^(\d\d)(\d\d)([1-9]\d{3})$/.exec(field);
  if (parts === null) return null;
  const [, day = '', month = '', year = ''] = parts;
  if (month === '00') return day === '00' ? year : null;
  if (Number(month) > 12) return null;
  if (day === '00') return `${year}-${month}`;
  const iso = `${year}-${month}-${day}`;
  const moment = new Date(`${iso}T00:00:00.000Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : null;
}

function readSticker({ fuel, emissionKey }: VehicleRecord): Known<EmissionSticker> {
  if (fuel === '' || emissionKey === '') return null;
  return (/^[0-9]{2}$/.test(emissionKey) && emissionSticker(fuel, emissionKey)) || malformed();
}

function readHolder(record: VehicleRecord): Holder | null {
  const dateOfBirth = readDate(record.dateOfBirth);
  if (record.holderKind !== 'N' || dateOfBirth === null) return null;
  const [givenName = '', ...further] = record.givenNames.split(/ +/);
  return {
    familyName: record.familyName,
    givenName,
    isCutOff:
      fills(record.familyName, vehicleLayout.familyName) ||
      (further.length === 0 && fills(givenName, vehicleLayout.givenNames)),
    dateOfBirth,
    placeOfBirth: record.placeOfBirth,
    street: record.street,
    houseNumber: record.houseNumber,
    postalCode: record.postalCode,
    isBlocked: record.blocked !== 'N', // anything but a clear "no" protects the person
  };
}

/** One blank at the end does not show that the name ends there: it may be cut off at a blank. */
const fills = (name: string, column: Column<string>): boolean => name.length >= column.width - 1;
