import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { AuditRecord } from './entry.js';
import { type Draft, digestOf, toAsciiJson } from './line.js';
import { openSealed } from './sealing.js';

const text = z.string();
const texts = z.array(z.string());

const ACCESS = z.object({
  requestId: text,
  at: text,
  purpose: text.nullable(),
  fileReference: text.nullable(),
  occasion: text.nullable(),
  operation: z.object({ kind: text, hash: text, name: text.nullable() }),
  isWithheld: z.boolean(),
  role: text,
  office: text.nullable(),
  municipalities: texts,
  outcome: z.enum(['sent', 'denied']),
  deniedFields: texts,
  /** Root field and hits of a search; its criteria are sealed. */
  search: z.object({ field: text, hits: z.number() }).nullable(),
  /** Sets of coordinates that the records refer to by place: those of one list are mostly equal. */
  fieldSets: z.array(texts),
  /** In the order of the sealed records. */
  records: z.array(z.object({ index: text, fields: z.number() })),
});

/** The payload of a line of kind `access`: what may be read without the officer's key, and what may not. */
const LINE = z.object({
  register: text,
  controller: text.nullable(),
  accesses: z.array(ACCESS),
  /** Never twice the same, so the digest that stays after deletion tells nothing about what was deleted. */
  sealed: z.object({ recipient: text, sender: text, nonce: text, data: text }),
});

/** One access without its people. */
export type OpenAccess = Readonly<z.output<typeof ACCESS>>;

/** Accesses to one register of one controller. */
export interface AccessLine extends Readonly<z.output<typeof LINE>> {
  /** The payload's text up to what is sealed, which opens beside exactly this. */
  readonly facts: string;
}

/** What only the officer of the controller reads of one access. */
export interface SealedPart {
  readonly subject: string;
  readonly actingFor: string | null;
  readonly records: readonly Pick<AuditRecord, 'type' | 'key'>[];
  readonly criteria: Readonly<Record<string, unknown>> | null;
}

/** The payload of a line of kind `note`; without personal data. */
export interface NotePayload {
  readonly at: string;
  readonly note: 'opened' | 'repaired' | 'interrupted' | 'restored';
  readonly detail: Readonly<Record<string, unknown>>;
}

export function draftNote(note: NotePayload): Draft {
  const payload = toAsciiJson(note);
  return { kind: 'note', register: null, deleteFrom: null, digest: digestOf(payload), payload };
}

/** @returns `null` where the text is no payload of accesses. */
export function readAccessLine(payload: string): AccessLine | null {
  try {
    const { data } = LINE.safeParse(JSON.parse(payload));
    // Nothing in what is sealed looks like its beginning.
    return data ? { ...data, facts: payload.slice(0, payload.lastIndexOf(',"sealed":{')) } : null;
  } catch {
    return null;
  }
}

/**
 * @returns One part for each access, in their order; `null` where the key is not the one it was sealed for, or anything
 *   in the payload was changed.
 */
export function openAccessLine({ accesses, sealed, facts }: AccessLine, officerKey: KeyObject): SealedPart[] | null {
  const text = openSealed(sealed, facts, officerKey);
  const parts = text === null ? null : (JSON.parse(text) as SealedPart[]);
  return parts?.length === accesses.length ? parts : null;
}
