import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { syncFolder } from '../../lib/audit/expire.js';

/** A file that is written at places the caller names. */
export interface DiskFile {
  /**
   * Durable once it resolves.
   *
   * @throws The error of the file system; a part may have been written.
   */
  write(bytes: Buffer, at: number): Promise<void>;
  /** Durable once it resolves. */
  truncate(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** The disk as the log needs it; tests give one that is full, slow or read-only. */
export interface Disk {
  /** Opens a file for writing and makes it where there is none; then its name is durable too. */
  open(path: string, dir: string): Promise<DiskFile>;
}

/**
 * On Linux a file opened so is written as if `fdatasync` followed each write, in one turn of the thread pool and the disk
 * instead of two. Elsewhere the flag promises less, or is not there.
 */
const THROUGH = process.platform === 'linux' ? constants.O_DSYNC : 0;

export const disk: Disk = {
  async open(path, dir) {
    // Neither truncating nor appending: what is written where is the log's own business.
    const file = await openForWriting(path);
    await syncFolder(dir);
    return {
      async write(bytes, at) {
        await writeAll(file, bytes, at);
        if (THROUGH === 0) await file.datasync();
      },
      async truncate(bytes) {
        await file.truncate(bytes);
        await file.datasync();
      },
      close: () => file.close(),
    };
  },
};

async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | THROUGH);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | THROUGH, 0o600);
  }
}

/** A disk that is getting full takes a part first and refuses the next one. */
async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
