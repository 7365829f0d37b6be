import { describe, expect, it } from '@jest/globals';
import {
  decodeField,
  decodeLatin9,
  decodeRecord,
  digits,
  FixedWidthError,
  text,
} from '../../../../lib/connect/columns.js';

describe('decodeLatin9', () => {
  it('reads the eight characters in which ISO-8859-15 differs from ISO-8859-1', () => {
    expect(decodeLatin9(Buffer.from([0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe]))).toBe('€ŠšŽžŒœŸ');
  });

  it('agrees with the decoder of the platform on every printable byte', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte > 0x1f));
    const printable = bytes.filter((byte) => byte < 0x7f || byte > 0x9f);
    expect(decodeLatin9(Buffer.from(printable))).toBe(new TextDecoder('iso-8859-15').decode(printable));
  });
});

describe('decodeRecord', () => {
  const layout = { id: text(1, 4), name: text(5, 6), amount: digits(11, 5), kind: text(16, 1, /^[AB]$/) };
  const record = (line: string) => Buffer.from(line, 'latin1');

  it('cuts a record by its columns, counted from 1', () => {
    expect(decodeRecord(layout, record('ID1 M\xfcller00042A'), 7)).toEqual({
      id: 'ID1',
      name: 'Müller',
      amount: 42,
      kind: 'A',
    });
  });

  it('keeps blanks inside and before a text and drops those behind it', () => {
    expect(decodeField(text(1, 8), record(' a  b   '))).toBe(' a  b');
  });

  it.each([
    ['a letter among the digits', 'ID1 Mueller0042A', 11, 'amount'],
    ['a blank among the digits', 'ID1 Mueler 0042A', 11, 'amount'],
    ['a text that must not stand there', 'ID1 Mueler00042C', 16, 'kind'],
  ])('names record and column of %s, but not what stands there', (_, line, column, field) => {
    const decode = () => decodeRecord(layout, record(line), 7);
    expect(decode).toThrow(new FixedWidthError(`${field} breaks the layout`, 7, column));
    expect(decode).toThrow(`record 7, column ${column}: ${field} breaks the layout`);
  });
});
