import {
  type ConstDirectiveNode,
  type DefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

/**
 * What a schema promises, one line for each type, field and value, sorted: equal for equal promises, whatever the order,
 * the descriptions and the number of extensions it is written in.
 *
 * @throws GraphQLError where the text is no schema.
 */
export function promisesOf(sdl: string): readonly string[] {
  const lines = parse(sdl).definitions.filter(isType).flatMap(linesOf);
  return [...new Set(lines)].sort();
}

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** Types that a federation library adds to what a subgraph says of itself. */
const isType = (node: DefinitionNode): node is TypeNode =>
  (isTypeDefinitionNode(node) || isTypeExtensionNode(node)) &&
  !/^(_Any|_Service|_Entity|_FieldSet|link__.*|federation__.*)$/.test(node.name.value);

function linesOf(node: TypeNode): string[] {
  const type = node.name.value;
  const own = wordsOf(node.directives).map((word) => `${type} ${word}`);
  return [type, ...own, ...membersOf(node).map((member) => `${type}.${member}`)];
}

function membersOf(node: TypeNode): string[] {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return [
        ...(node.interfaces ?? []).map(({ name }) => `implements ${name.value}`),
        ...(node.fields ?? [])
          .filter(({ name }) => !/^(_entities|_service)$/.test(name.value))
          .map(({ name, arguments: args = [], type, directives }) =>
            [name.value, ...args.map(lineOf), print(type), ...wordsOf(directives)].join(' '),
          ),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return (node.fields ?? []).map(lineOf);
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION:
      return (node.values ?? []).map(({ name, directives }) => [name.value, ...wordsOf(directives)].join(' '));
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.UNION_TYPE_EXTENSION:
      return (node.types ?? []).map(({ name }) => name.value);
    default:
      return [];
  }
}

const lineOf = (node: Parameters<typeof print>[0] & { readonly description?: unknown }): string =>
  print({ ...node, description: undefined } as typeof node);

const wordsOf = (directives: readonly ConstDirectiveNode[] | undefined): string[] =>
  (directives ?? []).map((directive) => print(directive)).sort();
