import {
  type ArgumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import type { SchemaFacts } from './schema-facts.js';
import { createFamilies, type Families } from './type-families.js';

type Data = Readonly<Record<string, unknown>>;

/** What of the objects at one place of an answer the operation says. */
export interface RecordPlace {
  /** Object types they may be of, where they do not say it themselves. */
  readonly types: Set<string>;
  /** By response key. */
  readonly fields: Map<string, PlaceField>;
  /** Given to its fields, where they may name a municipality. */
  readonly args: ArgumentNode[];
  readonly families: Families;
}

export interface PlaceField {
  /** Fields of the schema, each with the types it is asked of; several have one response key where types differ. */
  readonly names: Map<string, Set<string>>;
  readonly below: RecordPlace;
}

/** A field of the root type, with its arguments as the variables make them. */
export interface AskedField {
  readonly name: string;
  readonly argumentsFor: (variables: Data) => Data;
}

export interface OperationNodes {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

type Facts = Pick<SchemaFacts, 'composites' | 'possibleTypes' | 'keys'>;

/** What a subgraph operation may answer, worked out once. */
export function readRecordPlace({ operation, fragments }: OperationNodes, facts: Facts): RecordPlace {
  const families = createFamilies(facts);
  const create = (): RecordPlace => ({ types: new Set(), fields: new Map(), args: [], families });
  const root = create();
  visitSet(operation.selectionSet, 'Query', root);
  return root;

  function visitSet(set: SelectionSetNode, type: string, into: RecordPlace): void {
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) visitField(node, type, into);
      else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        if (fragment) visitSet(fragment.selectionSet, fragment.typeCondition?.name.value ?? type, into);
      }
    }
  }

  function visitField({ alias, name, arguments: args = [], selectionSet }: FieldNode, type: string, into: RecordPlace) {
    const key = (alias ?? name).value;
    const found: PlaceField = into.fields.get(key) ?? { names: new Map(), below: create() };
    into.fields.set(key, found);
    found.names.set(name.value, (found.names.get(name.value) ?? new Set()).add(type));
    into.args.push(...args.filter(mayNameMunicipality));
    if (!selectionSet) return;
    const composite = facts.composites.get(`${type}.${name.value}`) ?? '';
    if (composite !== '') for (const one of families.objectsOf(composite)) found.below.types.add(one);
    visitSet(selectionSet, composite, found.below);
  }
}

/** Whether any field at any depth is one that not everybody may read, of any type it may be asked of. */
export const holdsPersonal = (
  { fields, families }: RecordPlace,
  isPersonal: (coordinate: string) => boolean,
): boolean =>
  [...fields.values()].some(
    ({ names, below }) =>
      [...names].some(([name, types]) =>
        [...types].some((type) => [type, ...families.objectsOf(type)].some((each) => isPersonal(`${each}.${name}`))),
      ) || holdsPersonal(below, isPersonal),
  );

const mayNameMunicipality = ({ name, value }: ArgumentNode): boolean =>
  name.value === 'ags' || value.kind === Kind.OBJECT || value.kind === Kind.LIST || value.kind === Kind.VARIABLE;

/** Arguments as the variables make them. */
export const toArguments = (args: readonly ArgumentNode[], variables: Data): Data =>
  Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));

/** The root fields of an operation; the same field may be asked for several times. */
export function readAskedFields({ operation, fragments }: OperationNodes): AskedField[] {
  const inSet = (set: SelectionSetNode): AskedField[] =>
    set.selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [toAskedField(node)];
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      return fragment ? inSet(fragment.selectionSet) : [];
    });
  return inSet(operation.selectionSet);
}

const toAskedField = ({ name, arguments: args = [] }: FieldNode): AskedField => ({
  name: name.value,
  argumentsFor: (variables) => toArguments(args, variables),
});
