import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  valueFromASTUntyped,
} from 'graphql';
import { type Cooperation, isServedBy } from '../cooperation/model.js';

/** Who runs what for whom, and which subgraph answers which field; everything in the order of its name. */
export interface FederationMap {
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  /** Names of all municipalities of the agreement. */
  readonly municipalities: readonly string[];
  readonly subgraphs: readonly MappedSubgraph[];
  readonly types: readonly MappedType[];
}

export interface MappedSubgraph {
  readonly name: string;
  /** None where there is no agreement. */
  readonly instances: readonly MappedInstance[];
}

export interface MappedInstance {
  readonly provider: string;
  /** Counts from 1 among the instances of one provider. */
  readonly number: number;
  /** Names of the municipalities it serves. */
  readonly municipalities: readonly string[];
}

/** An entity or a root type: what joins subgraphs. */
export interface MappedType {
  readonly name: string;
  /** The key by which it is known everywhere; `null` for root types. */
  readonly key: string | null;
  /** The subgraph that brought it; `null` for root types. */
  readonly owner: string | null;
  readonly fields: readonly MappedField[];
}

export interface MappedField {
  readonly name: string;
  /** As written in the schema. */
  readonly type: string;
  /** Subgraphs that answer it. */
  readonly subgraphs: readonly string[];
}

/** @throws GraphQLError where the text is no SDL. */
export function readMap(supergraph: string, cooperation: Cooperation | null): FederationMap {
  const document = parse(supergraph, { noLocation: true });
  const names = readGraphs(document);
  const types = objectsOf(document).flatMap((type) => readType(type, names) ?? []);
  return {
    providers: (cooperation?.providers ?? []).map(({ id, name }) => ({ id, name })).sort(byId),
    municipalities: (cooperation?.municipalities ?? []).map(({ name }) => name).sort(),
    subgraphs: [...names.values()].sort().map((name) => ({ name, instances: instancesOf(name, cooperation) })),
    types: types.sort((a, b) => Number(a.key !== null) - Number(b.key !== null) || a.name.localeCompare(b.name)),
  };
}

const ROOT = /^(Query|Mutation|Subscription)$/;

function readType(type: ObjectTypeDefinitionNode, names: ReadonlyMap<string, string>): MappedType | null {
  const joins = directivesOf(type, 'join__type').map(argumentsOf);
  const keys = joins.filter(({ key, resolvable }) => key !== undefined && resolvable !== false);
  const isRoot = ROOT.test(type.name.value);
  if (!isRoot && keys.length === 0) return null;
  const everywhere = joins.map(({ graph }) => names.get(String(graph)) ?? '');
  const fields = (type.fields ?? [])
    .filter((field) => directivesOf(field, 'inaccessible').length === 0)
    .map((field) => {
      const own = directivesOf(field, 'join__field')
        .map(argumentsOf)
        .filter(({ external }) => external !== true);
      const graphs = own.flatMap(({ graph }) => (graph === undefined ? [] : [names.get(String(graph)) ?? '']));
      const subgraphs = [...new Set(graphs.length > 0 ? graphs : everywhere)].sort();
      return { name: field.name.value, type: print(field.type), subgraphs };
    });
  const owner = isRoot
    ? null
    : mostFields(
        keys.map(({ graph }) => names.get(String(graph)) ?? ''),
        fields,
      );
  return { name: type.name.value, key: isRoot ? null : String(keys[0]?.key), owner, fields };
}

/** Whoever answers most of a type brought it. */
const mostFields = (candidates: readonly string[], fields: readonly MappedField[]): string | null => {
  const count = (name: string) => fields.filter(({ subgraphs }) => subgraphs.includes(name)).length;
  return [...new Set(candidates)].sort((a, b) => count(b) - count(a) || a.localeCompare(b))[0] ?? null;
};

function instancesOf(subgraph: string, cooperation: Cooperation | null): MappedInstance[] {
  const counts = new Map<string, number>();
  return (cooperation?.subgraphs.get(subgraph) ?? []).map((instance) => {
    const number = (counts.get(instance.provider) ?? 0) + 1;
    counts.set(instance.provider, number);
    const served = (cooperation?.municipalities ?? []).filter(({ ags }) => isServedBy(instance, ags));
    return { provider: instance.provider, number, municipalities: served.map(({ name }) => name).sort() };
  });
}

const objectsOf = ({ definitions }: DocumentNode): ObjectTypeDefinitionNode[] =>
  definitions.filter((node): node is ObjectTypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION);

/** Names of subgraphs by the values of the enum that stands for them. */
function readGraphs({ definitions }: DocumentNode): ReadonlyMap<string, string> {
  const values = definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph' ? (node.values ?? []) : [],
  );
  return new Map(
    values.map((value) => {
      const [graph] = directivesOf(value, 'join__graph').map(argumentsOf);
      return [value.name.value, String(graph?.name ?? value.name.value)];
    }),
  );
}

interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

const directivesOf = ({ directives = [] }: Marked, name: string): ConstDirectiveNode[] =>
  directives.filter((directive) => directive.name.value === name);

const argumentsOf = ({ arguments: args = [] }: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => a.id.localeCompare(b.id);
