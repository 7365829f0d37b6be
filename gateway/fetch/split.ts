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
import { ownName } from '../own-name.js';
import { type RootShape, responseKey } from './shape.js';

/** A part of an operation: some of its root fields, with the fragments and variables they use. */
export interface OperationPart {
  readonly operation: string;
  readonly variableNames: ReadonlySet<string>;
}

/** Cuts operations by root fields; the same cut of the same operation is made once, as long as it is remembered. */
export type Split = (shape: RootShape, keys: readonly string[]) => OperationPart;

/** One operation has as many parts as its fields have ways to lie in different municipalities. */
const MOST_BYTES = 8 * 2 ** 20;
const BYTES_PER_PART = 1024;

export function createSplit(): Split {
  const numbers = new WeakMap<RootShape, number>();
  const known = new LRUCache<string, OperationPart>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ operation }, name) => BYTES_PER_PART + 2 * (operation.length + name.length),
  });
  let count = 0;
  const numberOf = (shape: RootShape): number => {
    const number = numbers.get(shape) ?? ++count;
    numbers.set(shape, number);
    return number;
  };
  return (shape, keys) => {
    const name = `${numberOf(shape)} ${keys.join(' ')}`;
    const found = known.get(name);
    if (found) return found;
    const part = cut(shape, new Set(keys));
    known.set(name, part);
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
      Variable: ({ name }) => void variableNames.add(ownName(name.value)),
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
