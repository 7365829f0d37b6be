/** A file, or a record of it, that breaks its layout. Says where, never what stands there: records are personal data. */
export class FixedWidthError extends Error {
  /** Number of the record in its file, from 1, head record included; 0 where the file as a whole is meant. */
  readonly record: number;
  /** First column of the field, from 1; 0 where the record as a whole is meant. */
  readonly column: number;

  constructor(message: string, record = 0, column = 0) {
    const place = [record > 0 && `record ${record}`, column > 0 && `column ${column}`].filter(Boolean).join(', ');
    super(place === '' ? message : `${place}: ${message}`);
    this.name = 'FixedWidthError';
    this.record = record;
    this.column = column;
  }
}

/** A field of a record: `width` bytes from column `first`; columns count from 1, as in the vendor's manual. */
export interface Column<Value> {
  readonly first: number;
  readonly width: number;
  /** @returns `undefined` where the field must not hold this text. */
  readonly parse: (text: string) => Value | undefined;
}

export type Layout = Readonly<Record<string, Column<unknown>>>;
export type Decoded<L extends Layout> = {
  readonly [Name in keyof L]: L[Name] extends Column<infer Value> ? Value : never;
};

/** Left-aligned text without the blanks that fill its column; it must match `pattern` where one is given. */
export const text = (first: number, width: number, pattern?: RegExp): Column<string> => ({
  first,
  width,
  parse: (field) => {
    const value = field.trimEnd();
    return pattern === undefined || pattern.test(value) ? value : undefined;
  },
});

/** A whole number, filled with zeros on the left. */
export const digits = (first: number, width: number): Column<number> => ({
  first,
  width,
  parse: (field) => (/^[0-9]+$/.test(field) ? Number(field) : undefined),
});

/**
 * Reads the fields of one record. The record is cut by bytes, and each field is decoded alone.
 *
 * @param at Number of the record in its file, for the message.
 * @throws FixedWidthError naming record and column of the first field that breaks the layout.
 */
export function decodeRecord<L extends Layout>(layout: L, record: Buffer, at: number): Decoded<L> {
  const fields: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(layout)) {
    const value = decodeField(column, record);
    if (value === undefined) throw new FixedWidthError(`${name} breaks the layout`, at, column.first);
    fields[name] = value;
  }
  return fields as Decoded<L>; // one value per column, each from that column's own parse
}

/** @returns `undefined` where the field breaks the layout. */
export const decodeField = <Value>(column: Column<Value>, record: Buffer): Value | undefined =>
  column.parse(decodeLatin9(record, column.first - 1, column.first - 1 + column.width));

/** ISO-8859-15 is ISO-8859-1 but for eight characters; Node decodes the latter natively. */
export const decodeLatin9 = (bytes: Buffer, start = 0, end = bytes.length): string =>
  bytes.toString('latin1', start, end).replace(/[¤¦¨´¸¼½¾]/g, (character) => LATIN9[character] ?? character);

const LATIN9: Readonly<Record<string, string>> = {
  '¤': '€',
  '¦': 'Š',
  '¨': 'š',
  '´': 'Ž',
  '¸': 'ž',
  '¼': 'Œ',
  '½': 'œ',
  '¾': 'Ÿ',
};
