import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { createPause } from '../turns.js';
import { INDEX_LENGTH } from './blind-index.js';
import { readRawLines } from './segments.js';

/** First line of an index file. It is derived from its segment: without one, or with a stale one, the segment is read. */
export interface IndexHeader {
  readonly format: 'fachverbund-audit-index-1';
  /** Length of the segment it was made of. */
  readonly segmentBytes: number;
  readonly registers: readonly string[];
  /** First date on which a payload of the segment must be gone; `null`: none ever. */
  readonly earliest: string | null;
  readonly entries: number;
}

/** 256 counts of 4 bytes: entries whose first byte is that or less. Then the entries, sorted. */
const FANOUT_BYTES = 1024;
/** 8 bytes of a blind index and 4 of the line's offset, both big-endian. */
const PREFIX_BYTES = 8;
const PREFIX_LENGTH = 11;
const ENTRY_BYTES = 12;
const HEADER_MAX_BYTES = 4096;
/** Of a line whose payload is there: its register and its date of deletion. */
const HEADER =
  /^\{"sequence":\d+,"previous":"[0-9a-f]{64}","kind":"[a-z]+","register":(null|"[^"\\]*"),"deleteFrom":(null|"[\d-]{10}"),"signed":(?:true|false),"digest":"[0-9a-f]{64}","hash":"[0-9a-f]{64}","payload":\{/;
const MEMBER = '"index":"';

export const indexPathOf = (segmentPath: string): string => segmentPath.replace(/\.jsonl$/, '.index');

/**
 * Makes the index of a closed segment: equal bytes for equal segments.
 *
 * @throws The error of the file system.
 */
export async function buildIndex(segmentPath: string): Promise<Buffer> {
  const buckets: Buffer[][] = Array.from({ length: 256 }, () => []);
  const registers = new Set<string>();
  let segmentBytes = 0;
  let earliest: string | null = null;
  const pause = createPause();
  for await (const lines of readRawLines(segmentPath)) {
    for (const { text, offset } of lines) {
      segmentBytes = offset + text.length + 1;
      // Not read in full, but by what stands before its payload: whoever finds a line by its index does that.
      const [, register, deleteFrom] = HEADER.exec(text) ?? [];
      if (register === undefined || deleteFrom === undefined) continue;
      if (register !== 'null') registers.add(register.slice(1, -1));
      if (deleteFrom !== 'null' && (earliest === null || deleteFrom < earliest)) earliest = deleteFrom;
      for (const entry of makeEntries(text, offset)) buckets[entry[0] ?? 0]?.push(entry);
    }
    await pause();
  }
  for (const bucket of buckets) {
    bucket.sort(Buffer.compare);
    await pause();
  }
  const entries = buckets.reduce((sum, bucket) => sum + bucket.length, 0);
  const header: IndexHeader = {
    format: 'fachverbund-audit-index-1',
    segmentBytes,
    registers: [...registers].sort(),
    earliest: earliest === null ? null : earliest.slice(1, -1),
    entries,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), makeFanout(buckets), ...buckets.flat()]);
}

