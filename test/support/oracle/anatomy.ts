import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

/** One subgraph's part in a field, as `@join__field` says. */
export interface FieldOwner {
  readonly graph: string;
  /** The field's type in this subgraph, where it differs from the supergraph's. */
  readonly type: string | null;
  readonly isExternal: boolean;
  readonly requires: SelectionSetNode | null;
  readonly contextArguments: readonly ContextArgument[];
}

/** An argument that no client gives: it is read from an object further up. */
export interface ContextArgument {
  readonly name: string;
  readonly context: string;
  readonly selection: SelectionSetNode;
}

/** What a supergraph says about its subgraphs, read from the join directives by graphql-js alone. */
export interface Anatomy {
  /** Everything, inaccessible parts included. */
  readonly whole: GraphQLSchema;
  /** What clients see. */
  readonly api: GraphQLSchema;
  /** Name of the subgraph by its value in `join__Graph`. */
  readonly names: ReadonlyMap<string, string>;
  /** Every subgraph that knows the field; empty where it knows no such field. */
  owners(typeName: string, fieldName: string): readonly FieldOwner[];
  /** Keys of a type, of the interfaces it implements too. */
  keys(typeName: string): readonly SelectionSetNode[];
  /** The interface with keys that a type implements, or the type itself: entities of one family share their keys. */
  family(typeName: string): string;
  /** Object types an abstract type can be in one subgraph, in the order of their names. */
  possibleTypes(typeName: string, graph: string): readonly string[];
  enumValues(typeName: string, graph: string): readonly string[];
  /** Names of all fields that a key, a `@requires`, a `@provides` or a context mentions. */
  readonly machinery: ReadonlySet<string>;
  /** Types that set a context, by the context's name. */
  readonly contexts: ReadonlyMap<string, ReadonlySet<string>>;
}

type Arguments = Readonly<Record<string, unknown>>;

export function readAnatomy(supergraphSdl: string): Anatomy {
  const whole = buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
  const supportedFeatures = ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures, validateSupergraph: false });
  return {
    whole,
    api: supergraph.apiSchema().toGraphQLJSSchema(),
    names: readNames(whole),
    owners: remember((typeName, fieldName) => readOwners(whole, typeName, fieldName)),
    keys: remember((typeName) => readKeys(whole, typeName)),
    family: remember((typeName) => entityInterface(whole, typeName) ?? typeName),
    possibleTypes: remember((typeName, graph) => readPossibleTypes(whole, typeName, graph)),
    enumValues: remember((typeName, graph) => readEnumValues(whole, typeName, graph)),
    machinery: readMachinery(supergraphSdl),
    contexts: readContexts(whole),
  };
}

/** Answers a question about names once. */
function remember<T>(read: (a: string, b: string) => T): (a: string, b?: string) => T {
  const known = new Map<string, T>();
  return (a, b = '') => {
    const key = `${a} ${b}`;
    if (!known.has(key)) known.set(key, read(a, b));
    return known.get(key) as T;
  };
}

function readNames(whole: GraphQLSchema): Map<string, string> {
  const graphs = whole.getType('join__Graph');
  if (!isEnumType(graphs)) throw new TypeError('not a supergraph: it has no join__Graph');
  const nameOf = (node: Directed) => String(directives(node, 'join__graph')[0]?.['name']);
  return new Map(graphs.getValues().map(({ name, astNode }) => [name, nameOf(astNode)]));
}

function readOwners(whole: GraphQLSchema, typeName: string, fieldName: string): FieldOwner[] {
  const type = whole.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const field = type.getFields()[fieldName];
  if (!field) return [];
  const joins = directives(field.astNode, 'join__field').filter((join) => join['graph'] !== undefined);
  if (joins.length > 0) return joins.map(toOwner);
  // A field without a subgraph of its own comes from an interface object.
  if (directives(field.astNode, 'join__field').length > 0)
    return type.getInterfaces().flatMap((parent) => readOwners(whole, parent.name, fieldName));
  return graphsOf(type).map((graph) => toOwner({ graph }));
}

