/** The layout of the index export, as the table in README.md says: columns and widths in bytes, columns from 1. */
export const RECORD_BYTES = 512;
export const LINE_END = '\r\n';
export const LINE_BYTES = RECORD_BYTES + LINE_END.length;

type Field = readonly [column: number, width: number, value: string];

/** One entry of a sheet (Baulastenblatt). */
export interface Entry {
  readonly ags: string;
  /** Flurstückskennzeichen, 20 characters. */
  readonly parcelKey: string;
  readonly sheetNumber: string;
  readonly entryNumber: number;
  /** Two digits; see `kinds.ts`. */
  readonly kind: string;
  /** YYYY-MM-DD. */
  readonly enteredOn: string;
  readonly deletedOn: string | null;
  /** Name of the scan; empty where nobody has scanned the sheet yet. */
  readonly file: string;
  readonly content: string;
}

/** @param createdAt Written in UTC. */
export const headLine = (sequence: number, createdAt: Date): Buffer =>
  toLine([
    [1, 2, 'BV'],
    [3, 20, 'BAULASTEN SIMULIERT'],
    [23, 14, germanDay(createdAt) + createdAt.toISOString().slice(11, 19).replaceAll(':', '')],
    [37, 4, '0200'],
    [41, 7, toSequence(sequence)],
    [48, 8, 'ÄÖÜäöüß€'],
    [56, 60, 'Simulierte Daten, kein Auszug aus einem Verzeichnis'],
  ]);

export const trailLine = (sequence: number, createdAt: Date, count: number): Buffer =>
  toLine([
    [1, 2, 'BN'],
    [3, 9, String(count).padStart(9, '0')],
    [12, 8, germanDay(createdAt)],
    [20, 7, toSequence(sequence)],
  ]);

export const entryLine = (entry: Entry, sequence: number): Buffer =>
  toLine([
    [1, 2, 'BE'],
    [3, 8, entry.ags],
    [11, 20, entry.parcelKey],
    [31, 8, entry.sheetNumber],
    [39, 3, String(entry.entryNumber).padStart(3, '0')],
    [42, 2, entry.kind],
    [44, 8, germanDate(entry.enteredOn)],
    [52, 8, germanDate(entry.deletedOn ?? '')],
    [60, 40, entry.file],
    [100, 400, entry.content],
    [500, 7, toSequence(sequence)],
  ]);

const toSequence = (sequence: number): string => String(sequence).padStart(7, '0');

/** Fields are cut off at their width. */
function toLine(fields: readonly Field[]): Buffer {
  let line = '';
  for (const [column, width, value] of fields) line = line.padEnd(column - 1) + toLatin9(value).slice(0, width);
  return Buffer.from(line.padEnd(RECORD_BYTES) + LINE_END, 'latin1');
}

/** A string of bytes in ISO-8859-15; what that does not have, or what is no letter at all, becomes a question mark. */
const toLatin9 = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^ -~¡-ÿ€]|[¤¦¨´¸¼½¾]/gu, '?')
    .replaceAll('€', '\u00a4');

/** TTMMJJJJ. */
const germanDate = (date: string): string => date.split('-').reverse().join('');

const germanDay = (instant: Date): string => germanDate(instant.toISOString().slice(0, 10));
