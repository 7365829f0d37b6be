import type { EncumbranceExport } from '../../subgraphs/encumbrances/encumbrance-index.js';

/** Fields of an entry in the layout of the vendor's manual; what is not given is that of a good one. */
export interface EntryFields {
  readonly ags?: string;
  readonly parcelKey?: string;
  readonly sheetNumber?: string;
  readonly entryNumber?: string;
  readonly kind?: string;
  readonly enteredOn?: string;
  readonly deletedOn?: string;
  readonly file?: string;
  readonly content?: string;
  readonly sequence?: string;
}

/** A record of 512 bytes. */
export function entryRecord(fields: EntryFields = {}): Buffer {
  const record = Buffer.alloc(512, ' ');
  const put = (column: number, value: string) => record.write(value, column - 1, 'latin1');
  put(1, 'BE');
  put(3, fields.ags ?? '10045114');
  put(11, fields.parcelKey ?? '100451140000420007__');
  put(31, fields.sheetNumber ?? '1000');
  put(39, fields.entryNumber ?? '001');
  put(42, fields.kind ?? '01');
  put(44, fields.enteredOn ?? '19031987');
  put(52, fields.deletedOn ?? '');
  put(60, fields.file ?? '10045114-1000.pdf');
  put(100, fields.content ?? 'Der Eigentümer duldet die Zufahrt.');
  put(500, fields.sequence ?? '0000007');
  return record;
}

/** An export with number 7 of 20 March 2026. */
export function encumbranceExport(
  entries: readonly EntryFields[],
  { trailSequence = 7, trailDate = '20032026' } = {},
): EncumbranceExport {
  const records = entries.map(entryRecord);
  return {
    head: {
      sender: 'TEST',
      createdAt: '2026-03-20T02:00:00.000Z',
      version: '0200',
      sequence: 7,
      probe: 'ÄÖÜäöüß€',
    },
    trail: { count: entries.length, date: trailDate, sequence: trailSequence },
    records: {
      count: records.length,
      bytes: Buffer.concat(records),
      stride: 512,
      at: (index) => records[index] as Buffer,
      numberOf: (index) => index + 2,
    },
  };
}
