import type { Draft } from '../../lib/audit/line.js';
import { draftNote, type NotePayload } from '../../lib/audit/payload.js';

/** What happened to the log itself, until it stands in it. */
export interface Notes {
  add(note: NotePayload['note'], detail: NotePayload['detail']): void;
  peek(): readonly Draft[];
  clear(): void;
  /** Writes what there is, and keeps it where that fails. */
  writeTo(commit: (drafts: readonly Draft[]) => Promise<void>): Promise<void>;
}

/** Attempts to write again come twice a second: of many equal failures one note is enough. */
const MOST_NOTES = 20;

export function createNotes(now: () => number): Notes {
  let drafts: Draft[] = [];
  return {
    add(note, detail) {
      if (drafts.length < MOST_NOTES) drafts.push(draftNote({ at: new Date(now()).toISOString(), note, detail }));
    },
    peek: () => drafts,
    clear() {
      drafts = [];
    },
    async writeTo(commit) {
      await commit(drafts);
      drafts = [];
    },
  };
}
