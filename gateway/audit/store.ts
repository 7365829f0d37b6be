import type { KeyObject } from 'node:crypto';
import type { Access, AccessQuestion } from '../../lib/audit/accesses.js';
import { draftCommit } from '../../lib/audit/draft.js';
import type { AuditEntry, AuditSink } from '../../lib/audit/entry.js';
import type { Draft } from '../../lib/audit/line.js';
import { findOfficerKey, type OfficerKeys } from '../../lib/audit/officer-keys.js';
import { createPieceWriter, type Piece, type PieceTools } from '../../lib/audit/piece.js';
import { createSealer, type Sealer } from '../../lib/audit/sealing.js';
import type { Head } from '../../lib/audit/signing.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { CommitEvent } from './group-commit.js';
import type { AuditKeys } from './keys.js';
import type { Notes } from './notes.js';
import type { End } from './segment-writer.js';

/** Where entries go, and where people find those about themselves. */
export interface AuditStore extends AuditSink {
  /** @see readAccesses of lib/audit/accesses.ts */
  readAccesses(question: AccessQuestion): Promise<Access[]>;
}

/** What the gateway does without a log: on loopback alone. */
export const NO_AUDIT: AuditStore = {
  append: async () => undefined,
  isWritable: () => true,
  readAccesses: async () => [],
  close: async () => undefined,
};

/** What one commit writes: accesses, and what happened to the log itself. */
export type CommitItem = Piece | Draft;

/** @returns Makes of what came together the lines of one commit. */
export const draftThen =
  (commit: (drafts: readonly Draft[], signal: AbortSignal) => Promise<void>) =>
  async (items: readonly CommitItem[], signal: AbortSignal): Promise<void> =>
    commit(draftCommit(items), signal);

/** @returns A function that throws AppError `AUDIT_UNAVAILABLE` for an entry that no officer could read. */
export const writePieces = (
  { blindIndex, officers }: AuditKeys,
  germanDate: (atMs: number) => string,
): ((entry: AuditEntry) => Piece) => createPieceWriter({ blindIndex, germanDate, sealerOf: createSealers(officers) });

/** One sealer for each entry of the officers' keys. */
function createSealers(officers: OfficerKeys): PieceTools['sealerOf'] {
  const sealers = new Map<KeyObject, Sealer>();
  return (controller) => {
    const key = findOfficerKey(officers, controller);
    // What nobody could read afterwards must not be sent.
    if (key === null) throw new AppError('AUDIT_UNAVAILABLE');
    const sealer = sealers.get(key) ?? createSealer(key);
    sealers.set(key, sealer);
    return sealer;
  };
}

/** Never what was to be written: the class of the failure is enough for an operator. */
export const tellCommits =
  (log: Log) =>
  (event: CommitEvent): void => {
    if (event.type === 'recovered') log.warn({ afterMs: event.afterMs }, 'audit log: writable again');
    else
      log.error(
        { code: (event.error as NodeJS.ErrnoException).code ?? 'late', refused: event.refused },
        'audit log: not writable, so no personal data is sent',
      );
  };

/**
 * A log that is behind the head an earlier process left was cut off, or is an older copy: what follows must say so, for
 * the head will be written over.
 */
export function noteRestored(
  notes: Notes,
  { end, head, log }: { readonly end: End; readonly head: Head | null; readonly log: Log },
): void {
  const isBehind = head !== null && head.sequence > end.sequence;
  const isOther = head !== null && head.sequence === end.sequence && head.hash !== end.hash;
  if (!isBehind && !isOther) return;
  notes.add('restored', { head, lastSequence: end.sequence });
  log.error({ head: head.sequence, last: end.sequence }, 'audit log: it is older than its head, or another one');
}
