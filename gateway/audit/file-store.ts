import { mkdirSync } from 'node:fs';
import { readAccesses } from '../../lib/audit/accesses.js';
import { createFileSource } from '../../lib/audit/file-source.js';
import { createGermanDate } from '../../lib/audit/german-date.js';
import { type Lock, takeLock } from '../../lib/audit/lock.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import { type Disk, disk } from './disk.js';
import { createGroupCommit } from './group-commit.js';
import { readHeadFile } from './head-file.js';
import { createHeadKeeper } from './head-keeper.js';
import { keepHouse } from './housekeeping.js';
import type { AuditKeys } from './keys.js';
import { createNotes, type Notes } from './notes.js';
import { createSegmentWriter } from './segment-writer.js';
import { type AuditStore, type CommitItem, draftThen, noteRestored, tellCommits, writePieces } from './store.js';
import { repairTail, type Tail } from './tail.js';

export interface FileStoreOptions {
  readonly dir: string;
  readonly headPath: string;
  readonly keys: AuditKeys;
  readonly log: Log;
  readonly now?: () => number;
  readonly disk?: Disk;
  /** A segment that has got this long is closed. */
  readonly segmentBytes?: number;
  /** Longest wait for one commit. */
  readonly deadlineMs?: number;
  /** Between two attempts to write again after a failure. */
  readonly probeMs?: number;
}

const SEGMENT_BYTES = 134_217_728;

/**
 * Opens the log in a folder, repairs its end where a process died, and goes on with it.
 *
 * @throws Error where another process writes to it, where it is signed by somebody else, or of the file system.
 */
export async function openFileStore(options: FileStoreOptions): Promise<AuditStore> {
  mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const lock = takeLock(options.dir);
  try {
    return await open(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function open(options: FileStoreOptions, lock: Lock): Promise<AuditStore> {
  const { dir, keys, log, now = Date.now } = options;
  const germanDate = createGermanDate();
  const today = () => germanDate(now());
  const tail = await repairTail(dir, { publicKeys: keys.publicKeys, today: today() });
  const notes = createNotes(now);
  noteTorn(notes, tail, log);
  noteRestored(notes, { end: tail, head: readHeadFile(options.headPath, keys.publicKeys), log });
  notes.add('opened', {});
  const house = keepHouse(dir, today, log);
  const writer = createSegmentWriter({
    dir,
    tail,
    today,
    signingKey: keys.signingKey,
    disk: options.disk ?? disk,
    segmentBytes: options.segmentBytes ?? SEGMENT_BYTES,
    onClosed: house.index,
  });
  const commits = createGroupCommit<CommitItem>({
    ...options,
    commit: draftThen(writer.commit),
    repair: async (refused) => {
      if (refused > 0) notes.add('interrupted', { refused });
      await writer.repair();
      await notes.writeTo(writer.commit);
    },
    onEvent: tellCommits(log),
  });
  // Where that fails, the log is not writable until it has been written after all.
  await commits.append(notes.peek()).then(notes.clear, () => undefined);
  let isOurs = true;
  const head = createHeadKeeper({
    path: options.headPath,
    signingKey: keys.signingKey,
    end: writer.end,
    log,
    now,
    onBeat: () => {
      isOurs = renew(lock, log);
    },
  });
  const toPiece = writePieces(keys, germanDate);
  const isWritable = () => isOurs && head.isKept() && commits.isWritable();
  const readable = { source: createFileSource(dir), blindIndex: keys.blindIndex };
  return {
    isWritable,
    async append(entries) {
      if (!isWritable()) throw new AppError('AUDIT_UNAVAILABLE');
      await commits.append(entries.map(toPiece));
    },
    readAccesses: (question) => readAccesses(readable, question),
    async close() {
      await commits.close();
      await head.close();
      await writer.close();
      await house.close();
      lock.release();
    },
  };
}

/** What a verifier must learn about how this process found the log. */
function noteTorn(notes: Notes, { torn }: Tail, log: Log): void {
  for (const { file, bytes } of torn) {
    notes.add('repaired', { file, bytes });
    log.warn({ file, bytes }, 'audit log: a commit that had never finished was cut off');
  }
}

function renew(lock: Lock, log: Log): boolean {
  try {
    lock.renew();
    return true;
  } catch {
    log.error({}, 'audit log: the lock of its folder is lost; nothing more is written');
    return false;
  }
}
