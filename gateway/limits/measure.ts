import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError, type ErrorCode } from '../../lib/errors.js';
import type { Limits } from './profile.js';

/** How large an operation is once its fragments are expanded; introspection counts as one field, and by its aliases. */
export interface Measures {
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
}

/**
 * Measures an operation in time proportional to its text: each fragment is measured once, however often it is spread.
 * Runs before validation, so unknown and cyclic fragments count nothing here and are reported there.
 */
export function measure(document: DocumentNode, operation: OperationDefinitionNode): Measures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const sizeOf = createSizing(fragments);
  const size = sizeOf(operation.selectionSet);
  return { ...size, directives: countDirectives(document) };
}

/** @throws AppError with the code of the first limit that is broken, its value and its bound. */
export function checkMeasures(measures: Measures, limits: Limits): void {
  for (const { name, code, what } of CHECKS)
    if (measures[name] > limits[name])
      throw new AppError(code, `The operation has ${measures[name]} ${what}; ${limits[name]} are allowed.`, {
        detail: { limit: limits[name], value: measures[name] },
      });
}

const CHECKS: readonly { name: keyof Measures; code: ErrorCode; what: string }[] = [
  { name: 'directives', code: 'LIMIT_DIRECTIVES', what: 'directives' },
  { name: 'selections', code: 'LIMIT_SELECTIONS', what: 'selected fields' },
  { name: 'depth', code: 'LIMIT_DEPTH', what: 'levels' },
  { name: 'rootFields', code: 'LIMIT_ROOT_FIELDS', what: 'root fields' },
  { name: 'aliases', code: 'LIMIT_ALIASES', what: 'aliases and repeated fields' },
];

interface Size {
  readonly depth: number;
  readonly selections: number;
  readonly aliases: number;
  readonly rootFields: number;
}

const NOTHING: Size = { depth: 0, selections: 0, aliases: 0, rootFields: 0 };

/** An alias in introspection can be the whole schema once more, and no tool has any. */
const ALIASES_OF_SCHEMA = 10;

/** `rootFields` of a selection set is the number of fields on its own level. */
function createSizing(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Size {
  const known = new Map<string, Size>();

  const sizeOfSet = (set: SelectionSetNode): Size => {
    const parts = set.selections.map(sizeOfSelection);
    const total = parts.reduce(add, NOTHING);
    return { ...total, aliases: total.aliases + countRepeated(set) };
  };
  const sizeOfSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FIELD) return sizeOfField(selection);
    if (selection.kind === Kind.INLINE_FRAGMENT) return sizeOfSet(selection.selectionSet);
    return sizeOfFragment(selection.name.value);
  };
  const sizeOfField = (field: FieldNode): Size => {
    const isIntrospection = field.name.value === '__schema' || field.name.value === '__type';
    const inside = field.selectionSet ? sizeOfSet(field.selectionSet) : NOTHING;
    const below = isIntrospection ? { ...NOTHING, aliases: inside.aliases * ALIASES_OF_SCHEMA } : inside;
    const isAliased = field.alias !== undefined && field.alias.value !== field.name.value;
    return {
      depth: below.depth + 1,
      selections: below.selections + 1,
      aliases: below.aliases + (isAliased ? 1 : 0),
      rootFields: 1,
    };
  };
  const sizeOfFragment = (name: string): Size => {
    const measured = known.get(name);
    if (measured) return measured;
    known.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? sizeOfSet(fragment.selectionSet) : NOTHING;
    known.set(name, size);
    return size;
  };
  return sizeOfSet;
}

const add = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  selections: one.selections + other.selections,
  aliases: one.aliases + other.aliases,
  rootFields: one.rootFields + other.rootFields,
});

/** The same unaliased field twice in one set is as cheap to write, and as dear to answer, as an alias. */
function countRepeated(set: SelectionSetNode): number {
  const seen = new Set<string>();
  let repeated = 0;
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD || selection.alias) continue;
    if (seen.has(selection.name.value)) repeated++;
    seen.add(selection.name.value);
  }
  return repeated;
}

/** Without recursion: a document may be nested as deeply as its tokens allow. */
function countDirectives(document: DocumentNode): number {
  let count = 0;
  const open: unknown[] = [...document.definitions];
  while (open.length > 0) {
    const node = open.pop() as {
      directives?: readonly unknown[];
      selectionSet?: SelectionSetNode;
      variableDefinitions?: readonly unknown[];
    };
    count += node.directives?.length ?? 0;
    if (node.selectionSet) open.push(...node.selectionSet.selections);
    if (node.variableDefinitions) open.push(...node.variableDefinitions);
  }
  return count;
}
