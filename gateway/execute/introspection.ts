import type { DocumentNode } from 'graphql';
import {
  executeSync,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Answers `__schema` and `__type`: JSON text by response name. */
export type Introspect = (variables: Readonly<Record<string, unknown>>) => ReadonlyMap<string, string>;

/** @returns `null` where the operation asks nothing of the schema. */
export function compileIntrospection(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Introspect | null {
  const selectionSet = keepIntrospection(operation.selectionSet, fragments);
  if (selectionSet.selections.length === 0) return null;
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet }, ...fragments.values()],
  };
  const run: Introspect = (variableValues) => {
    const { data } = executeSync({ schema, document, rootValue: {}, variableValues });
    return new Map(Object.entries(data ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
  };
  if (operation.variableDefinitions?.length) return run;
  let known: ReadonlyMap<string, string> | undefined;
  return (variables) => {
    known ??= run(variables);
    return known;
  };
}

function keepIntrospection(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD)
      return selection.name.value === '__schema' || selection.name.value === '__type' ? [selection] : [];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!inner) return [];
    const selectionSet = keepIntrospection(inner.selectionSet, fragments);
    const { directives } = selection;
    return selectionSet.selections.length > 0
      ? [{ kind: Kind.INLINE_FRAGMENT, selectionSet, ...(directives && { directives }) }]
      : [];
  });
  return { kind: Kind.SELECTION_SET, selections };
}
