import type { HomeAt, OwnedVehicle } from '../person.js';
import { toLatin9 } from './charset.js';
import { checkDigit } from './check-digit.js';

/** The layout of the export, as the table in README.md says: columns and widths in bytes, columns from 1. */
export const RECORD_BYTES = 256;
export const LINE_END = '\r\n';
export const LINE_BYTES = RECORD_BYTES + LINE_END.length;

/** Where data records hold the block flag and the number of the export. */
export const BLOCK_COLUMN = 248;
export const SEQUENCE_COLUMN = 249;
const SEQUENCE_WIDTH = 7;

type Field = readonly [column: number, width: number, value: string];

/** Who holds a vehicle, as this register knows them. */
export interface Holder {
  readonly kind: 'N' | 'J';
  readonly familyName: string;
  readonly givenNames: string;
  /** YYYY-MM-DD, YYYY-MM, YYYY or nothing. */
  readonly dateOfBirth: string;
  readonly placeOfBirth: string;
  readonly sex: string;
  readonly home: HomeAt;
  readonly blocked: boolean;
}

/** @param createdAt Written in UTC. */
export const headLine = (sequence: number, createdAt: Date): Buffer =>
  toLine([
    [1, 2, 'VS'],
    [3, 20, 'ZULASSUNG SIMULIERT'],
    [23, 14, germanDay(createdAt) + createdAt.toISOString().slice(11, 19).replaceAll(':', '')],
    [37, 4, '0100'],
    [41, SEQUENCE_WIDTH, toSequence(sequence)],
    [48, 8, 'ÄÖÜäöüß€'],
    [56, 60, 'Simulierte Daten erfundener Personen, kein Format des KBA'],
  ]);

export const trailLine = (sequence: number, createdAt: Date, count: number): Buffer =>
  toLine([
    [1, 2, 'NS'],
    [3, 9, String(count).padStart(9, '0')],
    [12, 8, germanDay(createdAt)],
    [20, SEQUENCE_WIDTH, toSequence(sequence)],
  ]);

/** The number of the export is written later, by each export. */
export function dataLine(vehicle: OwnedVehicle, holder: Holder): Buffer {
  const { district, letters, number, suffix } = takePlateApart(vehicle.plate);
  return toLine([
    [1, 2, 'DS'],
    [3, 8, vehicle.officeAgs],
    [11, 3, district],
    [14, 2, letters],
    [16, 4, number.padStart(4, '0')],
    [20, 1, suffix],
    [21, 17, vehicle.vin],
    [38, 1, checkDigit(vehicle.vin)],
    [39, 16, vehicle.make],
    [55, 20, vehicle.model],
    [75, 8, germanDate(vehicle.firstRegistration)],
    [83, 6, germanDate(vehicle.inspectionDue).slice(2)],
    [89, 1, vehicle.status],
    [90, 1, vehicle.fuel],
    [91, 2, vehicle.emissionKey],
    [93, 1, holder.kind],
    [94, 34, holder.familyName],
    [128, 30, holder.givenNames],
    [158, 8, germanDate(holder.dateOfBirth)],
    [166, 22, holder.placeOfBirth],
    [188, 1, holder.sex],
    [189, 5, holder.home.postalCode],
    [194, 26, holder.home.street],
    [220, 6, holder.home.houseNumber],
    [226, 22, holder.home.place],
    [BLOCK_COLUMN, 1, holder.blocked ? 'J' : 'N'],
  ]);
}

export const toSequence = (sequence: number): string => String(sequence).padStart(SEQUENCE_WIDTH, '0');

/** Fields are cut off at their width: bytes, for the line is a string of bytes. */
function toLine(fields: readonly Field[]): Buffer {
  let line = '';
  for (const [column, width, value] of fields) line = line.padEnd(column - 1) + toLatin9(value).slice(0, width);
  return Buffer.from(line.padEnd(RECORD_BYTES) + LINE_END, 'latin1');
}

function takePlateApart(plate: string): Readonly<Record<'district' | 'letters' | 'number' | 'suffix', string>> {
  const [district = '', letters = '', rest = ''] = plate.split(' ');
  const number = rest.replace(/[A-Z]$/, '');
  return { district, letters, number, suffix: rest.slice(number.length) };
}

/** TTMMJJJJ with zeros for what is not known. */
function germanDate(date: string): string {
  const [year = '', month = '00', day = '00'] = date.split('-');
  return year === '' ? '' : day + month + year;
}

const germanDay = (instant: Date): string => germanDate(instant.toISOString().slice(0, 10));
