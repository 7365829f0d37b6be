import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { withDeadline } from '../deadline.js';
import { AppError } from '../errors.js';

/** A folder of files of one kind that another system fills. */
export interface FileStore {
  /** @returns Its length in bytes; `null` where there is no such file. @throws As `open`. */
  measure(name: string, signal?: AbortSignal): Promise<number | null>;
  /**
   * @returns `null` where there is no such file. The stream must be read or destroyed, and ends after `bytes` even where
   *   the file grows.
   * @throws AppError `LEGACY_TIMEOUT`, `LEGACY_UNAVAILABLE`, or `LEGACY_MALFORMED` for a file that is too long, is not of
   *   the kind or is no file at all.
   */
  open(name: string, signal?: AbortSignal): Promise<{ readonly bytes: number; readonly stream: Readable } | null>;
}

export interface FileStoreSettings {
  readonly folder: string;
  /** What each file begins with: ASCII. */
  readonly magic: string;
  readonly maxBytes: number;
  /** Longest wait for one file to be opened, ms. */
  readonly deadlineMs: number;
}

/** No link is followed, and nothing is waited for that is no file: what lies in the folder comes from outside. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export function openFileStore(settings: FileStoreSettings): FileStore {
  const { deadlineMs } = settings;
  const opened = (name: string, parent?: AbortSignal) =>
    withDeadline({ deadlineMs, code: 'LEGACY_TIMEOUT', parent }, async (signal) => {
      const found = await openSound(settings, name);
      if (!signal.aborted || found === null) return found;
      // Too late: nobody is there to close it.
      await found.file.close();
      return null;
    });
  return {
    async measure(name, signal) {
      const found = await opened(name, signal);
      await found?.file.close();
      return found?.bytes ?? null;
    },
    async open(name, signal) {
      const found = await opened(name, signal);
      return found && { bytes: found.bytes, stream: found.file.createReadStream({ start: 0, end: found.bytes - 1 }) };
    },
  };
}

async function openSound(
  { folder, magic, maxBytes }: FileStoreSettings,
  name: string,
): Promise<{ readonly file: FileHandle; readonly bytes: number } | null> {
  if (name === '' || name === '.' || name === '..' || name !== basename(name) || name.includes('\0')) throw malformed();
  const file = await openFile(folder, name);
  if (file === null) return null;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > maxBytes || found.size < magic.length) throw malformed();
    const { buffer } = await file.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    if (buffer.toString('latin1') !== magic) throw malformed();
    return { file, bytes: found.size };
  } catch (error) {
    await file.close();
    throw error instanceof AppError ? error : unavailable(error);
  }
}

async function openFile(folder: string, name: string): Promise<FileHandle | null> {
  try {
    return await open(join(folder, name), FLAGS);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw malformed();
    // Without the folder, which may be a share that is not mounted, nobody knows what is in it.
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (code === 'ENOENT' && isThere) return null;
    throw unavailable(error);
  }
}

const malformed = () => new AppError('LEGACY_MALFORMED');
const unavailable = (cause: unknown) => new AppError('LEGACY_UNAVAILABLE', undefined, { cause });
