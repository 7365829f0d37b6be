import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { createPause } from '../turns.js';
import { type Column, type Decoded, decodeRecord, FixedWidthError, type Layout } from './columns.js';

/** The trail record says how many data records there are. */
export type TrailLayout = Layout & { readonly count: Column<number> };

/** A file of records of equal length in ISO-8859-15, each ended by CRLF: one head record, data records, one trail record. */
export interface FixedWidthFormat<Head extends Layout, Trail extends TrailLayout> {
  /** Bytes of a record without its line end. */
  readonly recordBytes: number;
  /** Record types, in the first columns: of the head, of each data record, of the trail. */
  readonly types: { readonly head: string; readonly data: string; readonly trail: string };
  readonly head: Head;
  readonly trail: Trail;
}

/** The data records of a file, outside the V8 heap. */
export interface Records {
  readonly count: number;
  /** All of them, one every `stride` bytes. */
  readonly bytes: Buffer;
  readonly stride: number;
  /** @param index From 0. @returns A view without the line end. */
  at(index: number): Buffer;
  /** @returns The record's number in the file, from 1, head record included. */
  numberOf(index: number): number;
}

export interface FixedWidthFile<Head extends Layout, Trail extends TrailLayout> {
  readonly head: Decoded<Head>;
  readonly trail: Decoded<Trail>;
  readonly records: Records;
}

const LINE_END = '\r\n';
const CHUNK_BYTES = 1024 * 1024;

/**
 * Loads a file into memory and checks its frame: length, line ends, record types, characters, count. The event loop is
 * free between chunks of 1 MB.
 *
 * @param accept Sees the head record before the rest is read; what it throws ends the reading.
 * @throws FixedWidthError where the frame is broken; what the file system says where the file cannot be read.
 */
export async function loadFixedWidth<Head extends Layout, Trail extends TrailLayout>(
  path: string,
  format: FixedWidthFormat<Head, Trail>,
  accept: (head: Decoded<Head>) => void,
): Promise<FixedWidthFile<Head, Trail>> {
  const file = await open(path, 'r');
  try {
    const stride = format.recordBytes + LINE_END.length;
    const { size } = await file.stat();
    if (size % stride !== 0 || size < 2 * stride)
      throw new FixedWidthError(`${size} bytes are no whole number of records of ${stride} bytes`);
    const bytes = Buffer.allocUnsafeSlow(size);
    const head = await readHead(file, bytes, format);
    accept(head);
    await readRecords(file, bytes, format);
    if ((await file.stat()).size !== size) throw new FixedWidthError('the file changed while it was read');
    const records = toRecords(bytes, stride);
    const last = bytes.subarray(-stride, -LINE_END.length);
    const trail = decodeRecord(format.trail, last, records.count + 2);
    if (trail.count !== records.count)
      throw new FixedWidthError('the count of data records is wrong', records.count + 2, format.trail.count.first);
    return { head, trail, records };
  } finally {
    await file.close();
  }
}

async function readHead<Head extends Layout, Trail extends TrailLayout>(
  file: FileHandle,
  bytes: Buffer,
  format: FixedWidthFormat<Head, Trail>,
): Promise<Decoded<Head>> {
  const stride = format.recordBytes + LINE_END.length;
  await readFully(file, bytes, 0, stride);
  checkFrame(bytes, 0, format);
  return decodeRecord(format.head, bytes.subarray(0, format.recordBytes), 1);
}

async function readRecords(
  file: FileHandle,
  bytes: Buffer,
  format: FixedWidthFormat<Layout, TrailLayout>,
): Promise<void> {
  const stride = format.recordBytes + LINE_END.length;
  const chunkBytes = Math.max(1, Math.floor(CHUNK_BYTES / stride)) * stride;
  const pause = createPause();
  let likeUtf8 = 0;
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    const to = Math.min(from + chunkBytes, bytes.length);
    await readFully(file, bytes, from, to);
    for (let start = from; start < to; start += stride) likeUtf8 += checkFrame(bytes, start, format);
    await pause();
  }
  if (likeUtf8 > 0) throw new FixedWidthError('the characters are those of UTF-8, not of ISO-8859-15');
}

async function readFully(file: FileHandle, bytes: Buffer, from: number, to: number): Promise<void> {
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(bytes, at, to - at, at);
    if (bytesRead === 0) throw new FixedWidthError('the file changed while it was read');
    at += bytesRead;
  }
}

/**
 * Checks one record: its type, its line end, no control characters.
 *
 * @returns 1 where what is not ASCII reads as UTF-8, -1 where it cannot be UTF-8, 0 for plain ASCII. A file with more
 *   of the first than of the second was written in the wrong encoding: letters of ISO-8859-15 hardly ever stand so.
 */
function checkFrame(bytes: Buffer, start: number, format: FixedWidthFormat<Layout, TrailLayout>): -1 | 0 | 1 {
  const end = start + format.recordBytes;
  const at = start / (format.recordBytes + LINE_END.length) + 1;
  let seen = 0;
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    seen |= byte;
    if (byte < 0x20 || (byte > 0x7e && byte < 0xa0))
      throw new FixedWidthError('a control character stands in a field', at, index - start + 1);
  }
  if (bytes[end] !== 0x0d || bytes[end + 1] !== 0x0a)
    throw new FixedWidthError('the line end is missing', at, format.recordBytes + 1);
  const type = start === 0 ? 'head' : end + LINE_END.length === bytes.length ? 'trail' : 'data';
  if (bytes.toString('latin1', start, start + format.types[type].length) !== format.types[type])
    throw new FixedWidthError(`this is no ${type} record`, at, 1);
  if (seen < 0x80) return 0;
  return isUtf8(bytes.subarray(start, end)) ? 1 : -1;
}

function toRecords(file: Buffer, stride: number): Records {
  const bytes = file.subarray(stride, -stride);
  return {
    count: bytes.length / stride,
    bytes,
    stride,
    at: (index) => bytes.subarray(index * stride, (index + 1) * stride - LINE_END.length),
    numberOf: (index) => index + 2,
  };
}
