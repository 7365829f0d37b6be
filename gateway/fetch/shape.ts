import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { remember } from '../remember.js';
import type { Supergraph } from '../supergraph.js';
import { createEntityKeys, type EntityKeys, type ListKeys, readListKeys } from './entity-keys.js';

/** What routing needs to know of an operation for a subgraph; worked out once for each text that is remembered. */
export type Shape = EntitiesShape | RootShape;

export interface EntitiesShape {
  readonly kind: 'entities';
  /** Whether all fields asked for are public, so that any instance may answer. */
  readonly isPublic: boolean;
  /** How list elements are told apart, by type of the entity. */
  readonly listKeys: ReadonlyMap<string, ListKeys>;
}

export interface RootShape {
  readonly kind: 'root';
  readonly fields: readonly RootField[];
  /** With fragments at the root written out, so that it can be split. */
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

export interface RootField {
  /** Key of the field in the answer. */
  readonly key: string;
  readonly isPublic: boolean;
  /** @returns The AGS named by the argument `ags` or `input.ags`; anything else where it names none. */
  readonly readAgs: (variables: Readonly<Record<string, unknown>>) => unknown;
}

export type ReadShape = (operation: string) => Shape;

export function createShapes(supergraph: Supergraph): ReadShape {
  const keys = createEntityKeys(supergraph.document);
  return remember((text) => readShape(text, supergraph.publicFields, keys));
}

function readShape(text: string, publicFields: ReadonlySet<string>, keys: EntityKeys): Shape {
  const { definitions } = parse(text, { noLocation: true });
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new TypeError('A plan holds a document without an operation.');
  const fragments = new Map(
    definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  );
  const selectionSet = writeOut(operation.selectionSet, fragments);
  const fields = fieldsOf(selectionSet);
  const [first] = fields;
  if (fields.length === 1 && first?.name.value === '_entities' && first.selectionSet)
    return readEntities(writeOut(first.selectionSet, fragments), publicFields, keys);
  const isPublic = ({ name }: FieldNode) =>
    operation.operation === 'query' && (name.value === '__typename' || publicFields.has(`Query.${name.value}`));
  return {
    kind: 'root',
    fields: fields.map((field) => ({
      key: responseKey(field),
      isPublic: isPublic(field),
      readAgs: createAgsReader(field, operation),
    })),
    operation: { ...operation, selectionSet },
    fragments,
  };
}

function readEntities(
  selectionSet: SelectionSetNode,
  publicFields: ReadonlySet<string>,
  keys: EntityKeys,
): EntitiesShape {
  const byType = new Map<string, FieldNode[]>();
  for (const selection of selectionSet.selections) {
    if (selection.kind !== Kind.INLINE_FRAGMENT) continue;
    const type = selection.typeCondition?.name.value ?? '';
    byType.set(type, [...(byType.get(type) ?? []), ...fieldsOf(selection.selectionSet)]);
  }
  const isPublic = [...byType].every(([type, fields]) =>
    fields.every(({ name }) => name.value === '__typename' || publicFields.has(`${type}.${name.value}`)),
  );
  const listKeys = new Map([...byType].map(([type, fields]) => [type, readListKeys(keys, type, fields)]));
  return { kind: 'entities', isPublic, listKeys };
}

export const responseKey = (field: FieldNode): string => (field.alias ?? field.name).value;

/** Replaces named fragments by inline ones, down to the fields; a plan's document has no cycles. */
function writeOut(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): SelectionSetNode {
  const selections = set.selections.map((selection): SelectionNode => {
    if (selection.kind === Kind.FIELD) return selection;
    const source = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (!source) throw new TypeError('A plan uses a fragment that it does not define.');
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(source.typeCondition && { typeCondition: source.typeCondition }),
      ...(selection.directives && { directives: selection.directives }),
      selectionSet: writeOut(source.selectionSet, fragments),
    };
  });
  return { ...set, selections };
}

/** The fields of a selection and of the inline fragments in it. */
function fieldsOf(set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}

function createAgsReader(
  { arguments: args = [] }: FieldNode,
  operation: OperationDefinitionNode,
): RootField['readAgs'] {
  const ags = find(args, 'ags');
  if (ags) return createValueReader(ags, operation);
  const input = find(args, 'input');
  if (input?.kind === Kind.OBJECT) {
    const inner = input.fields.find(({ name }) => name.value === 'ags');
    return inner ? createValueReader(inner.value, operation) : () => undefined;
  }
  if (input?.kind !== Kind.VARIABLE) return () => undefined;
  const read = createValueReader(input, operation);
  return (variables) => (read(variables) as { ags?: unknown } | null | undefined)?.ags;
}

const find = (args: readonly ArgumentNode[], name: string): ValueNode | undefined =>
  args.find((argument) => argument.name.value === name)?.value;

function createValueReader(value: ValueNode, operation: OperationDefinitionNode): RootField['readAgs'] {
  if (value.kind === Kind.STRING) return () => value.value;
  if (value.kind !== Kind.VARIABLE) return () => undefined;
  const name = value.name.value;
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  const fallback = definition?.defaultValue && valueFromASTUntyped(definition.defaultValue);
  return (variables) => (Object.hasOwn(variables, name) ? variables[name] : fallback);
}
