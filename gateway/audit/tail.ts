import { type KeyObject, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../../lib/audit/expire.js';
import { FIRST_PREVIOUS, isIntact, linkOf, readLine } from '../../lib/audit/line.js';
import { listSegments, type RawLine, readRawLines, type Segment } from '../../lib/audit/segments.js';
import { isSignedBy } from '../../lib/audit/signing.js';

/** Where a log goes on. */
export interface Tail {
  /** The segment that is written to; `null` where there is none yet. */
  readonly segment: Segment | null;
  /** Its length up to the end of the last commit. */
  readonly bytes: number;
  readonly sequence: number;
  /** Hash of the last line; `null` where there is none. */
  readonly hash: string | null;
  /** `previous` of the next line. */
  readonly link: string;
  /** What stood behind the last commit and was set aside. */
  readonly torn: readonly Torn[];
}

export interface Torn {
  readonly file: string;
  readonly bytes: number;
}

const START = { sequence: 0, hash: null, link: FIRST_PREVIOUS };

/**
 * Finds the last commit of a log and cuts off what stands behind it: a commit that never finished, of which nobody was
 * told that it is durable. It is kept in a file of its own.
 *
 * @param today German date, YYYY-MM-DD, part of the file's name.
 * @throws The error of the file system.
 */
export async function repairTail(
  dir: string,
  { publicKeys, today }: { readonly publicKeys: readonly KeyObject[]; readonly today: string },
): Promise<Tail> {
  const torn: Torn[] = [];
  for (const segment of (await listSegments(dir)).reverse()) {
    const end = await findLastCommit(segment, publicKeys);
    const excess = (await stat(segment.path)).size - (end?.bytes ?? 0);
    if (excess > 0) torn.push(await setAside(segment, { dir, today, from: end?.bytes ?? 0 }));
    if (end !== null) return { segment, torn, ...end };
    // Nothing in it was ever finished.
    await rm(segment.path);
    await syncFolder(dir);
  }
  return { segment: null, bytes: 0, torn, ...START };
}

async function findLastCommit(
  segment: Segment,
  publicKeys: readonly KeyObject[],
): Promise<(Pick<Tail, 'bytes' | 'sequence' | 'link'> & { readonly hash: string }) | null> {
  const signed: RawLine[] = [];
  for await (const lines of readRawLines(segment.path)) {
    const ends = lines.filter(({ text, isComplete }) => isComplete && text.includes(',"signed":true,"digest":'));
    signed.push(...ends.slice(-MOST_BROKEN));
    signed.splice(0, signed.length - MOST_BROKEN);
  }
  for (const { text, offset } of signed.reverse()) {
    const line = readLine(text);
    if (line?.signature == null || !isIntact(line)) continue;
    const { sequence, hash, signature } = line;
    if (isSignedBy(publicKeys, { sequence, hash, signature }))
      return { bytes: offset + text.length + 1, sequence, hash, link: linkOf(line) };
  }
  return signed.length === 0 ? null : refuse(segment);
}

/** So many ends of commits are looked at: behind the last good one there is at most one that never finished. */
const MOST_BROKEN = 50;

/** A log signed by somebody else is not gone on with, and not cut. */
function refuse({ name }: Segment): never {
  throw new Error(
    `AUDIT_DIR: ${name} is not signed with AUDIT_SIGNING_KEY; verify it before anything is written to it`,
  );
}

async function setAside(
  { path }: Segment,
  { dir, today, from }: { readonly dir: string; readonly today: string; readonly from: number },
): Promise<Torn> {
  const { size } = await stat(path);
  const file = `torn-${today}-${randomUUID()}.bin`;
  const copy = await open(join(dir, file), 'wx', 0o600);
  await pipeline(createReadStream(path, { start: from }), copy.createWriteStream({ flush: true }));
  await syncFolder(dir);
  const cut = await open(path, 'r+');
  await cut.truncate(from);
  await cut.sync();
  await cut.close();
  return { file, bytes: size - from };
}
