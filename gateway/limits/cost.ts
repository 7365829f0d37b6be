import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { CostWeights, ListSize } from './cost-weights.js';

/** What an operation may cost at most with these variables, before anything runs. */
export type EstimateCost = (variables: Readonly<Record<string, unknown>>) => number;

/** A list nothing is said about; the specification counts it once. */
const UNKNOWN_LIST_SIZE = 1;
const MUTATION_COST = 10;

type Term = (variables: Readonly<Record<string, unknown>>, sized: ReadonlyMap<string, number>) => number;

/**
 * Compiles the estimate after the IBM GraphQL cost specification: an object costs 1, a leaf 0, unless `@cost` says
 * otherwise; a list costs as often as `@listSize` says. Both branches of an abstract type are counted, so the estimate
 * is never too low. The operation must be valid and within the selection limit.
 */
export function compileCost(
  parts: { readonly schema: GraphQLSchema; readonly weights: CostWeights },
  document: DocumentNode,
  operation: OperationDefinitionNode,
): EstimateCost {
  const root = parts.schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const terms = createTerms(parts, document);
  const body = terms(operation.selectionSet, root.name);
  const base = operation.operation === 'mutation' ? MUTATION_COST : 0;
  const defaults = readDefaults(operation);
  if (Object.keys(defaults).length === 0) return (variables) => base + body(variables, NOTHING_SIZED);
  return (variables) => base + body({ ...defaults, ...variables }, NOTHING_SIZED);
}

/** What a variable is where the client does not give it: a size written there counts like one that is sent. */
const readDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode): Readonly<Record<string, number>> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

const NOTHING_SIZED: ReadonlyMap<string, number> = new Map();

function createTerms(
  { schema, weights }: { readonly schema: GraphQLSchema; readonly weights: CostWeights },
  document: DocumentNode,
): (set: SelectionSetNode, typeName: string) => Term {
  const fragments = new Map(document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));

  const termOfSet = (set: SelectionSetNode, typeName: string): Term => {
    const terms = set.selections.map((selection) => {
      if (selection.kind === Kind.FIELD) return termOfField(selection, typeName);
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return fragment ? termOfSet(fragment.selectionSet, fragment.typeCondition?.name.value ?? typeName) : () => 0;
    });
    return (variables, sized) => terms.reduce((sum, term) => sum + term(variables, sized), 0);
  };

  const termOfField = (node: FieldNode, typeName: string): Term => {
    const type = schema.getType(typeName);
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field) return () => 0;
    const coordinate = `${typeName}.${node.name.value}`;
    const own = ownWeight(coordinate, field, node);
    const list = weights.lists.get(coordinate);
    const below = node.selectionSet ? termOfSet(node.selectionSet, getNamedType(field.type).name) : () => 0;
    const sizeOf = compileSize(field, node, list);
    const isList = isListType(getNullableType(field.type));
    return (variables, sized) => {
      const declared = sizeOf(variables);
      const size = isList ? (sized.get(node.name.value) ?? declared ?? UNKNOWN_LIST_SIZE) : 1;
      const forBelow =
        list && declared !== null ? new Map(list.sizedFields.map((name) => [name, declared])) : NOTHING_SIZED;
      return size * (own + below(variables, forBelow));
    };
  };

  const ownWeight = (coordinate: string, field: GraphQLField<unknown, unknown>, node: FieldNode): number => {
    const given = (node.arguments ?? []).map(({ name }) => weights.weights.get(`${coordinate}(${name.value}:)`) ?? 0);
    const weight = weights.weights.get(coordinate) ?? weightOfType(field.type);
    return given.reduce((sum, argument) => sum + argument, weight);
  };

  const weightOfType = (type: GraphQLOutputType): number => {
    const named = getNamedType(type);
    return weights.weights.get(named.name) ?? (isCompositeType(named) ? 1 : 0);
  };

  return termOfSet;
}

/** @returns The size the arguments or the schema give; `null` where neither says anything. */
function compileSize(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  list: ListSize | undefined,
): (variables: Readonly<Record<string, unknown>>) => number | null {
  if (!list) return () => null;
  const slices = list.slicingArguments.map((name) => {
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    const fallback = field.args.find((argument) => argument.name === name)?.defaultValue;
    return (variables: Readonly<Record<string, unknown>>) => numberOf(given, variables) ?? numberOrNull(fallback);
  });
  return (variables) => {
    const sizes = slices.map((slice) => slice(variables)).filter((size) => size !== null);
    return sizes.length > 0 ? Math.max(0, ...sizes) : list.assumedSize;
  };
}

function numberOf(value: ValueNode | undefined, variables: Readonly<Record<string, unknown>>): number | null {
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind !== Kind.VARIABLE) return null;
  const { value: name } = value.name;
  // A variable may be called `constructor`.
  return Object.hasOwn(variables, name) ? numberOrNull(variables[name]) : null;
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const isFragment = (node: { readonly kind: string }): node is FragmentDefinitionNode =>
  node.kind === Kind.FRAGMENT_DEFINITION;
