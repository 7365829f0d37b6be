import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type RootShape, responseKey } from './shape.js';

/** A part of an operation: some of its root fields, with the fragments and variables they use. */
export interface OperationPart {
  readonly operation: string;
  readonly variableNames: ReadonlySet<string>;
}

/** Cuts operations by root fields; the same cut of the same operation is made once. */
export type Split = (shape: RootShape, keys: readonly string[]) => OperationPart;

export function createSplit(): Split {
  const known = new WeakMap<RootShape, LRUCache<string, OperationPart>>();
  return (shape, keys) => {
    const cuts = known.get(shape) ?? new LRUCache<string, OperationPart>({ max: 64 });
    known.set(shape, cuts);
    const name = keys.join(' ');
    const part = cuts.get(name) ?? cut(shape, new Set(keys));
    cuts.set(name, part);
    return part;
  };
}

/** @returns The variables that the part uses, and no others: a subgraph sees only what its fields need. */
export const pickVariables = (
  { variableNames }: OperationPart,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> => Object.fromEntries(Object.entries(variables).filter(([name]) => variableNames.has(name)));

function cut({ operation, fragments }: RootShape, keys: ReadonlySet<string>): OperationPart {
  const selectionSet = keep(operation.selectionSet, keys);
  const used = new Set<OperationDefinitionNode | FragmentDefinitionNode>([{ ...operation, selectionSet }]);
  const variableNames = new Set<string>();
  for (const node of used)
    visit(node, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variableNames.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment) used.add(fragment);
      },
    });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    variableNames.has(variable.name.value),
  );
  const [, ...usedFragments] = used;
  const definition = { ...operation, selectionSet, ...(variableDefinitions && { variableDefinitions }) };
  return { operation: print({ kind: Kind.DOCUMENT, definitions: [definition, ...usedFragments] }), variableNames };
}

function keep(set: SelectionSetNode, keys: ReadonlySet<string>): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return keys.has(responseKey(selection)) ? [selection] : [];
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const inner = keep(selection.selectionSet, keys);
    return inner.selections.length > 0 ? [{ ...selection, selectionSet: inner }] : [];
  });
  return { ...set, selections };
}
