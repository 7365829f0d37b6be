import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SubgraphAnswer, SubgraphFieldError } from '../fetch/subgraph-request.js';
import { remember } from '../remember.js';

type Path = readonly (string | number)[];

/** Response keys at the top of a subgraph's operation, by type condition; `''` for those without one. */
export type Leaves = ReadonlyMap<string, readonly string[]>;

/**
 * Gives errors that stand for a whole answer or record the paths of the fields they cost: what is null for the client
 * is a field.
 */
export function locateErrors(
  { data, errors }: SubgraphAnswer,
  leaves: Leaves,
  variables: Readonly<Record<string, unknown>>,
): SubgraphFieldError[] {
  const representations = variables.representations;
  const leavesAt = (position: string | number | undefined) => {
    const record = Array.isArray(representations) ? representations[Number(position)] : null;
    return leaves.get(String((record as { __typename?: unknown } | null)?.__typename)) ?? [...leaves.values()].flat();
  };
  const at = (error: SubgraphFieldError, path: Path) =>
    leavesAt(path[1]).map((leaf) => ({ ...error, path: [...path, leaf] }));
  return errors.flatMap((error) => {
    if (error.path?.[0] === '_entities' && error.path.length === 2) return at(error, error.path);
    if (error.path !== undefined || data !== null) return [error];
    if (!Array.isArray(representations)) return at(error, []);
    return representations.flatMap((_, position) => at(error, ['_entities', position]));
  });
}

/** Each subgraph has its own. */
const MOST_BYTES = 4 * 2 ** 20;

/** Reads the leaves of subgraph operations. */
export const createLeaves = (): ((operation: string) => Leaves) =>
  remember((text) => readLeaves(parse(text, { noLocation: true })), { maxBytes: MOST_BYTES });

function readLeaves(document: DocumentNode): Leaves {
  const leaves = new Map<string, string[]>();
  const collect = (set: SelectionSetNode | undefined, type: string): void => {
    for (const selection of set?.selections ?? []) {
      const fragment = fragmentOf(selection, document);
      if (fragment) collect(fragment.selectionSet, fragment.typeCondition?.name.value ?? type);
      else if (selection.kind === Kind.FIELD && selection.name.value === '_entities')
        collect(selection.selectionSet, '');
      else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename')
        leaves.set(type, [...(leaves.get(type) ?? []), keyOf(selection)]);
    }
  };
  for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) collect(node.selectionSet, '');
  return leaves;
}

/**
 * Cuts paths to what the client asked for: plans also fetch keys, of which clients know nothing. Equal errors count once.
 */
export function fitPaths(
  errors: readonly GraphQLError[],
  operation: OperationDefinitionNode,
  document: DocumentNode,
): GraphQLError[] {
  const fitted = new Map<string, GraphQLError>();
  for (const { message, path, extensions } of errors) {
    const known = path && cutPath(path, operation.selectionSet, document);
    const name = JSON.stringify([known, extensions.code, message]);
    if (!fitted.has(name)) fitted.set(name, new GraphQLError(message, { ...(known && { path: known }), extensions }));
  }
  return [...fitted.values()];
}

function cutPath(path: Path, set: SelectionSetNode, document: DocumentNode): Path {
  let sets: readonly SelectionSetNode[] = [set];
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const fields = sets.flatMap((inner) => fieldsNamed(inner, step, document));
    if (fields.length === 0) return path.slice(0, index);
    // A fragment used twice is one set: without this, fragments that double would double the work.
    sets = [...new Set(fields.flatMap(({ selectionSet }) => selectionSet ?? []))];
  }
  return path;
}

function fieldsNamed(
  set: SelectionSetNode,
  key: string,
  document: DocumentNode,
): { selectionSet?: SelectionSetNode | undefined }[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return keyOf(selection) === key ? [selection] : [];
    const fragment = fragmentOf(selection, document);
    return fragment ? fieldsNamed(fragment.selectionSet, key, document) : [];
  });
}

const keyOf = (field: SelectionNode & { kind: Kind.FIELD }): string => (field.alias ?? field.name).value;

function fragmentOf(selection: SelectionNode, { definitions }: DocumentNode) {
  if (selection.kind !== Kind.FRAGMENT_SPREAD) return selection.kind === Kind.INLINE_FRAGMENT ? selection : null;
  const found = definitions.find(
    (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
  );
  return found?.kind === Kind.FRAGMENT_DEFINITION ? found : null;
}
