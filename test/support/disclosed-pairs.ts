import {
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Registers } from '../../gateway/registers.js';

/**
 * Another way to the same truth: the operation asked again with every key and type name beside what the client wants,
 * under names that no client uses, and the JSON answer walked with the schema in hand.
 */
const KEY = 'zzKey_';
const TYPE = 'zzType';

const field = (name: string, alias: string): FieldNode => ({
  kind: 'Field' as FieldNode['kind'],
  alias: { kind: 'Name' as never, value: alias },
  name: { kind: 'Name' as never, value: name },
});

/** The operation with the key of every entity in it. */
export function withEveryKey(query: string, schema: GraphQLSchema, { keys }: Registers): string {
  const types = new TypeInfo(schema);
  const document = visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: {
        leave(node) {
          const type = getNamedType(types.getType());
          if (!node.selectionSet || !isCompositeType(type)) return undefined;
          const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
          const added = possible.flatMap(({ name }): SelectionNode[] => {
            const selections = (keys.get(name) ?? []).map((key) => field(key, `${KEY}${name}_${key}`));
            if (selections.length === 0) return [];
            const typeCondition = { kind: 'NamedType', name: { kind: 'Name', value: name } } as never;
            return [
              {
                kind: 'InlineFragment' as never,
                typeCondition,
                selectionSet: { kind: 'SelectionSet' as never, selections },
              },
            ];
          });
          const selections = [...node.selectionSet.selections, field('__typename', TYPE), ...added];
          return { ...node, selectionSet: { ...node.selectionSet, selections } };
        },
      },
    }),
  );
  return print(document);
}

/** The (record, field) pairs of an answer to `withEveryKey`, sorted: `Type{"key":"value"} Type.field`. */
export function pairsOf(
  data: unknown,
  {
    query,
    schema,
    registers,
    name,
    variables,
  }: {
    readonly query: string;
    readonly schema: GraphQLSchema;
    readonly registers: Registers;
    /** Operation to take, where there are several. */
    readonly name: string | undefined;
    readonly variables: Readonly<Record<string, unknown>>;
  },
): string[] {
  const document = parse(query);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition' && one.name?.value === name,
  );
  const isWanted = ({ directives }: SelectionNode): boolean =>
    (directives ?? []).every(({ name: { value: word }, arguments: args }) => {
      if (word !== 'skip' && word !== 'include') return true;
      const given = args?.[0]?.value;
      const defaults = operation?.variableDefinitions?.find(
        ({ variable }) => given?.kind === 'Variable' && variable.name.value === given.name.value,
      )?.defaultValue;
      const told = given?.kind === 'Variable' ? variables[given.name.value] : undefined;
      const constant = given?.kind === 'Variable' ? defaults : given;
      const isTrue = told ?? (constant?.kind === 'BooleanValue' && constant.value);
      return isTrue === (word === 'include');
    });
  const found = new Set<string>();
  const walk = (value: unknown, typeName: string, record: string | null, sets: readonly SelectionSetNode[]): void => {
    if (Array.isArray(value)) {
      for (const element of value) walk(element, typeName, record, sets);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const object = value as Record<string, unknown>;
    const runtime = typeof object[TYPE] === 'string' ? object[TYPE] : typeName;
    const type = schema.getType(runtime);
    if (!isObjectType(type)) return;
    const key = registers.keys.get(runtime);
    const keyed = key
      ?.map((each) => [each, object[`${KEY}${runtime}_${each}`]] as const)
      .filter(([, told]) => told !== null && told !== undefined)
      .map(([each, told]) => [each, String(told)] as const);
    const own = keyed ? `${runtime}${JSON.stringify(Object.fromEntries(keyed))}` : record;
    for (const [response, nodes] of selected(sets, type.name)) {
      const told = object[response];
      const [node] = nodes;
      if (!node || told === null || told === undefined || node.name.value.startsWith('__')) continue;
      const definition = type.getFields()[node.name.value];
      if (!definition) continue;
      const inner = getNamedType(definition.type);
      const coordinate = `${runtime}.${node.name.value}`;
      const isOfRecord = own !== null || !isCompositeType(inner);
      if (registers.registers.has(coordinate) && isOfRecord) found.add(`${own ?? ''} ${coordinate}`);
      if (isCompositeType(inner))
        walk(
          told,
          inner.name,
          own,
          nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        );
    }
  };
  const selected = (sets: readonly SelectionSetNode[], typeName: string): Map<string, FieldNode[]> => {
    const all = new Map<string, FieldNode[]>();
    const fits = (condition: string | undefined): boolean => {
      const type = condition === undefined ? undefined : schema.getType(condition);
      const runtime = schema.getType(typeName);
      return (
        condition === undefined ||
        condition === typeName ||
        (isAbstractType(type) && isObjectType(runtime) && schema.isSubType(type, runtime))
      );
    };
    const add = (set: SelectionSetNode): void => {
      for (const one of set.selections) {
        if (!isWanted(one)) continue;
        if (one.kind === 'Field') {
          const response = one.alias?.value ?? one.name.value;
          all.set(response, [...(all.get(response) ?? []), one]);
        } else if (one.kind === 'InlineFragment') {
          if (fits(one.typeCondition?.name.value)) add(one.selectionSet);
        } else {
          const fragment = document.definitions.find(
            (each) => each.kind === 'FragmentDefinition' && each.name.value === one.name.value,
          );
          if (fragment?.kind === 'FragmentDefinition' && fits(fragment.typeCondition.name.value))
            add(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) add(set);
    return all;
  };
  const root = operation && schema.getRootType(operation.operation);
  if (operation && root) walk(data, root.name, null, [operation.selectionSet]);
  return [...found].sort();
}
