import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { type DeclaredHint, readDeclaredHint } from '../../lib/cache-hints.js';
import { argumentsOf, nameOf } from '../supergraph.js';

/** What the supergraph says about keeping answers. Coordinates are `Type` or `Type.field`; the root type is `Query`. */
export interface SchemaFacts {
  /** `@cacheControl` by subgraph, as it stands in that subgraph's own schema. */
  readonly hints: ReadonlyMap<string, ReadonlyMap<string, DeclaredHint>>;
  /** `@cacheControl` that composition has put together; it holds arguments of one subgraph, nobody knows whose. */
  readonly composedHints: ReadonlyMap<string, DeclaredHint>;
  /** Formats of `@cacheTag` by subgraph. */
  readonly formats: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** Field sets of all keys of a type, each once. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  /** Object, interface or union that a field returns. */
  readonly composites: ReadonlyMap<string, string>;
  /** Object types of each interface and union. */
  readonly possibleTypes: ReadonlyMap<string, readonly string[]>;
  /** Interfaces of each object type. */
  readonly interfaces: ReadonlyMap<string, readonly string[]>;
  /** Types that say which municipality they belong to: those with a field `ags`. */
  readonly municipal: ReadonlySet<string>;
}

const JOIN = 'https://specs.apollo.dev/join/';

export function readSchemaFacts(supergraph: DocumentNode): SchemaFacts {
  const document = withQuery(supergraph);
  const places = document.definitions.filter(isComposite).flatMap(placesOf);
  const applied = readApplied(places, document);
  const hints = new Map<string, Map<string, DeclaredHint>>();
  const formats = new Map<string, Map<string, string[]>>();
  for (const { subgraph, coordinate, name, args } of applied)
    if (name === 'cacheControl') inner(hints, subgraph).set(coordinate, readDeclaredHint(args));
    else if (TAGS.has(name) && typeof args.format === 'string') {
      const known = inner(formats, subgraph);
      known.set(coordinate, [...(known.get(coordinate) ?? []), args.format]);
    }
  const plain = places.flatMap(({ coordinate, directives }) =>
    directives
      .filter(({ name }) => name.value === 'cacheControl')
      .map((node) => [coordinate, readDeclaredHint(argumentsOf(node))] as const),
  );
  return {
    hints,
    formats,
    composedHints: new Map(plain),
    keys: readKeys(document),
    composites: readComposites(document),
    possibleTypes: readPossibleTypes(document),
    interfaces: readInterfaces(document),
    municipal: new Set(places.flatMap(({ coordinate }) => /^(\w+)\.ags$/.exec(coordinate)?.[1] ?? [])),
  };
}

/** With the root type under the name that all of us know it by. */
function withQuery(document: DocumentNode): DocumentNode {
  const root = queryTypeOf(document);
  const rename = (definition: DefinitionNode): DefinitionNode =>
    isComposite(definition) && definition.name.value === root
      ? { ...definition, name: { ...definition.name, value: 'Query' } }
      : definition;
  return root === 'Query' ? document : { ...document, definitions: document.definitions.map(rename) };
}

const queryTypeOf = ({ definitions }: DocumentNode): string =>
  definitions
    .filter(({ kind }) => kind === Kind.SCHEMA_DEFINITION || kind === Kind.SCHEMA_EXTENSION)
    .flatMap((definition) => ('operationTypes' in definition && definition.operationTypes) || [])
    .find(({ operation }) => operation === 'query')?.type.name.value ?? 'Query';

/** As our composition writes it, and as federation's own does. */
const TAGS: ReadonlySet<string> = new Set(['cacheTag', 'federation__cacheTag']);

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const isComposite = (definition: DefinitionNode): definition is Composite =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

interface Place {
  readonly coordinate: string;
  readonly directives: readonly ConstDirectiveNode[];
}

const placesOf = ({ name, directives = [], fields = [] }: Composite): Place[] => [
  { coordinate: name.value, directives },
  ...fields.map((field) => ({ coordinate: `${name.value}.${field.name.value}`, directives: field.directives ?? [] })),
];

/** Directives of single subgraphs that composition has kept. */
function readApplied(places: readonly Place[], document: DocumentNode) {
  const joinDirective = nameOf(document, { url: JOIN, directive: 'directive' });
  const names = subgraphNames(document);
  return places.flatMap(({ coordinate, directives }) =>
    directives
      .filter(({ name }) => name.value === joinDirective)
      .map(argumentsOf)
      .flatMap(({ graphs, name, args }) =>
        (Array.isArray(graphs) ? (graphs as unknown[]) : []).map((graph) => ({
          subgraph: names.get(String(graph)) ?? '',
          coordinate,
          name: String(name),
          args: (args ?? {}) as Readonly<Record<string, unknown>>,
        })),
      ),
  );
}

/** Names of subgraphs by value of `join__Graph`. */
function subgraphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const joinGraph = nameOf(document, { url: JOIN, directive: 'graph' });
  const names = new Map<string, string>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const { name, directives = [] } of definition.values ?? []) {
        const graph = directives.find((directive) => directive.name.value === joinGraph);
        if (graph) names.set(name.value, String(argumentsOf(graph).name));
      }
  return names;
}

function readKeys(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const joinType = nameOf(document, { url: JOIN, directive: 'type' });
  const keys = new Map<string, readonly string[]>();
  for (const { name, directives = [] } of document.definitions.filter(isComposite)) {
    const own = directives.filter((node) => node.name.value === joinType).map((node) => argumentsOf(node).key);
    const texts = [...new Set(own)].filter((key) => typeof key === 'string');
    if (texts.length > 0) keys.set(name.value, texts);
  }
  return keys;
}

function readComposites(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Set(
    document.definitions.flatMap((definition) =>
      isComposite(definition) || definition.kind === Kind.UNION_TYPE_DEFINITION ? [definition.name.value] : [],
    ),
  );
  return new Map(
    document.definitions
      .filter(isComposite)
      .flatMap(({ name, fields = [] }) =>
        fields
          .map((field) => [`${name.value}.${field.name.value}`, namedType(field.type)] as const)
          .filter(([, type]) => names.has(type)),
      ),
  );
}

function readPossibleTypes(document: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const possible = new Map<string, string[]>();
  const add = (abstract: string, type: string) => possible.set(abstract, [...(possible.get(abstract) ?? []), type]);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      for (const { name } of definition.interfaces ?? []) add(name.value, definition.name.value);
    if (definition.kind === Kind.UNION_TYPE_DEFINITION)
      for (const { name } of definition.types ?? []) add(definition.name.value, name.value);
  }
  return possible;
}

const readInterfaces = ({ definitions }: DocumentNode): ReadonlyMap<string, readonly string[]> =>
  new Map(
    definitions
      .filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      .map(({ name, interfaces = [] }) => [name.value, interfaces.map((one) => one.name.value)]),
  );

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

function inner<Value>(outer: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const known = outer.get(name) ?? new Map<string, Value>();
  outer.set(name, known);
  return known;
}
