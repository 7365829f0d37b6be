import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';

/**
 * A planner joins what subgraphs send by response name: keys, required fields and what the client asked for live side
 * by side in one object. So response names must mean one thing only. `canonicalize` gives every field a name made from
 * the field itself and never from the client: the plain field name without arguments, and for each combination of field
 * and arguments one of its own, of which the first is the plain name where nothing else can be. Client aliases (`id: name`, `__proto__: id`) come back when the answer is shaped.
 */
export interface CanonicalOperation {
  readonly document: DocumentNode;
  /** Canonical name by `fieldKey`; a field that is not in it keeps its plain name. */
  readonly names: ReadonlyMap<string, string>;
  /** Client's name of each variable that had to be renamed. */
  readonly variables: ReadonlyMap<string, string>;
}

export interface KnownNames {
  /** Every field name of the supergraph: no canonical name may look like one. */
  readonly fieldNames: ReadonlySet<string>;
  /** Names in keys and requirements: the planner asks for such fields itself, without arguments. */
  readonly requiredNames: ReadonlySet<string>;
}

export function canonicalize(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { fieldNames, requiredNames }: KnownNames,
): CanonicalOperation {
  const names = new Map<string, string>();
  const variables = new Map<string, string>();
  const roots = operation.operation === 'mutation' ? rootFields(document, operation) : null;
  const used = new Set(fieldNames);
  const keyOf = (field: FieldNode): string => fieldKey(field, roots?.has(field) ?? false);
  // Names that mean something already.
  const meant = new Set(requiredNames);
  visit(document, {
    Field: (field) => {
      if (keyOf(field) === field.name.value) meant.add(field.name.value);
    },
  });
  const nameOf = (field: FieldNode): string => {
    const plain = field.name.value;
    const key = keyOf(field);
    if (key === plain) return key;
    const known = names.get(key);
    if (known) return known;
    const name = meant.has(plain) ? freeName(plain, used) : plain;
    meant.add(plain);
    names.set(key, name);
    return name;
  };
  const canonical = visit(document, {
    Field: {
      enter: (field) => {
        const name = nameOf(field);
        const { alias: _, ...plain } = field;
        return name === field.name.value ? plain : { ...plain, alias: { kind: Kind.NAME, value: name } };
      },
    },
    Variable: (variable) => {
      const name = variable.name.value;
      if (!RESERVED_VARIABLE.test(name)) return undefined;
      const renamed = `client_${name}`;
      variables.set(renamed, name);
      return { ...variable, name: { kind: Kind.NAME, value: renamed } };
    },
  });
  return { document: roots ? inOrder(canonical, operation.name?.value) : canonical, names, variables };
}

/** Mutations run in the order in which a client reads them (6.2.2), which the planner loses among fragments. */
function inOrder(document: DocumentNode, operationName: string | undefined): DocumentNode {
  const operation = findOperation(document, operationName);
  if (!operation) return document;
  const fields = new Map<string, FieldNode>();
  for (const field of rootFields(document, operation)) {
    const name = field.alias?.value ?? field.name.value;
    fields.set(name, withMore(fields.get(name) ?? field, fields.has(name) ? field : null));
  }
  const inLine = { ...operation, selectionSet: { ...operation.selectionSet, selections: [...fields.values()] } };
  const definitions = document.definitions.map((definition) => (definition === operation ? inLine : definition));
  return { ...document, definitions };
}

function withMore(field: FieldNode, more: FieldNode | null): FieldNode {
  if (!field.selectionSet || !more?.selectionSet) return field;
  const selections = [...field.selectionSet.selections, ...more.selectionSet.selections];
  return { ...field, selectionSet: { ...field.selectionSet, selections } };
}

/**
 * Equal for two fields that may share one value in one object: the same name and arguments and, for objects, the same
 * response name, because what is wrong inside of one must not cost the other. Mutation fields of the root share nothing:
 * each response name runs once.
 */
export function fieldKey(field: FieldNode, isMutation: boolean): string {
  const name = field.name.value;
  const alias = field.alias?.value ?? name;
  const plain = field.arguments?.length
    ? `${name}(${field.arguments.map((argument) => print(argument)).join()})`
    : name;
  return isMutation || (field.selectionSet && alias !== name) ? `${alias}:${plain}` : plain;
}

/** The fields that a root selects, also through fragments, in the order in which they are answered. */
export function rootFields(document: DocumentNode, operation: OperationDefinitionNode): ReadonlySet<FieldNode> {
  const fragments = fragmentsOf(document);
  const found = new Set<FieldNode>();
  const seen = new Set<string>();
  const add = (set: SelectionSetNode): void => {
    for (const selection of set.selections)
      if (selection.kind === Kind.FIELD) found.add(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) add(fragment.selectionSet);
      }
  };
  add(operation.selectionSet);
  return found;
}

export const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );

export const operationsOf = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

/** @returns `undefined` where the document has no such operation, or several and no name says which. */
export function findOperation(
  document: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | undefined {
  const operations = operationsOf(document);
  if (name === null || name === undefined || name === '') return operations.length === 1 ? operations[0] : undefined;
  return operations.find((operation) => operation.name?.value === name);
}

/** Names the planner uses for variables of its own. */
const RESERVED_VARIABLE = /^(representations$|contextualArgument_|client_)/;

/** The name with the first number that makes it new; it is used then. */
export function freeName(base: string, used: Set<string>): string {
  let number = 0;
  while (used.has(`${base}_${number}`)) number++;
  const name = `${base}_${number}`;
  used.add(name);
  return name;
}
