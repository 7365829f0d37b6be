import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createPause } from '../turns.js';
import { readIndexHeader, removeIndex, writeIndex } from './index-file.js';
import { formatLine, type Line, readLine } from './line.js';
import { takeLock } from './lock.js';
import { addMonths } from './retention.js';
import { listSegments, readRawLines, type Segment } from './segments.js';

export interface Expired {
  /** Payloads that were deleted. */
  readonly payloads: number;
  /** Names of the files they were deleted from, and of files set aside that were deleted whole. */
  readonly files: readonly string[];
}

/** What a repair set aside: `torn-2026-03-01-….bin`. Its lines are of any register, so the shortest retention holds. */
const ASIDE = /^torn-(\d{4}-\d{2}-\d{2})-.*\.bin$/;

/**
 * Deletes the payloads whose time has come from all closed segments. The headers stay, so the chain still verifies; what
 * was deleted and when it had to be is in them. The last segment is being written and is left.
 *
 * @param today German date, YYYY-MM-DD.
 * @param signal Ends it after the segment it is at.
 * @throws Error where another process is doing it, or of the file system; each file is then as it was, or done.
 */
export async function expireLog(dir: string, today: string, signal?: AbortSignal): Promise<Expired> {
  const lock = takeLock(dir, 'expire.lock');
  try {
    await removeUnfinished(dir);
    const files: string[] = [];
    let payloads = 0;
    for (const segment of (await listSegments(dir)).slice(0, -1)) {
      if (signal?.aborted) break;
      const deleted = (await holdsDue(segment, today)) ? await expireSegment(segment, today) : 0;
      payloads += deleted;
      if (deleted > 0) files.push(segment.name);
    }
    return { payloads, files: [...files, ...(await removeAside(dir, today))] };
  } finally {
    lock.release();
  }
}

/** Copies of a process that was ended in the middle; with payloads in them. */
async function removeUnfinished(dir: string): Promise<void> {
  for (const name of await readdir(dir)) if (name.endsWith('.jsonl.new')) await rm(join(dir, name));
}

const isDue = ({ payload, deleteFrom }: Line, today: string): boolean =>
  payload !== null && deleteFrom !== null && deleteFrom <= today;

async function holdsDue({ path }: Segment, today: string): Promise<boolean> {
  const header = await readIndexHeader(path, (await stat(path)).size);
  return header === null || (header.earliest !== null && header.earliest <= today);
}

async function expireSegment({ path }: Segment, today: string): Promise<number> {
  const copy = `${path}.new`;
  const deleted = await copyWithout(path, copy, today);
  if (deleted === 0) {
    await rm(copy);
    return 0;
  }
  // First: an index of the old state must not lead into the new one.
  await removeIndex(path);
  await rename(copy, path);
  await syncFolder(dirname(path));
  await writeIndex(path);
  return deleted;
}

async function copyWithout(from: string, to: string, today: string): Promise<number> {
  let deleted = 0;
  const pause = createPause();
  const file = await open(to, 'w', 0o600);
  try {
    for await (const lines of readRawLines(from)) {
      const kept = lines.map(({ text, isComplete }) => {
        const line = readLine(text);
        const isGone = line !== null && isDue(line, today);
        if (isGone) deleted += 1;
        // A line that cannot be read is evidence: it stays as it is.
        return `${isGone ? formatLine({ ...line, payload: null }) : text}${isComplete ? '\n' : ''}`;
      });
      await file.writeFile(kept.join(''), 'latin1');
      await pause();
    }
    await file.datasync();
  } finally {
    await file.close();
  }
  return deleted;
}

async function removeAside(dir: string, today: string): Promise<string[]> {
  const due = (await readdir(dir)).filter((name) => {
    const [, date] = ASIDE.exec(name) ?? [];
    return date !== undefined && addMonths(date, 6) <= today;
  });
  for (const name of due) await rm(join(dir, name));
  return due;
}

/** A name in a folder is durable only when the folder is. */
export async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
