import {
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  getArgumentValues,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { Disclosed, DisclosedRecord, DisclosedSearch } from '../disclosed.js';
import type { Conditions } from '../plan/plan.js';
import type { Registers } from '../registers.js';
import { createScope, type Place, type Scope, type ScopeParts } from './disclosure-scope.js';
import { type Document, selectFields } from './select-fields.js';
import type { ObjectShape } from './shaping.js';
import { type Data, isObject } from './types.js';

/** Reads from finished data what an answer discloses. Compiled once for each operation and combination of conditions. */
export type DisclosureProgram = (answered: Answered) => Disclosed;

export interface Answered {
  /** The joined data that the answer was written from. */
  readonly root: Data;
  /**
   * The answer as the client gets it, where it is not simply the joined data: there nulls have spread, or places were
   * denied. `undefined`: every value of the data was sent.
   */
  readonly sent: Data | null | undefined;
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface DisclosureParts extends Pick<ScopeParts, 'registers' | 'nameOf'> {
  readonly shape: ObjectShape;
  /** Name of the root type. */
  readonly root: string;
  /** The root fields by response name; in the order of the answer. */
  readonly rootFields: ReadonlyMap<string, RootField>;
  readonly isMutation: boolean;
}

export interface RootField {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Whether it answers with a list or a page of one. */
  readonly isList: boolean;
}

export function readRootFields(
  document: Document,
  { operation, selectionSet }: OperationDefinitionNode,
  conditions: Conditions,
): ReadonlyMap<string, RootField> {
  const root = document.schema.getRootType(operation);
  const found = new Map<string, RootField>();
  if (!root) return found;
  for (const [key, [node]] of selectFields(document, root, [selectionSet], conditions)) {
    const definition = node && root.getFields()[node.name.value];
    if (definition) found.set(key, { node, definition, isList: isList(definition.type) });
  }
  return found;
}

/** A list, or a page of one. */
function isList(type: GraphQLOutputType): boolean {
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (isListType(nullable)) return true;
  const named = getNamedType(nullable);
  return isObjectType(named) && named.getFields()['edges'] !== undefined;
}

export function compileDisclosure(parts: DisclosureParts): DisclosureProgram {
  const roots = parts.shape.fields.flatMap((field) => {
    const asked = parts.rootFields.get(field.key);
    if (!asked || field.source === null) return [];
    const { registers, nameOf } = parts;
    const scope = createScope({ type: parts.root, registers, isEntity: false, nameOf });
    return [{ key: field.key, asked, scope, place: scope.placeOf({ ...parts.shape, fields: [field] }) }];
  });
  return ({ root, sent, variables }) => {
    const disclosed: DisclosedRecord[] = [];
    const searches: DisclosedSearch[] = [];
    if (sent === null) return missed(parts, roots, variables);
    const walk = createWalk(parts.registers, disclosed);
    for (const { asked, scope, place } of roots) {
      const criteria = getArgumentValues(asked.definition, asked.node, variables);
      const from = disclosed.length;
      walk.start(scope);
      const hits = walk.visit(root, place, scope, sent);
      walk.end(scope, municipalityOf(criteria));
      if (disclosed.length === from) disclosed.push(...changed(parts, asked, criteria));
      const search = searchOf(parts, asked, { criteria, hits, found: disclosed.slice(from) });
      if (search) searches.push(search);
    }
    return { disclosed: merge(disclosed), searches };
  };
}

/** AGS under which a root field was asked. */
function municipalityOf(criteria: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { ags, input } = criteria;
  const named = ags ?? (isObject(input) ? input['ags'] : undefined);
  return typeof named === 'string' ? { ags: named } : {};
}

interface Outcome {
  readonly criteria: Readonly<Record<string, unknown>>;
  readonly hits: number;
  readonly found: readonly DisclosedRecord[];
}

/** A record found by its own key alone says by itself how it was asked for. */
function searchOf(
  { registers, root, isMutation }: DisclosureParts,
  { definition, isList }: RootField,
  { criteria, hits, found }: Outcome,
): DisclosedSearch | null {
  const register = registers.registers.get(`${root}.${definition.name}`);
  if (isMutation || register === undefined) return null;
  const isKey = found.some(({ key }) => Object.entries(criteria).every(([name, value]) => key[name] === value));
  if (!isList && (definition.args.length === 0 || isKey)) return null;
  return { register, field: definition.name, criteria, hits };
}

/** A change that was asked for is an access too, though nothing is told of what has become of it. */
function changed(
  { registers, root, isMutation }: DisclosureParts,
  { definition }: RootField,
  criteria: Outcome['criteria'],
): readonly DisclosedRecord[] {
  const register = registers.registers.get(`${root}.${definition.name}`);
  if (!isMutation || register === undefined) return [];
  return [{ register, type: root, key: municipalityOf(criteria), fields: [] }];
}

/** The whole answer is null: nothing was sent, but what was searched for and asked to be changed stays true. */
function missed(
  parts: DisclosureParts,
  roots: readonly { readonly asked: RootField }[],
  variables: Answered['variables'],
): Disclosed {
  const asked = roots.map(({ asked: field }) => ({
    field,
    criteria: getArgumentValues(field.definition, field.node, variables),
  }));
  return {
    disclosed: merge(asked.flatMap(({ field, criteria }) => changed(parts, field, criteria))),
    searches: asked.flatMap(({ field, criteria }) => searchOf(parts, field, { criteria, hits: 0, found: [] }) ?? []),
  };
}

interface Walk {
  start(scope: Scope): void;
  /** @returns How many records were met that belong to no other. */
  visit(object: Data, place: Place, scope: Scope, sent: Data | undefined): number;
  end(scope: Scope, key: Readonly<Record<string, string>>): void;
}

function createWalk({ keys }: Registers, disclosed: DisclosedRecord[]): Walk {
  const start = (scope: Scope): void => void scope.marks.fill(0);
  const end = (scope: Scope, key: Readonly<Record<string, string>>): void => {
    for (const { register, fields } of scope.sent()) disclosed.push({ register, type: scope.type, key, fields });
  };
  const visit = (object: Data, place: Place, scope: Scope, sent: Data | undefined): number => {
    let records = 0;
    const { marks } = scope;
    for (const field of place.fields) {
      const value = field.read(object);
      if (value === null || value === undefined) continue;
      const told = sent === undefined ? undefined : sent[field.key];
      if (told === null) continue;
      if (field.mask !== 0) marks[field.word] = (marks[field.word] ?? 0) | field.mask;
      if (field.inside) records += visitValue(value, field, scope, told);
    }
    return records;
  };
  const visitValue = (value: unknown, field: Place['fields'][number], scope: Scope, told: unknown): number => {
    if (!isObject(value) || told === null) return 0;
    if (Array.isArray(value)) {
      let records = 0;
      for (let index = 0; index < value.length; index++)
        records += visitValue(value[index], field, scope, told === undefined ? told : (told as unknown[])[index]);
      return records;
    }
    const shape = field.inside?.shapeOf(value);
    if (!shape) return 0;
    if (!keys.has(shape.type)) return visit(value, scope.placeOf(shape), scope, told as Data | undefined);
    const own = scope.recordOf(shape);
    start(own);
    visit(value, own.placeOf(shape), own, told as Data | undefined);
    end(own, own.keyOf(value));
    return 1;
  };
  return { start, visit, end };
}

/** A record that stands in several places of the answer is one record, sent with the fields of all of them. */
function merge(records: readonly DisclosedRecord[]): readonly DisclosedRecord[] {
  if (records.length < 2) return records;
  const merged = new Map<string, DisclosedRecord>();
  for (const record of records) {
    const id = idOf(record);
    const known = merged.get(id);
    if (!known) merged.set(id, record);
    else if (known.fields !== record.fields)
      merged.set(id, { ...record, fields: [...new Set([...known.fields, ...record.fields])].sort() });
  }
  return merged.size === records.length ? records : [...merged.values()];
}

function idOf({ register, type, key }: DisclosedRecord): string {
  let id = `${register}\u0000${type}`;
  for (const name in key) id += `\u0000${key[name]}`;
  return id;
}
