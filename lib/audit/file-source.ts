import { type FileHandle, open } from 'node:fs/promises';
import { createPause } from '../turns.js';
import { openIndex } from './index-file.js';
import { digestOf, type Line, readLine } from './line.js';
import { listSegments, readRawLines, type Segment } from './segments.js';
import { holdsIndex, type IndexesOf, type LineSource } from './source.js';

const READ_BYTES = 32_768;
const LINE_FEED = 10;

/** Finds lines in a folder of segments, while they are being written or not. */
export function createFileSource(dir: string): LineSource {
  return {
    async *find(indexesOf, before) {
      const remember = memoized(indexesOf);
      for (const segment of (await listSegments(dir)).reverse()) {
        if (before !== null && segment.first >= before) continue;
        for await (const line of findInSegment(segment, remember)) {
          if (before === null || line.sequence < before) yield line;
        }
      }
    },
  };
}

async function* findInSegment({ path }: Segment, indexesOf: IndexesOf): AsyncGenerator<Line> {
  // Opened once: retention may put another file in its place meanwhile.
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const offsets = (await findByIndex(path, size, indexesOf)) ?? (await findByReading(path, indexesOf));
    for (const offset of offsets.sort((a, b) => b - a)) {
      const line = readLine(await readTextAt(file, offset));
      if (line && isHit(line, indexesOf)) yield line;
    }
  } finally {
    await file.close();
  }
}

function isHit({ register, payload, digest }: Line, indexesOf: IndexesOf): boolean {
  if (register === null || payload === null) return false;
  return holdsIndex(payload, indexesOf(register)) && digestOf(payload) === digest;
}

async function findByIndex(path: string, size: number, indexesOf: IndexesOf): Promise<number[] | null> {
  const index = await openIndex(path, size);
  if (index === null) return null;
  try {
    const offsets = new Set<number>();
    for (const wanted of index.header.registers.flatMap(indexesOf))
      for (const offset of await index.find(wanted)) offsets.add(offset);
    return [...offsets];
  } finally {
    await index.close();
  }
}

/** The segment that is being written has no index. */
async function findByReading(path: string, indexesOf: IndexesOf): Promise<number[]> {
  const offsets: number[] = [];
  const pause = createPause();
  for await (const lines of readRawLines(path)) {
    for (const { text, offset } of lines) {
      const [, register] = /"register":"([^"]*)"/.exec(text.slice(0, 256)) ?? [];
      if (register !== undefined && holdsIndex(text, indexesOf(register))) offsets.push(offset);
    }
    await pause();
  }
  return offsets;
}

async function readTextAt(file: FileHandle, offset: number): Promise<string> {
  let text = '';
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, offset + text.length);
    const end = buffer.subarray(0, bytesRead).indexOf(LINE_FEED);
    if (end >= 0 || bytesRead === 0) return text + buffer.toString('latin1', 0, Math.max(end, 0));
    text += buffer.toString('latin1', 0, bytesRead);
  }
}

function memoized(indexesOf: IndexesOf): IndexesOf {
  const known = new Map<string, readonly string[]>();
  return (register) => {
    const indexes = known.get(register) ?? indexesOf(register);
    known.set(register, indexes);
    return indexes;
  };
}
