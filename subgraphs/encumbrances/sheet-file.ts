import type { Log } from '../../lib/log.js';
import type { LinkedFile, Refusal } from '../../lib/subgraph/linked-files.js';
import type { EncumbranceSource } from './loaders.js';

/** What a sheet is opened with. */
export interface SheetSource extends EncumbranceSource {
  /** Whether this instance serves the municipality now. */
  readonly serves: (ags: string) => boolean;
  readonly log: Log;
}

/**
 * The sheet a link leads to. The register is asked again: what it no longer names, or what is another instance's now, is
 * gone. The log line leads over the request id to the entry of the audit log that names who was given the link.
 *
 * @throws AppError `LEGACY_TIMEOUT`, `LEGACY_UNAVAILABLE`, `LEGACY_MALFORMED`.
 */
export async function openSheet(source: SheetSource, link: string): Promise<LinkedFile | Refusal> {
  const permit = source.links.read(link);
  if (permit === null) return 404;
  if (permit === 'expired') return 410;
  const { ags, file, requestId } = permit;
  if (!source.serves(ags) || !source.current().hasSheet(ags, file)) return 404;
  const found = await source.sheets.open(file);
  if (found === null) return 404;
  source.log.info({ requestId, ags, bytes: found.bytes }, 'encumbrance sheet sent');
  return { name: file, mediaType: 'application/pdf', ...found };
}
