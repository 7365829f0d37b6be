import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { isRecord } from './answer.js';

/** @returns Whether a subgraph with this schema has the type of a representation, with a key that this one holds. */
export function createKnows(document: DocumentNode): (representation: unknown) => boolean {
  const keys = new Map<string, (readonly string[])[]>();
  for (const node of document.definitions) {
    const isType = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
    const isInterface = node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_EXTENSION;
    if (!isType && !isInterface) continue;
    const own = (node.directives ?? []).filter(({ name }) => /^(federation__)?key$/.test(name.value)).map(fieldsOfKey);
    keys.set(node.name.value, [...(keys.get(node.name.value) ?? []), ...own]);
  }
  return (representation) => {
    if (!isRecord(representation)) return false;
    const known = keys.get(String(representation.__typename)) ?? [];
    return known.some((fields) => fields.every((name) => Object.hasOwn(representation, name)));
  };
}

/** Fields of the first level: what is below them comes with them. */
function fieldsOfKey({ arguments: args = [] }: ConstDirectiveNode): string[] {
  const value = args.find(({ name }) => name.value === 'fields')?.value;
  const text = value?.kind === Kind.STRING ? value.value : '';
  let depth = 0;
  return (text.match(/\w+|[{}]/g) ?? []).filter((word) => {
    if (word === '{') depth += 1;
    else if (word === '}') depth -= 1;
    else return depth === 0;
    return false;
  });
}
