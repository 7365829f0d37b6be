import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { selectFields } from '../execute/select-fields.js';
import { type Registers, registerOfRecord } from '../registers.js';
import { fragmentsOf } from './canonical.js';

export interface KeyParts {
  readonly schema: GraphQLSchema;
  readonly registers: Registers;
  /** Response name of a key field; its own where nothing is said, which is free in a canonical document. */
  readonly nameOf?: (field: string) => string;
  /** Response name under which objects of abstract types tell their own type. */
  readonly typename?: string;
}

/**
 * Adds the key to every entity of which personal data is asked, or that is personal as such, so that the log can say whose
 * record was sent. Only what subgraphs are asked changes: the client's answer is made of the client's own document.
 *
 * @param document Without conditions.
 */
export function completeKeys(document: DocumentNode, parts: KeyParts): DocumentNode {
  const types = new TypeInfo(parts.schema);
  const fragments = fragmentsOf(document);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        leave(field) {
          const type = getNamedType(types.getType());
          if (!field.selectionSet || !type || !isCompositeType(type)) return undefined;
          const added = keysFor(field.selectionSet, type, { ...parts, fragments });
          if (added.length === 0) return undefined;
          const selections = [...field.selectionSet.selections, ...added];
          return { ...field, selectionSet: { ...field.selectionSet, selections } };
        },
      },
    }),
  );
}

interface Known extends KeyParts {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function keysFor(set: SelectionSetNode, type: GraphQLCompositeType, known: Known): SelectionNode[] {
  const typename = isAbstractType(type) && known.typename ? [fieldNode('__typename', known.typename)] : [];
  const { keys } = known.registers;
  const asked = [type, ...possibleTypes(type, known)].filter(
    ({ name }) =>
      (keys.get(name)?.length ?? 0) > 0 &&
      (registerOfRecord(name, known.registers) !== null || isPersonal(set, name, known)),
  );
  if (asked.length === 0) return typename;
  const own = keys.get(type.name) ?? [];
  const direct = own.length > 0 ? keyFields(own, set, known) : [];
  // Where the interface itself has the key, every type below has it too.
  const rest = asked.filter(({ name }) => own.length === 0 || !sameNames(keys.get(name) ?? [], own));
  const narrowed = rest.map(({ name }): SelectionNode => {
    const selectionSet: SelectionSetNode = {
      kind: Kind.SELECTION_SET,
      selections: keyFields(keys.get(name) ?? [], null, known),
    };
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
  });
  return [...typename, ...direct, ...narrowed];
}

const possibleTypes = (type: GraphQLCompositeType, { schema }: Known) =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : [];

/** Whether an object of this type tells anything personal of itself, down to the next entities. */
function isPersonal(set: SelectionSetNode, typeName: string, known: Known): boolean {
  const type = known.schema.getType(typeName);
  if (!isCompositeType(type)) return false;
  for (const [, nodes] of selectFields(known, type, [set], NO_CONDITIONS)) {
    const name = nodes[0]?.name.value ?? '';
    if (known.registers.registers.has(`${typeName}.${name}`)) return true;
    const definition = 'getFields' in type ? type.getFields()[name] : undefined;
    const inner = definition && getNamedType(definition.type);
    if (inner && isCompositeType(inner) && nodes.some((node) => isPersonalInside(node, inner, known))) return true;
  }
  return false;
}

const isPersonalInside = ({ selectionSet }: FieldNode, type: GraphQLCompositeType, known: Known): boolean =>
  selectionSet !== undefined &&
  [type, ...possibleTypes(type, known)].some(
    ({ name }) => !known.registers.keys.has(name) && isPersonal(selectionSet, name, known),
  );

/** @param beside Where they go: what is there already is not asked twice. */
function keyFields(names: readonly string[], beside: SelectionSetNode | null, { nameOf }: Known): FieldNode[] {
  const isThere = (name: string): boolean =>
    beside?.selections.some((one) => one.kind === Kind.FIELD && !one.alias && one.name.value === name) ?? false;
  return names.filter((name) => nameOf || !isThere(name)).map((name) => fieldNode(name, nameOf?.(name)));
}

const fieldNode = (name: string, alias: string | undefined): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: name },
  ...(alias !== undefined && { alias: { kind: Kind.NAME, value: alias } }),
});

const sameNames = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

const NO_CONDITIONS: ReadonlyMap<string, boolean> = new Map();
