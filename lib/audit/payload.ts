import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry, AuditRecord } from './entry.js';
import { type Draft, digestOf, toAsciiJson } from './line.js';
import { openSealed } from './sealing.js';

const text = z.string();
const texts = z.array(z.string());

/** The payload of a line of kind `access`: what may be read without the officer's key, and what may not. */
const ACCESS = z.object({
  requestId: text,
  at: text,
  register: text,
  controller: text.nullable(),
  role: text,
  office: text.nullable(),
  municipalities: texts,
  purpose: text.nullable(),
  fileReference: text.nullable(),
  occasion: text.nullable(),
  operation: z.object({ kind: text, hash: text, name: text.nullable() }),
  outcome: z.enum(['sent', 'denied']),
  deniedFields: texts,
  isWithheld: z.boolean(),
  /** Root field and hits of a search; its criteria are sealed. */
  search: z.object({ field: text, hits: z.number() }).nullable(),
  /** Sets of coordinates that the records refer to by place: those of one list are mostly equal. */
  fieldSets: z.array(texts),
  /** In the order of the sealed records. */
  records: z.array(z.object({ index: text, fields: z.number() })),
  /** Never twice the same, so the digest that stays after deletion tells nothing about what was deleted. */
  sealed: z.object({ recipient: text, sender: text, nonce: text, data: text }),
});

export type AccessPayload = Readonly<z.output<typeof ACCESS>>;

/** What only the officer of the controller reads. */
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

/** @returns `null` where the text is no payload of an access. */
export function readAccess(text: string): AccessPayload | null {
  try {
    return ACCESS.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** @returns `null` where the key is not the one it was sealed for, or the payload was changed. */
export function openAccess(payload: AccessPayload, officerKey: KeyObject): SealedPart | null {
  const text = openSealed(payload.sealed, sealContext(payload), officerKey);
  return text === null ? null : (JSON.parse(text) as SealedPart);
}

/** A sealed part opens beside the facts it was written with alone. */
export const sealContext = (facts: Pick<AuditEntry, 'requestId' | 'at' | 'register' | 'controller'>): string =>
  `[${textOf(facts.requestId)},${textOf(facts.at)},${textOf(facts.register)},${textOf(facts.controller)}]`;

const textOf = (value: string | null): string => (value === null ? 'null' : toAsciiJson(value));
