import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql';

export interface SubgraphSource {
  readonly name: string;
  readonly typeDefs: DocumentNode;
}

/** A field that cannot be published as it is. */
export interface Unmarked {
  readonly message: string;
  readonly subgraph: string;
  readonly node: FieldDefinitionNode;
}

const RULES = ['authenticated', 'requiresScopes', 'policy'];

/**
 * Fields without a rule, and fields that are `@public` although a rule covers them. A rule is a field's own or its
 * type's; each subgraph states it for every field it has, so that a reader sees it where the field stands. Interfaces
 * have none: composition refuses them there, and what implements them decides. External fields have that of where they
 * come from.
 *
 * @returns One for each, its sentence with coordinate and subgraph; empty where every field is marked.
 */
export function findUnmarked(sources: readonly SubgraphSource[]): Unmarked[] {
  const fields = sources.flatMap(readFields);
  const ruledTypes = new Map<string, Set<string>>();
  for (const { name, typeDefs } of sources)
    for (const type of readRuledTypes(typeDefs)) ruledTypes.set(type, (ruledTypes.get(type) ?? new Set()).add(name));
  const ruledFields = new Map(fields.filter(({ hasRule }) => hasRule).map((field) => [field.coordinate, field]));
  return fields.flatMap((field) => {
    const { coordinate, subgraph, type, valueType, node } = field;
    const say = (fault: string): Unmarked[] => [
      { message: `${coordinate} in subgraph ${subgraph} ${fault}`, subgraph, node },
    ];
    if (!field.isPublic)
      return field.hasRule || ruledTypes.get(type)?.has(subgraph) ? [] : say('has neither a rule nor @public.');
    const rule = ruledFields.get(coordinate);
    const typeRule = ruledTypes.get(type) ?? ruledTypes.get(valueType);
    const ruledBy = rule?.subgraph ?? (typeRule && [...typeRule][0]);
    return ruledBy ? say(`is @public although a rule covers it in subgraph ${ruledBy}.`) : [];
  });
}

interface Field {
  readonly coordinate: string;
  readonly subgraph: string;
  readonly type: string;
  readonly valueType: string;
  readonly hasRule: boolean;
  readonly isPublic: boolean;
  readonly node: FieldDefinitionNode;
}

function readFields({ name: subgraph, typeDefs }: SubgraphSource): Field[] {
  return typeDefs.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
      ? (definition.fields ?? [])
          .filter((field) => !hasAny(field, ['external']))
          .map((field) => readField(field, definition.name.value, subgraph))
      : [],
  );
}

const readField = (field: FieldDefinitionNode, type: string, subgraph: string): Field => ({
  coordinate: `${type}.${field.name.value}`,
  subgraph,
  type,
  valueType: namedType(field.type),
  hasRule: hasAny(field, RULES),
  isPublic: hasAny(field, ['public']),
  node: field,
});

/** Types with a rule, also on an extension. */
const readRuledTypes = ({ definitions }: DocumentNode): string[] =>
  definitions.flatMap((definition) => (isType(definition) && hasAny(definition, RULES) ? [definition.name.value] : []));

const isType = (node: DefinitionNode): node is TypeDefinitionNode | TypeExtensionNode =>
  isTypeDefinitionNode(node) || isTypeExtensionNode(node);

const hasAny = (
  { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  names: readonly string[],
): boolean => directives.some(({ name }) => names.includes(name.value));

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));
