import { type DocumentNode, type FieldNode, Kind, type TypeNode } from 'graphql';
import { argumentsOf, nameOf } from '../supergraph.js';

/** What the supergraph says of objects: how they are told apart, and what type a field has. */
export interface EntityKeys {
  /** Field names of each key without nested fields, by type. */
  readonly keys: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Type of the elements of a list field, by coordinate. */
  readonly elementTypes: ReadonlyMap<string, string>;
}

/** For each response key of an entity's list of objects: the response keys that together tell its elements apart. */
export type ListKeys = ReadonlyMap<string, readonly (readonly string[])[]>;

export function createEntityKeys(document: DocumentNode): EntityKeys {
  const joinType = nameOf(document, { url: 'https://specs.apollo.dev/join/', directive: 'type' });
  const keys = new Map<string, string[][]>();
  const elementTypes = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const type = definition.name.value;
    const sets = (definition.directives ?? [])
      .filter(({ name }) => name.value === joinType)
      .map((directive) => argumentsOf(directive).key)
      .filter((key) => typeof key === 'string' && !key.includes('{'));
    keys.set(
      type,
      [...new Set(sets as string[])].map((key) => key.trim().split(/[\s,]+/)),
    );
    for (const field of definition.fields ?? []) {
      const elementType = elementTypeOf(field.type);
      if (elementType !== null) elementTypes.set(`${type}.${field.name.value}`, elementType);
    }
  }
  return { keys, elementTypes };
}

/** @returns Only keys whose fields are all selected: without them two elements cannot be known to be one. */
export function readListKeys({ keys, elementTypes }: EntityKeys, type: string, fields: readonly FieldNode[]): ListKeys {
  const found = new Map<string, readonly (readonly string[])[]>();
  for (const field of fields) {
    const elementKeys = keys.get(elementTypes.get(`${type}.${field.name.value}`) ?? '');
    if (!elementKeys) continue;
    const selected = elementKeys.map((key) => key.map((name) => findSelected(field, name)));
    found.set(
      (field.alias ?? field.name).value,
      selected.filter((key): key is string[] => !key.includes(null)),
    );
  }
  return found;
}

function findSelected(field: FieldNode, name: string): string | null {
  const found = field.selectionSet?.selections.find(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === name && !selection.arguments?.length,
  );
  return found?.kind === Kind.FIELD ? (found.alias ?? found.name).value : null;
}

function elementTypeOf(type: TypeNode): string | null {
  if (type.kind === Kind.NON_NULL_TYPE) return elementTypeOf(type.type);
  if (type.kind !== Kind.LIST_TYPE) return null;
  const element = type.type.kind === Kind.NON_NULL_TYPE ? type.type.type : type.type;
  return element.kind === Kind.NAMED_TYPE ? element.name.value : null;
}
