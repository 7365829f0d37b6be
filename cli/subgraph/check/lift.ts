import { buildSubgraph, Subgraphs, upgradeSubgraphsIfNecessary } from '@apollo/federation-internals';
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql';

/** Types and directives that come with the federation specification. */
const OF_FEDERATION = /^(federation__|link__|_Any$|_Service$|_Entity$|_FieldSet$)/;

/**
 * A Federation 1 schema as one of Federation 2: what only named fields of others (`@external`) goes where nothing needs
 * it, extensions become types. Types that several subgraphs share must be marked `@shareable` by its rules.
 *
 * @throws GraphQLError where it is no Federation 1 schema.
 */
export function liftSchema(sdl: string): string {
  const document = parse(sdl);
  const subgraphs = new Subgraphs();
  subgraphs.add(buildSubgraph('lifted', 'http://lifted.invalid', document));
  subgraphs.add(buildSubgraph('others', 'http://others.invalid', othersOf(document)));
  const { errors, subgraphs: lifted } = upgradeSubgraphsIfNecessary(subgraphs);
  const [error] = errors ?? [];
  if (error) throw error;
  const text = lifted?.get('lifted')?.toString() ?? '';
  return `${parse(text).definitions.filter(isOwn).map(print).join('\n\n')}\n`;
}

const isOwn = (node: DefinitionNode): boolean =>
  (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) && !OF_FEDERATION.test(node.name.value);

const isExternal = ({ directives = [] }: FieldDefinitionNode): boolean =>
  directives.some(({ name }) => name.value === 'external');

/** What stands in for the subgraphs whose types are extended: those types, with the fields that are named of them. */
function othersOf({ definitions }: DocumentNode): DocumentNode {
  const own = new Set(definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value));
  const extended = definitions.flatMap((node): ObjectTypeDefinitionNode[] =>
    node.kind === Kind.OBJECT_TYPE_EXTENSION && !own.has(node.name.value) && !/^(Query|Mutation)$/.test(node.name.value)
      ? [{ ...node, kind: Kind.OBJECT_TYPE_DEFINITION, fields: (node.fields ?? []).filter(isExternal).map(bare) }]
      : [],
  );
  const leaves = definitions.filter(
    ({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION,
  );
  const [query] = parse('type Query { others: Int }').definitions;
  return { kind: Kind.DOCUMENT, definitions: [...(query ? [query] : []), ...extended, ...leaves] };
}

const bare = (field: FieldDefinitionNode): FieldDefinitionNode => ({ ...field, directives: [] });
