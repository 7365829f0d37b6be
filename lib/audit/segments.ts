import { existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of lines; all but the last one of a log are closed and change by retention alone. */
export interface Segment {
  readonly name: string;
  readonly path: string;
  /** Sequence of its first line. */
  readonly first: number;
}

/** A line as it stands in the file: one byte a character. */
export interface RawLine {
  /** Without its line feed. */
  readonly text: string;
  /** Of its first byte. */
  readonly offset: number;
  /** Whether a line feed ends it. */
  readonly isComplete: boolean;
}

const NAME = /^(\d{16})(-\d{4}-\d{2})?\.jsonl$/;
const CHUNK_BYTES = 262_144;
const LINE_FEED = 10;

/** @param month YYYY-MM of its first line. */
export const nameSegment = (first: number, month: string): string =>
  `${String(first).padStart(16, '0')}-${month}.jsonl`;

/** Segments of a log in the order of their lines; none where there is no such folder. */
export async function listSegments(dir: string): Promise<Segment[]> {
  if (!existsSync(dir)) return [];
  return (await readdir(dir)).sort().flatMap((name) => {
    const [, first] = NAME.exec(name) ?? [];
    return first === undefined ? [] : [{ name, path: join(dir, name), first: Number(first) }];
  });
}

/**
 * Reads the lines of a segment in order, some hundred at a time: a promise for each line would cost more than the line.
 *
 * @throws The error of the file system.
 */
export async function* readRawLines(path: string): AsyncGenerator<readonly RawLine[]> {
  const file = await open(path, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const lines = split(bytes, offset);
      const used = lines.reduce((sum, { text }) => sum + text.length + 1, 0);
      rest = bytes.subarray(used);
      offset += used;
      yield lines;
    }
    if (rest.length > 0) yield [{ text: rest.toString('latin1'), offset, isComplete: false }];
  } finally {
    await file.close();
  }
}

function split(bytes: Buffer, offset: number): RawLine[] {
  const lines: RawLine[] = [];
  let begin = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, begin)) {
    lines.push({ text: bytes.toString('latin1', begin, end), offset: offset + begin, isComplete: true });
    begin = end + 1;
  }
  return lines;
}
