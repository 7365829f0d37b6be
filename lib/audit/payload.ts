import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { BlindIndex } from './blind-index.js';
import type { AuditEntry, AuditRecord } from './entry.js';
import { type Draft, digestOf, toAsciiJson } from './line.js';
import { findRetention } from './retention.js';
import { openSealed, type Sealed } from './sealing.js';

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

export interface DraftTools {
  readonly blindIndex: BlindIndex;
  /** Seals for the officer of a controller. */
  readonly seal: (controller: string | null, text: string, context: string) => Sealed;
  readonly germanDate: (atMs: number) => string;
}

export function draftAccess(entry: AuditEntry, { blindIndex, seal, germanDate }: DraftTools): Draft {
  const { caller, search } = entry;
  const { fieldSets, places } = collectFieldSets(entry.records);
  const sealedPart: SealedPart = {
    subject: caller.subject,
    actingFor: caller.actingFor,
    records: entry.records.map(({ type, key }) => ({ type, key })),
    criteria: search?.criteria ?? null,
  };
  const payload: AccessPayload = {
    requestId: entry.requestId,
    at: entry.at,
    register: entry.register,
    controller: entry.controller,
    role: caller.role,
    office: caller.office,
    municipalities: [...caller.municipalities],
    purpose: entry.purpose,
    fileReference: entry.fileReference,
    occasion: entry.occasion,
    operation: entry.operation,
    outcome: entry.outcome,
    deniedFields: [...entry.deniedFields],
    isWithheld: entry.isWithheld,
    search: search && { field: search.field, hits: search.hits },
    fieldSets,
    records: entry.records.map((record, at) => ({
      index: blindIndex(entry.register, record),
      fields: places[at] ?? 0,
    })),
    sealed: seal(entry.controller, JSON.stringify(sealedPart), sealContext(entry)),
  };
  const date = germanDate(Date.parse(entry.at));
  return toDraft('access', entry.register, { deleteFrom: findRetention(entry).deleteFrom(date), payload });
}

export const draftNote = (note: NotePayload): Draft => toDraft('note', null, { deleteFrom: null, payload: note });

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
const sealContext = (facts: Pick<AuditEntry, 'requestId' | 'at' | 'register' | 'controller'>): string =>
  JSON.stringify([facts.requestId, facts.at, facts.register, facts.controller]);

function toDraft(
  kind: Draft['kind'],
  register: string | null,
  { deleteFrom, payload }: { readonly deleteFrom: string | null; readonly payload: unknown },
): Draft {
  const text = toAsciiJson(payload);
  return { kind, register, deleteFrom, digest: digestOf(text), payload: text };
}

function collectFieldSets(records: readonly AuditRecord[]): { fieldSets: string[][]; places: number[] } {
  const fieldSets: string[][] = [];
  const known = new Map<string, number>();
  const places = records.map(({ fields }) => {
    const name = fields.join('\n');
    const place = known.get(name) ?? fieldSets.length;
    if (place === fieldSets.length) fieldSets.push([...fields]);
    known.set(name, place);
    return place;
  });
  return { fieldSets, places };
}
