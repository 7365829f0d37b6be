import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { fragmentsOf, operationsOf } from './canonical.js';
import type { FetchNode } from './plan.js';

/** Response names that a fetch fills, as they are called once the answer is joined; `null` below a leaf. */
export interface FieldTree extends ReadonlyMap<string, FieldTree | null> {}

/** Read from the text of the operation, at the first failure only: a fetch that succeeds never needs it. */
export function readFieldTree(fetch: FetchNode): FieldTree {
  const document = parse(fetch.operation, { noLocation: true });
  const renamed = renamesOf(fetch);
  const root = operationsOf(document)[0]?.selectionSet;
  const tree = root ? treeOf(root, document, renamed) : new Map<string, FieldTree | null>();
  return fetch.requires ? (tree.get('_entities') ?? new Map()) : tree;
}

/** Aliases the planner gave to avoid a clash, and the names they get in the end. */
export const renamesOf = (fetch: FetchNode): ReadonlyMap<string, string> =>
  new Map(
    fetch.outputRewrites.flatMap((rewrite) =>
      rewrite.kind === 'rename' ? [[rewrite.path.at(-1) ?? '', rewrite.to] as const] : [],
    ),
  );

function treeOf(
  set: SelectionSetNode,
  document: DocumentNode,
  renamed: ReadonlyMap<string, string>,
): Map<string, FieldTree | null> {
  const fragments = fragmentsOf(document);
  const tree = new Map<string, FieldTree | null>();
  const add = (inner: SelectionSetNode): void => {
    for (const selection of inner.selections)
      if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) add(fragment.selectionSet);
      } else {
        const alias = selection.alias?.value ?? selection.name.value;
        const below = selection.selectionSet ? treeOf(selection.selectionSet, document, renamed) : null;
        const name = renamed.get(alias) ?? alias;
        tree.set(name, join(tree.get(name), below));
      }
  };
  add(set);
  return tree;
}

function join(a: FieldTree | null | undefined, b: FieldTree | null): FieldTree | null {
  if (!a || !b) return b ?? a ?? null;
  const both = new Map(a);
  for (const [name, below] of b) both.set(name, join(both.get(name), below));
  return both;
}

/** Whether both fill the inside of the same field. */
export function overlap(a: FieldTree, b: FieldTree): boolean {
  for (const [name, below] of a) if (below && b.get(name)) return true;
  return false;
}
