import {
  type DirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionNode,
} from 'graphql';
import { argumentsOf, hasDirective, nameOf, type Supergraph } from './supergraph.js';

/** Which data is personal, in which register it stands and whose record it is part of; plain data, fit to be cloned. */
export interface Registers {
  /** Subgraph that answers for a personal field, by coordinate (`Resident.familyName`). What is not in it is public. */
  readonly registers: ReadonlyMap<string, string>;
  /** Key fields of each entity, in the order of its key; `[]` where clients may not see any of its keys. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

/**
 * Whether an entity of this type is personal as such: where nobody may read its key, not even that it is there is public.
 *
 * @returns The register that keeps it; `null` where its being there says nothing.
 */
export function registerOfRecord(type: string, { registers, keys }: Registers): string | null {
  const own = (keys.get(type) ?? []).map((name) => registers.get(`${type}.${name}`));
  return own.every((register) => register !== undefined) ? (own[0] ?? null) : null;
}

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/**
 * Every field that not everybody may read is personal. Where several subgraphs can answer a field, its register is the one
 * that knows most of its type: a key is everywhere, but it comes from the register that keeps the record.
 *
 * @param isPublic Whether everybody may read the field, by coordinate.
 */
export function readRegisters(supergraph: Supergraph, isPublic: (coordinate: string) => boolean): Registers {
  const words = readWords(supergraph);
  const types = supergraph.document.definitions.filter(
    (node): node is Composite =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const registers = new Map<string, string>();
  const keys = new Map<string, readonly string[]>();
  for (const type of types) {
    const order = graphsByKnowledge(type, words);
    for (const field of type.fields ?? []) {
      const coordinate = `${type.name.value}.${field.name.value}`;
      if (isPublic(coordinate)) continue;
      const graphs = resolversOf(type, field, words);
      const graph = order.find((known) => graphs.includes(known));
      registers.set(coordinate, words.graphs.get(graph ?? '') ?? graph ?? '');
    }
    const key = keyOf(type, order, words);
    if (key) keys.set(type.name.value, key);
  }
  return { registers, keys };
}

/** What the words of federation are called in this supergraph. */
interface Words {
  readonly type: string | null;
  readonly field: string | null;
  readonly inaccessible: string | null;
  /** Subgraph by its `join__Graph` value. */
  readonly graphs: ReadonlyMap<string, string>;
  readonly leaves: ReadonlySet<string>;
}

const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean'];

function readWords({ document }: Supergraph): Words {
  const name = (feature: string, directive: string) =>
    nameOf(document, { url: `https://specs.apollo.dev/${feature}/`, directive });
  const graph = name('join', 'graph');
  const graphs = document.definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION
      ? (node.values ?? []).flatMap((value) =>
          (value.directives ?? [])
            .filter((directive) => directive.name.value === graph)
            .map((directive) => [value.name.value, String(argumentsOf(directive).name)] as const),
        )
      : [],
  );
  const leaves = document.definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.SCALAR_TYPE_DEFINITION ? [node.name.value] : [],
  );
  return {
    type: name('join', 'type'),
    field: name('join', 'field'),
    inaccessible: name('inaccessible', 'inaccessible'),
    graphs: new Map(graphs),
    leaves: new Set([...BUILT_IN, ...leaves]),
  };
}

const applied = (node: { readonly directives?: readonly DirectiveNode[] | undefined }, name: string | null) =>
  (node.directives ?? []).filter((directive) => directive.name.value === name).map(argumentsOf);

const graphsOf = (type: Composite, { type: word }: Words): string[] => [
  ...new Set(applied(type, word).map(({ graph }) => String(graph))),
];

/** Graphs that can answer the field: all that have its type, where the supergraph names none. */
function resolversOf(type: Composite, field: FieldDefinitionNode, words: Words): string[] {
  const named = applied(field, words.field).filter(({ graph }) => graph !== undefined);
  if (named.length === 0) return graphsOf(type, words);
  return named.filter(({ external }) => external !== true).map(({ graph }) => String(graph));
}

/** The graphs of a type, the one that answers most of its fields first. */
function graphsByKnowledge(type: Composite, words: Words): string[] {
  const counts = new Map(graphsOf(type, words).map((graph) => [graph, 0]));
  for (const field of type.fields ?? [])
    for (const graph of resolversOf(type, field, words)) counts.set(graph, (counts.get(graph) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([graph]) => graph);
}

/** The first key that clients may see, of scalars alone. @returns `null` for a type that is no entity. */
function keyOf(type: Composite, order: readonly string[], words: Words): readonly string[] | null {
  const keys = applied(type, words.type)
    .filter(({ key }) => typeof key === 'string')
    .sort((a, b) => order.indexOf(String(a.graph)) - order.indexOf(String(b.graph)))
    .map(({ key }) => namesIn(String(key)));
  if (keys.length === 0) return null;
  return keys.find((names) => names?.every((name) => isPlain(type, name, words))) ?? [];
}

/** @returns `null` for a key with anything inside of a field. */
function namesIn(key: string): string[] | null {
  const [definition] = parse(`{${key}}`, { noLocation: true }).definitions;
  const selections: readonly SelectionNode[] =
    definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
  const names = selections.map((one) => (one.kind === Kind.FIELD && !one.selectionSet ? one.name.value : null));
  return names.includes(null) ? null : (names as string[]);
}

function isPlain(type: Composite, name: string, words: Words): boolean {
  const field = type.fields?.find((one) => one.name.value === name);
  if (!field || hasDirective(field, words.inaccessible)) return false;
  const inner = field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type;
  return inner.kind === Kind.NAMED_TYPE && words.leaves.has(inner.name.value);
}
