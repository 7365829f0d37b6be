import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FixedWidthError } from '../../lib/connect/columns.js';
import { loadFixedWidth } from '../../lib/connect/fixed-width.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { createPause } from '../../lib/turns.js';
import { CHARSET_PROBE, EXPORT_VERSION, exportFormat } from './record.js';
import { indexVehicles, type VehicleIndex } from './vehicle-index.js';

/** Name of the nightly export in its folder. */
export const EXPORT_FILE = 'fahrzeuge.dat';

/** Between two looks at the file. A file is read when two looks have seen it alike: nobody is writing it any more. */
const LOOK_EVERY_MS = 100;

/** The vehicle register as its last good export shows it. */
export interface VehicleConnector extends Closable {
  /**
   * The export in force. Take it once per request, so that one request reads one export.
   *
   * @throws AppError `LEGACY_UNAVAILABLE` while there has been no good export.
   */
  current(): VehicleIndex;
}

/**
 * Reads the export and follows it: a newer one takes its place at once and as a whole; one that is broken or not newer
 * is refused with one log line, and the last good one stays.
 *
 * @returns When the first file has been read or refused.
 */
export async function connectVehicleExport({ folder, log }: { folder: string; log: Log }): Promise<VehicleConnector> {
  const path = join(folder, EXPORT_FILE);
  const closed = new AbortController();
  let index: VehicleIndex | null = null;
  const takeOver = async () => {
    try {
      index = await readExport(path, index, closed.signal);
      const { sequence, createdAt, count, wrongCheckDigits } = index;
      log.info({ sequence, createdAt, vehicles: count, wrongCheckDigits }, 'vehicle export taken over');
    } catch (error) {
      if (closed.signal.aborted) return;
      log.error(
        { reason: toReason(error), inForce: index?.sequence ?? null },
        'vehicle export refused, the one in force stays',
      );
    }
  };
  const seen = await readVersion(path);
  await takeOver();
  const following = follow({ path, seen, signal: closed.signal }, takeOver);
  return {
    current() {
      if (index === null) throw new AppError('LEGACY_UNAVAILABLE');
      return index;
    },
    async close() {
      closed.abort();
      await following;
    },
  };
}

/** @throws FixedWidthError, what the file system says, or the reason of `signal` when that ends. */
async function readExport(path: string, inForce: VehicleIndex | null, signal: AbortSignal): Promise<VehicleIndex> {
  const file = await loadFixedWidth(path, exportFormat, (head) => {
    if (head.version !== EXPORT_VERSION) throw new FixedWidthError('the version of the format is unknown', 1, 37);
    if (head.probe !== CHARSET_PROBE) throw new FixedWidthError('the characters are not ISO-8859-15', 1, 48);
    if (inForce !== null && head.sequence <= inForce.sequence)
      throw new FixedWidthError(`export ${head.sequence} is not newer than ${inForce.sequence}`, 1, 41);
  });
  const pause = createPause();
  return indexVehicles(file, () => {
    signal.throwIfAborted();
    return pause();
  });
}

async function follow(
  { path, seen, signal }: { path: string; seen: string; signal: AbortSignal },
  takeOver: () => Promise<void>,
): Promise<void> {
  let taken = seen;
  let last = seen;
  while (!signal.aborted) {
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    const version = await readVersion(path);
    if (version === last && version !== taken && !signal.aborted) {
      taken = version;
      await takeOver();
    }
    last = version;
  }
}

/** What changes when the file is replaced, written or removed. */
async function readVersion(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    return toReason(error);
  }
}

/** Our own message, or the system's code: its messages hold paths. */
const toReason = (error: unknown): string =>
  error instanceof FixedWidthError ? error.message : ((error as NodeJS.ErrnoException).code ?? String(error));
