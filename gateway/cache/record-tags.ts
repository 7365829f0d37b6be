import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { SchemaFacts } from './schema-facts.js';
import type { Tagger } from './tagger.js';

type Data = Readonly<Record<string, unknown>>;

/** What of the objects at one place of an answer the operation says. */
export interface RecordPlace {
  /** Object types they may be of, where they do not say it themselves. */
  readonly types: Set<string>;
  /** Field of the schema and what is below it, by response key; several fields have one key where types differ. */
  readonly fields: Map<string, { readonly names: Set<string>; readonly below: RecordPlace }>;
}

/** A field of the root type, with its arguments as the variables make them. */
export interface AskedField {
  readonly name: string;
  readonly argumentsFor: (variables: Data) => Data;
}

export interface OperationNodes {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** What a subgraph operation may answer, worked out once. */
export function readRecordPlace(
  { operation, fragments }: OperationNodes,
  facts: Pick<SchemaFacts, 'composites' | 'possibleTypes'>,
): RecordPlace {
  const place: RecordPlace = { types: new Set(), fields: new Map() };
  visitSet(operation.selectionSet, 'Query', place);
  return place;

  function visitSet(set: SelectionSetNode, type: string, into: RecordPlace): void {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) visitField(node, type, into);
      else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        const condition = fragment?.typeCondition?.name.value ?? type;
        if (condition !== 'Query') addTypes(condition, into);
        if (fragment) visitSet(fragment.selectionSet, condition, into);
      }
    }
  }

  function visitField({ alias, name, selectionSet }: FieldNode, type: string, into: RecordPlace): void {
    const key = (alias ?? name).value;
    const found = into.fields.get(key) ?? { names: new Set(), below: { types: new Set(), fields: new Map() } };
    into.fields.set(key, found);
    found.names.add(name.value);
    if (!selectionSet) return;
    const composite = facts.composites.get(`${type}.${name.value}`);
    if (composite !== undefined) addTypes(composite, found.below);
    visitSet(selectionSet, composite ?? '', found.below);
  }

  function addTypes(type: string, { types }: RecordPlace): void {
    for (const name of facts.possibleTypes.get(type) ?? (type === '' ? [] : [type])) types.add(name);
  }
}

/** The root fields of an operation; the same field may be asked for several times. */
export function readAskedFields({ operation, fragments }: OperationNodes): AskedField[] {
  const inSet = (set: SelectionSetNode): AskedField[] =>
    set.selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [toAskedField(node)];
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      return fragment ? inSet(fragment.selectionSet) : [];
    });
  return inSet(operation.selectionSet);
}

const toAskedField = ({ name, arguments: args = [] }: FieldNode): AskedField => ({
  name: name.value,
  argumentsFor: (variables) =>
    Object.fromEntries(args.map((arg) => [arg.name.value, valueFromASTUntyped(arg.value, variables)])),
});

export interface Tagging {
  readonly subgraph: string;
  readonly tagger: Tagger;
  readonly tags: Set<string>;
}

/**
 * Adds the tags of a record and of all records in it.
 *
 * @param more What is known of the record beside its answer: its representation.
 */
export function tagRecord(value: unknown, place: RecordPlace, tagging: Tagging, more: Data = {}): void {
  if (Array.isArray(value)) {
    for (const element of value) tagRecord(element, place, tagging, more);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const record: Record<string, unknown> = { ...more };
  for (const [key, { names }] of place.fields)
    if (Object.hasOwn(value, key)) for (const name of names) record[name] = (value as Data)[key];
  const typename = record['__typename'];
  const types = typeof typename === 'string' ? [typename] : place.types;
  for (const type of types)
    for (const tag of tagging.tagger.ofRecord(tagging.subgraph, type, record)) tagging.tags.add(tag);
  tagBelow(value as Data, place, tagging);
}

/** Adds the tags of the records in a value that is none itself. */
export function tagBelow(value: Data, place: RecordPlace, tagging: Tagging): void {
  for (const [key, { below }] of place.fields) if (Object.hasOwn(value, key)) tagRecord(value[key], below, tagging);
}