/** Writes the index beside its segment, whole or not at all. */
export async function writeIndex(segmentPath: string): Promise<void> {
  const path = indexPathOf(segmentPath);
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(await buildIndex(segmentPath));
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

export const removeIndex = (segmentPath: string): Promise<void> => rm(indexPathOf(segmentPath), { force: true });

/** @returns `null` where there is none, or it was made of another state of the segment. */
export async function readIndexHeader(segmentPath: string, segmentBytes: number): Promise<IndexHeader | null> {
  const index = await openIndex(segmentPath, segmentBytes);
  await index?.close();
  return index?.header ?? null;
}

/** Whether the index is what its segment makes; `null` where there is none to compare. */
export async function isIndexTrue(segmentPath: string): Promise<boolean | null> {
  const path = indexPathOf(segmentPath);
  return existsSync(path) ? (await readFile(path)).equals(await buildIndex(segmentPath)) : null;
}

export interface OpenIndex {
  readonly header: IndexHeader;
  /** @returns Offsets of lines that probably hold the blind index: those of others share its first 8 bytes at worst. */
  find(index: string): Promise<number[]>;
  close(): Promise<void>;
}

/** @returns `null` where there is none, or it was made of another state of the segment. */
export async function openIndex(segmentPath: string, segmentBytes: number): Promise<OpenIndex | null> {
  if (!existsSync(indexPathOf(segmentPath))) return null;
  const file = await open(indexPathOf(segmentPath), 'r');
  const start = await readAt(file, 0, HEADER_MAX_BYTES + FANOUT_BYTES);
  const header = readHeader(start);
  const fanoutAt = start.indexOf('\n') + 1;
  if (header === null || header.segmentBytes !== segmentBytes || start.length < fanoutAt + FANOUT_BYTES) {
    await file.close();
    return null;
  }
  const fanout = start.subarray(fanoutAt, fanoutAt + FANOUT_BYTES);
  return {
    header,
    async find(index) {
      const prefix = Buffer.from(index, 'base64url').subarray(0, PREFIX_BYTES);
      const first = prefix[0] ?? 0;
      const from = first === 0 ? 0 : fanout.readUInt32BE((first - 1) * 4);
      const count = fanout.readUInt32BE(first * 4) - from;
      const at = fanoutAt + FANOUT_BYTES + from * ENTRY_BYTES;
      return findOffsets(await readAt(file, at, count * ENTRY_BYTES), prefix);
    },
    close: () => file.close(),
  };
}

/** @param block Sorted entries. */
function findOffsets(block: Buffer, prefix: Buffer): number[] {
  let low = 0;
  let high = block.length / ENTRY_BYTES;
  const prefixAt = (place: number) => block.subarray(place * ENTRY_BYTES, place * ENTRY_BYTES + PREFIX_BYTES);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (prefixAt(middle).compare(prefix) < 0) low = middle + 1;
    else high = middle;
  }
  const offsets: number[] = [];
  for (let place = low; place * ENTRY_BYTES < block.length && prefixAt(place).equals(prefix); place += 1)
    offsets.push(block.readUInt32BE(place * ENTRY_BYTES + PREFIX_BYTES));
  return offsets;
}

/**
 * One for each person of a line, however many of its accesses are to them. A quotation mark inside a text of the payload is
 * escaped, so nothing else looks like a member.
 */
function makeEntries(text: string, offset: number): Buffer[] {
  const entries: Buffer[] = [];
  const seen = new Set<string>();
  for (let at = text.indexOf(MEMBER); at >= 0; at = text.indexOf(MEMBER, at + INDEX_LENGTH)) {
    at += MEMBER.length;
    const prefix = text.slice(at, at + PREFIX_LENGTH);
    if (seen.has(prefix)) continue;
    seen.add(prefix);
    const entry = Buffer.allocUnsafe(ENTRY_BYTES);
    // 8 bytes are the first 11 characters, all but 2 bits.
    const written = entry.write(prefix, 0, PREFIX_BYTES, 'base64url');
    entry.writeUInt32BE(offset, PREFIX_BYTES);
    if (written === PREFIX_BYTES) entries.push(entry);
  }
  return entries;
}

function makeFanout(buckets: readonly (readonly Buffer[])[]): Buffer {
  const fanout = Buffer.alloc(FANOUT_BYTES);
  let sum = 0;
  buckets.forEach((bucket, first) => {
    sum += bucket.length;
    fanout.writeUInt32BE(sum, first * 4);
  });
  return fanout;
}

function readHeader(start: Buffer): IndexHeader | null {
  try {
    const header = JSON.parse(start.toString('utf8', 0, start.indexOf('\n'))) as IndexHeader;
    return header.format === 'fachverbund-audit-index-1' && Array.isArray(header.registers) ? header : null;
  } catch {
    return null;
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