function toOwner(join: Arguments): FieldOwner {
  const contextArguments = (join['contextArguments'] ?? []) as Record<string, string>[];
  return {
    graph: String(join['graph']),
    type: typeof join['type'] === 'string' ? join['type'] : null,
    isExternal: join['external'] === true,
    requires: typeof join['requires'] === 'string' ? parseFieldSet(join['requires']) : null,
    contextArguments: contextArguments.map(({ name = '', context = '', selection = '' }) => ({
      name,
      context,
      selection: parseFieldSet(selection.trim().replace(/^\{|\}$/g, '')),
    })),
  };
}

function readKeys(whole: GraphQLSchema, typeName: string): SelectionSetNode[] {
  const type = whole.getType(typeName);
  const inherited = isObjectType(type) ? type.getInterfaces() : [];
  const joins = [type, ...inherited].flatMap((item) => directives(item?.astNode, 'join__type'));
  const texts = new Set(joins.map((join) => join['key']).filter((key) => typeof key === 'string'));
  return [...texts].map(parseFieldSet);
}

function entityInterface(whole: GraphQLSchema, typeName: string): string | null {
  const type = whole.getType(typeName);
  if (!isObjectType(type)) return null;
  const hasKey = (item: GraphQLNamedType) => directives(item.astNode, 'join__type').some((join) => join['key']);
  return type.getInterfaces().find(hasKey)?.name ?? null;
}

function readPossibleTypes(whole: GraphQLSchema, typeName: string, graph: string): string[] {
  const type = whole.getType(typeName);
  if (isUnionType(type)) {
    const members = directives(type.astNode, 'join__unionMember').filter((join) => join['graph'] === graph);
    return members.map((join) => String(join['member'])).sort();
  }
  if (!isInterfaceType(type)) return [typeName];
  const own = directives(type.astNode, 'join__type').filter((join) => join['graph'] === graph);
  const all = whole.getPossibleTypes(type);
  const isInterfaceObject = own.some((join) => join['isInterfaceObject'] === true);
  const implementsHere = (item: GraphQLNamedType) =>
    directives(item.astNode, 'join__implements').some((j) => j['graph'] === graph && j['interface'] === typeName);
  return (isInterfaceObject ? all : all.filter(implementsHere)).map((item) => item.name).sort();
}

function readEnumValues(whole: GraphQLSchema, typeName: string, graph: string): string[] {
  const type = whole.getType(typeName);
  if (!isEnumType(type)) return [];
  const isHere = (node: Directed) =>
    directives(node, 'join__enumValue').some((join) => join['graph'] === graph) &&
    directives(node, 'inaccessible').length === 0;
  return type.getValues().flatMap(({ name, astNode }) => (isHere(astNode) ? [name] : []));
}

function readContexts(whole: GraphQLSchema): Map<string, Set<string>> {
  const contexts = new Map<string, Set<string>>();
  for (const type of Object.values(whole.getTypeMap()))
    for (const { name } of directives(type.astNode, 'context'))
      contexts.set(String(name), (contexts.get(String(name)) ?? new Set()).add(type.name));
  return contexts;
}

function readMachinery(supergraphSdl: string): Set<string> {
  const sets = supergraphSdl.matchAll(/\b(?:key|requires|provides|selection): "((?:[^"\\]|\\.)*)"/g);
  return new Set([...sets].flatMap(([, text = '']) => text.match(/\w+/g) ?? []));
}

const graphsOf = (type: GraphQLNamedType): string[] => [
  ...new Set(directives(type.astNode, 'join__type').map((join) => String(join['graph']))),
];

type Directed = { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;

const directives = (node: Directed, name: string): Arguments[] =>
  (node?.directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(({ arguments: args = [] }) =>
      Object.fromEntries(args.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])),
    );

function parseFieldSet(text: string): SelectionSetNode {
  const [definition] = parse(`{ ${text} }`).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new TypeError(`not a field set: ${text}`);
  return definition.selectionSet;
}
