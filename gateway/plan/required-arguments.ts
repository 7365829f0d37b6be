import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { freeName } from './canonical.js';

/**
 * The planner knows a required field by its name alone, so `@requires(fields: "price(currency: USD)")` and
 * `@requires(fields: "price(currency: EUR)")` on two fields become one `price` with the value of either. Here each
 * combination of field and arguments becomes a field of its own (`price_0`, `price_1`) that exists for the planner only;
 * `restore.ts` turns it back into `price_0: price(currency: USD)` in what subgraphs are asked.
 */
export interface StandIn {
  readonly name: string;
  /** The field it stands for, with its arguments. */
  readonly field: FieldNode;
}

export interface PreparedRequirements {
  readonly document: DocumentNode;
  readonly standIns: ReadonlyMap<string, StandIn>;
  /** The rewritten `requires` by graph, type and field: `requirementKey`. */
  readonly requirements: ReadonlyMap<string, SelectionSetNode>;
}

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

export const requirementKey = (graph: string, type: string, field: string): string => `${graph} ${type}.${field}`;

export const parseFieldSet = (fields: string): SelectionSetNode =>
  (parse(`{${fields}}`, { noLocation: true }).definitions[0] as OperationDefinitionNode).selectionSet;

/** @param joinField Name of the directive `@join__field`. */
export function prepareRequirements(document: DocumentNode, taken: ReadonlySet<string>): PreparedRequirements {
  const types = new Map(document.definitions.filter(isComposite).map((type) => [type.name.value, type]));
  const work: Work = { types, standIns: new Map(), byKey: new Map(), used: new Set(taken), added: new Map() };
  const requirements = new Map<string, SelectionSetNode>();
  const rewritten = new Map<string, Composite>();
  for (const type of types.values()) {
    const fields = (type.fields ?? []).map((field) => rewriteField(field, type, work, requirements));
    rewritten.set(type.name.value, { ...type, fields });
  }
  if (work.standIns.size === 0) return { document, standIns: work.standIns, requirements };
  const definitions = document.definitions.map((definition) => withStandIns(definition, rewritten, work.added));
  return { document: { ...document, definitions }, standIns: work.standIns, requirements };
}

export const isComposite = (definition: DefinitionNode): definition is Composite =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

interface Work {
  readonly types: ReadonlyMap<string, Composite>;
  readonly standIns: Map<string, StandIn>;
  readonly byKey: Map<string, string>;
  readonly used: Set<string>;
  /** Stand-in → original field name, by type. */
  readonly added: Map<string, Map<string, string>>;
}

function rewriteField(
  field: FieldDefinitionNode,
  type: Composite,
  work: Work,
  requirements: Map<string, SelectionSetNode>,
): FieldDefinitionNode {
  const directives = field.directives?.map((directive) => {
    const requires = argumentOf(directive, 'requires');
    if (directive.name.value !== 'join__field' || requires?.kind !== Kind.STRING) return directive;
    const set = rewriteSet(parseFieldSet(requires.value), type.name.value, work);
    const graph = argumentOf(directive, 'graph');
    if (graph?.kind === Kind.ENUM)
      requirements.set(requirementKey(graph.value, type.name.value, field.name.value), set);
    return withArgument(directive, 'requires', printFieldSet(set));
  });
  return directives ? { ...field, directives } : field;
}

function rewriteSet(set: SelectionSetNode, type: string, work: Work): SelectionSetNode {
  return { ...set, selections: set.selections.map((selection) => rewriteSelection(selection, type, work)) };
}

function rewriteSelection(selection: SelectionNode, type: string, work: Work): SelectionNode {
  if (selection.kind === Kind.FRAGMENT_SPREAD) return selection;
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const inner = selection.typeCondition?.name.value ?? type;
    return { ...selection, selectionSet: rewriteSet(selection.selectionSet, inner, work) };
  }
  const below = namedType(fieldOf(work.types, type, selection.name.value)?.type);
  const selectionSet = selection.selectionSet && below ? rewriteSet(selection.selectionSet, below, work) : undefined;
  const inner = selectionSet ? { ...selection, selectionSet } : selection;
  if (!selection.arguments?.length) return inner;
  const { arguments: _, ...plain } = inner;
  return { ...plain, name: { kind: Kind.NAME, value: standInFor(selection, type, work) } };
}

function standInFor(field: FieldNode, type: string, work: Work): string {
  const key = `${field.name.value}(${field.arguments?.map((argument) => print(argument)).join()})`;
  const name = work.byKey.get(key) ?? freeName(field.name.value, work.used);
  work.byKey.set(key, name);
  const { selectionSet: _, alias: __, ...bare } = field;
  work.standIns.set(name, { name, field: bare });
  for (const member of familyOf(type, field.name.value, work.types)) {
    const fields = work.added.get(member) ?? new Map<string, string>();
    work.added.set(member, fields.set(name, field.name.value));
  }
  return name;
}

/** The type and all that share the field with it through interfaces: an interface object may be what provides it. */
function familyOf(type: string, field: string, types: ReadonlyMap<string, Composite>): Set<string> {
  const family = new Set([type]);
  for (const member of family)
    for (const other of types.values()) {
      const related = isBelow(other, member) || isBelow(types.get(member), other.name.value);
      if (related && fieldOf(types, other.name.value, field)) family.add(other.name.value);
    }
  return family;
}

const isBelow = (type: Composite | undefined, name: string): boolean =>
  type?.interfaces?.some((parent) => parent.name.value === name) ?? false;

function withStandIns(
  definition: DefinitionNode,
  rewritten: ReadonlyMap<string, Composite>,
  added: Work['added'],
): DefinitionNode {
  if (!isComposite(definition)) return definition;
  const type = rewritten.get(definition.name.value) ?? definition;
  const standIns = [...(added.get(type.name.value) ?? [])].flatMap(([name, original]) => {
    const field = type.fields?.find((other) => other.name.value === original);
    const { arguments: _, ...plain } = field ?? { arguments: undefined };
    return field ? [{ ...plain, name: { kind: Kind.NAME, value: name } } as FieldDefinitionNode] : [];
  });
  return { ...type, fields: [...(type.fields ?? []), ...standIns] };
}

const fieldOf = (types: ReadonlyMap<string, Composite>, type: string, field: string): FieldDefinitionNode | undefined =>
  types.get(type)?.fields?.find((other) => other.name.value === field);

function namedType(type: TypeNode | undefined): string | undefined {
  if (!type) return undefined;
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

export const argumentOf = (directive: ConstDirectiveNode, name: string) =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;

const withArgument = (directive: ConstDirectiveNode, name: string, value: string): ConstDirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).map((argument) =>
    argument.name.value === name ? { ...argument, value: { kind: Kind.STRING, value } } : argument,
  ),
});

const printFieldSet = (set: SelectionSetNode): string => set.selections.map((selection) => print(selection)).join(' ');
