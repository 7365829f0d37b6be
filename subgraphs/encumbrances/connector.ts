import { join } from 'node:path';
import { FixedWidthError } from '../../lib/connect/columns.js';
import { type FileStore, openFileStore } from '../../lib/connect/file-store.js';
import { loadFixedWidth } from '../../lib/connect/fixed-width.js';
import { followFile, toReason } from '../../lib/connect/follow-file.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { createPause } from '../../lib/turns.js';
import { type EncumbranceIndex, indexEncumbrances } from './encumbrance-index.js';
import { CHARSET_PROBE, EXPORT_VERSION, exportFormat } from './record.js';

/** The index export and the folder of scans, in the system's folder. */
export const EXPORT_FILE = 'baulasten.dat';
export const SHEET_FOLDER = 'blaetter';

export interface ArchiveSettings {
  readonly folder: string;
  /** Longest wait for one scan, ms. */
  readonly deadlineMs: number;
  readonly maxSheetBytes: number;
}

/** The register of building encumbrances: its index as the last good export shows it, and its scans. */
export interface EncumbranceConnector extends Closable {
  /**
   * The export in force. Take it once per request, so that one request reads one export.
   *
   * @throws AppError `LEGACY_UNAVAILABLE` while there has been no good export.
   */
  current(): EncumbranceIndex;
  readonly sheets: FileStore;
}

/**
 * Reads the export and follows it: a newer one takes its place at once and as a whole; one that is broken or not newer
 * is refused with one log line, and the last good one stays.
 *
 * @returns When the first file has been read or refused.
 */
export async function connectArchive(settings: ArchiveSettings, log: Log): Promise<EncumbranceConnector> {
  const path = join(settings.folder, EXPORT_FILE);
  const closed = new AbortController();
  let index: EncumbranceIndex | null = null;
  const following = await followFile(path, closed.signal, async () => {
    try {
      index = await readExport(path, index, closed.signal);
      const { sequence, createdAt, count } = index;
      log.info({ sequence, createdAt, entries: count }, 'encumbrance export taken over');
    } catch (error) {
      if (closed.signal.aborted) return;
      const inForce = index?.sequence ?? null;
      log.error({ reason: toReason(error), inForce }, 'encumbrance export refused, the one in force stays');
    }
  });
  return {
    current() {
      if (index === null) throw new AppError('LEGACY_UNAVAILABLE');
      return index;
    },
    sheets: openFileStore({
      folder: join(settings.folder, SHEET_FOLDER),
      magic: '%PDF-',
      maxBytes: settings.maxSheetBytes,
      deadlineMs: settings.deadlineMs,
    }),
    async close() {
      closed.abort();
      await following.ended;
    },
  };
}

/** @throws FixedWidthError, what the file system says, or the reason of `signal` when that ends. */
async function readExport(
  path: string,
  inForce: EncumbranceIndex | null,
  signal: AbortSignal,
): Promise<EncumbranceIndex> {
  const file = await loadFixedWidth(path, exportFormat, (head) => {
    if (head.version !== EXPORT_VERSION) throw new FixedWidthError('the version of the format is unknown', 1, 37);
    if (head.probe !== CHARSET_PROBE) throw new FixedWidthError('the characters are not ISO-8859-15', 1, 48);
    if (inForce !== null && head.sequence <= inForce.sequence)
      throw new FixedWidthError(`export ${head.sequence} is not newer than ${inForce.sequence}`, 1, 41);
  });
  const pause = createPause();
  return indexEncumbrances(file, () => {
    signal.throwIfAborted();
    return pause();
  });
}
