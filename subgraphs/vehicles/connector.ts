import { join } from 'node:path';
import { FixedWidthError } from '../../lib/connect/columns.js';
import { loadFixedWidth } from '../../lib/connect/fixed-width.js';
import { followFile, toReason } from '../../lib/connect/follow-file.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { createPause } from '../../lib/turns.js';
import { CHARSET_PROBE, EXPORT_VERSION, exportFormat, type Vehicle } from './record.js';
import { indexVehicles, type VehicleIndex } from './vehicle-index.js';

/** Name of the nightly export in its folder. */
export const EXPORT_FILE = 'fahrzeuge.dat';

/** The vehicle register as its last good export shows it. */
export interface VehicleConnector extends Closable {
  /**
   * The export in force. Take it once per request, so that one request reads one export.
   *
   * @throws AppError `LEGACY_UNAVAILABLE` while there has been no good export.
   */
  current(): VehicleIndex;
}

export interface VehicleExportParts {
  readonly folder: string;
  /**
   * A newer export has taken the place of another one.
   *
   * @param vehicles Those that differ, as they were and as they are now; `null` where nobody knows, or there are too many.
   */
  readonly onChange: ((vehicles: readonly Vehicle[] | null) => void) | null;
  readonly log: Log;
}

/** More records that differ are not told one by one: it would take longer than to ask for all of them anew. */
const MOST_CHANGES = 5000;

/**
 * Reads the export and follows it: a newer one takes its place at once and as a whole; one that is broken or not newer
 * is refused with one log line, and the last good one stays.
 *
 * @returns When the first file has been read or refused.
 */
export async function connectVehicleExport({ folder, onChange, log }: VehicleExportParts): Promise<VehicleConnector> {
  const path = join(folder, EXPORT_FILE);
  const closed = new AbortController();
  let index: VehicleIndex | null = null;
  const takeOver = async () => {
    try {
      const before: VehicleIndex | null = index;
      const pause = createPauseUntil(closed.signal);
      index = await readExport(path, before, pause);
      const { sequence, createdAt, count, wrongCheckDigits } = index;
      log.info({ sequence, createdAt, vehicles: count, wrongCheckDigits }, 'vehicle export taken over');
      const bounds = { most: MOST_CHANGES, pause };
      // Where nobody is told, nobody compares.
      if (onChange) onChange(before && (await index.changesSince(before, bounds).catch(() => null)));
    } catch (error) {
      if (closed.signal.aborted) return;
      log.error(
        { reason: toReason(error), inForce: index?.sequence ?? null },
        'vehicle export refused, the one in force stays',
      );
    }
  };
  const following = await followFile(path, closed.signal, takeOver);
  return {
    current() {
      if (index === null) throw new AppError('LEGACY_UNAVAILABLE');
      return index;
    },
    async close() {
      closed.abort();
      await following.ended;
    },
  };
}

/** @throws FixedWidthError, what the file system says, or what `pause` throws. */
async function readExport(
  path: string,
  inForce: VehicleIndex | null,
  pause: () => Promise<void>,
): Promise<VehicleIndex> {
  const file = await loadFixedWidth(path, exportFormat, (head) => {
    if (head.version !== EXPORT_VERSION) throw new FixedWidthError('the version of the format is unknown', 1, 37);
    if (head.probe !== CHARSET_PROBE) throw new FixedWidthError('the characters are not ISO-8859-15', 1, 48);
    if (inForce !== null && head.sequence <= inForce.sequence)
      throw new FixedWidthError(`export ${head.sequence} is not newer than ${inForce.sequence}`, 1, 41);
  });
  return indexVehicles(file, pause);
}

/** @returns A pause that throws the reason of `signal` when that has ended. */
function createPauseUntil(signal: AbortSignal): () => Promise<void> {
  const pause = createPause();
  return () => {
    signal.throwIfAborted();
    return pause();
  };
}
