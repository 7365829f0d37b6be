import { Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';

type Data = Readonly<Record<string, unknown>>;

/** @param text Field set of a `@key`. */
export function parseFieldSet(text: string): SelectionSetNode {
  const { definitions } = parse(`{${text}}`, { noLocation: true });
  const operation = definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new TypeError('A key is a set of fields.');
  return operation.selectionSet;
}

/** Names of the members of a key, equal for equal ones: `ags id`, `owner{id}`. */
export function shapeOf(set: SelectionSetNode): string {
  const names = set.selections.flatMap((node) => {
    if (node.kind !== Kind.FIELD || node.name.value === '__typename') return [];
    return [node.selectionSet ? `${node.name.value}{${shapeOf(node.selectionSet)}}` : node.name.value];
  });
  return names.sort().join(' ');
}

/** The shape of a key as somebody sends it; `null` where it holds what no record is known by. */
export function shapeOfKey(key: Data): string | null {
  const names: string[] = [];
  for (const [name, value] of Object.entries(key)) {
    if (isObject(value)) {
      const inner = shapeOfKey(value);
      if (inner === null) return null;
      names.push(`${name}{${inner}}`);
    } else if (isLeaf(value)) names.push(name);
    else return null;
  }
  return names.sort().join(' ');
}

/** @returns The members that the set names; `null` where one is missing or null. */
export function pick(record: Data, set: SelectionSetNode): Data | null {
  const picked: Record<string, unknown> = {};
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') continue;
    const name = selection.name.value;
    const value = Object.hasOwn(record, name) ? record[name] : null;
    const inner = selection.selectionSet && isObject(value) ? pick(value, selection.selectionSet) : value;
    if (inner === null || inner === undefined) return null;
    picked[name] = inner;
  }
  return picked;
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number beyond what JSON carries exactly may mean another one. */
const isLeaf = (value: unknown): boolean =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (Number.isFinite(value) && Math.abs(Number(value)) < 2 ** 53);
