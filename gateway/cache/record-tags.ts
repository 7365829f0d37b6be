import { municipalityTag } from '../../lib/cache-tags.js';
import { type RecordPlace, toArguments } from './record-place.js';
import { municipalitiesIn, type Tagger } from './tagger.js';

type Data = Readonly<Record<string, unknown>>;

export interface Tagging {
  readonly subgraph: string;
  readonly tagger: Tagger;
  /** Of the operation: arguments may name municipalities. */
  readonly variables: Data;
  readonly tags: Set<string>;
}

/**
 * Adds the tags of a record and of all records in it; of nothing those of what might be there.
 *
 * @param more What is known of the record beside its answer: its representation.
 * @returns The record by names of the schema; `null` where it is none, or which type's names they are is not known.
 */
export function tagRecord(value: unknown, place: RecordPlace, tagging: Tagging, more: Data = {}): Data | null {
  if (Array.isArray(value) && value.length > 0) {
    for (const element of value) tagRecord(element, place, tagging, more);
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    tagNothing(place, tagging);
    return null;
  }
  tagArguments(place, tagging);
  const members = tagMembers(value as Data, place, tagging);
  const typename = typenameOf(members, place) ?? more['__typename'];
  const types = typeof typename === 'string' ? [typename] : [...place.types];
  const records = types.map((type) => {
    const record = { ...more, ...namedFor(type, members, place) };
    addAll(tagging, tagging.tagger.ofRecord(tagging.subgraph, type, record));
    return record;
  });
  return records.length === 1 ? (records[0] ?? null) : null;
}

/** Adds the tags of the records in a value that is none itself. */
export function tagBelow(value: Data, place: RecordPlace, tagging: Tagging): void {
  tagMembers(value, place, tagging);
}

/** @returns What the answer holds, by response key, objects by names of the schema. */
function tagMembers(value: Data, place: RecordPlace, tagging: Tagging): ReadonlyMap<string, unknown> {
  const members = new Map<string, unknown>();
  for (const [key, { below }] of place.fields) {
    if (!Object.hasOwn(value, key)) continue;
    const isLeaf = below.fields.size === 0;
    members.set(key, isLeaf ? value[key] : tagRecord(value[key], below, tagging));
  }
  return members;
}

/** Nobody knows which record it was, or will be. What is below a record is not there without it. */
function tagNothing(place: RecordPlace, tagging: Tagging): void {
  tagArguments(place, tagging);
  for (const type of place.types) addAll(tagging, tagging.tagger.ofRecord(tagging.subgraph, type, {}));
  if ([...place.types].some(tagging.tagger.isEntity)) return;
  for (const { below } of place.fields.values()) if (below.fields.size > 0) tagNothing(below, tagging);
}

function tagArguments({ args }: RecordPlace, tagging: Tagging): void {
  if (args.length === 0) return;
  for (const arg of args) addAll(tagging, municipalitiesIn(toArguments([arg], tagging.variables)).map(municipalityTag));
}

function typenameOf(members: ReadonlyMap<string, unknown>, { fields }: RecordPlace): unknown {
  for (const [key, value] of members) {
    const names = fields.get(key)?.names;
    if (names?.size === 1 && names.has('__typename')) return value;
  }
  return undefined;
}

/** A response key means another field where it was asked of another type. What is null is not known. */
function namedFor(type: string, members: ReadonlyMap<string, unknown>, { fields, families }: RecordPlace): Data {
  const named: Record<string, unknown> = {};
  for (const [key, value] of members) {
    if (value === null || value === undefined) continue;
    for (const [name, asked] of fields.get(key)?.names ?? [])
      if ([...asked].some((of) => families.isSurely(type, of))) named[name] = value;
  }
  return named;
}

function addAll({ tags }: Tagging, more: readonly string[]): void {
  for (const tag of more) tags.add(tag);
}
