import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from './canonical.js';
import { JUST_TYPENAME } from './conditions.js';

/** More selections than these are not worth the try. */
const MAX_SELECTIONS = 5000;

/**
 * The operation with every condition on an abstract type below an interface that some subgraph knows as an object written
 * as conditions on the types it stands for: the planner fails on some of the former (@apollo/query-planner 2.14,
 * `terminateWithNonRequestedTypenameField`).
 *
 * @returns `null` where it would become too large.
 */
export function narrowFragments(
  document: DocumentNode,
  definition: OperationDefinitionNode,
  { schema, interfaceObjects }: { readonly schema: GraphQLSchema; readonly interfaceObjects: ReadonlySet<string> },
): DocumentNode | null {
  const root = schema.getRootType(definition.operation);
  if (!root) return null;
  const narrowing = createNarrowing(fragmentsOf(document), schema, interfaceObjects);
  const selectionSet = narrowing.narrow(definition.selectionSet, { type: root, members: [root], isGuarded: false });
  return narrowing.isTooLarge() ? null : { ...document, definitions: [{ ...definition, selectionSet }] };
}

interface At {
  readonly type: GraphQLCompositeType;
  /** Types an object can still be of here. */
  readonly members: readonly GraphQLObjectType[];
  /** Whether the object may come from a subgraph that does not know its type. */
  readonly isGuarded: boolean;
}

function createNarrowing(
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  interfaceObjects: ReadonlySet<string>,
) {
  let size = 0;
  const membersOf = (type: GraphQLCompositeType): readonly GraphQLObjectType[] =>
    isAbstractType(type) ? schema.getPossibleTypes(type) : [type];

  const narrow = (set: SelectionSetNode, at: At): SelectionSetNode => {
    size += set.selections.length;
    if (size > MAX_SELECTIONS) return JUST_TYPENAME;
    const selections = set.selections.flatMap((selection) => narrowSelection(selection, at));
    return selections.length > 0 ? { ...set, selections } : JUST_TYPENAME;
  };

  const narrowSelection = (selection: SelectionNode, at: At): SelectionNode[] => {
    if (selection.kind !== Kind.FIELD) return narrowFragment(selection, at);
    const field = 'getFields' in at.type ? at.type.getFields()[selection.name.value] : undefined;
    const type = field && getNamedType(field.type);
    if (!selection.selectionSet || !isCompositeType(type)) return [selection];
    const inside: At = { type, members: membersOf(type), isGuarded: interfaceObjects.has(type.name) };
    return [{ ...selection, selectionSet: narrow(selection.selectionSet, inside) }];
  };

  const narrowFragment = (selection: Exclude<SelectionNode, { kind: Kind.FIELD }>, at: At): SelectionNode[] => {
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment) return [];
    const condition = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : at.type;
    if (!isCompositeType(condition)) return [];
    const allowed = new Set(membersOf(condition));
    const members = at.members.filter((member) => allowed.has(member));
    if (at.isGuarded && isAbstractType(condition) && members.length < at.members.length)
      return members.map((type) =>
        on(type, narrow(fragment.selectionSet, { type, members: [type], isGuarded: false })),
      );
    if (members.length === 0) return [];
    const isGuarded = at.isGuarded || interfaceObjects.has(condition.name);
    return [on(condition, narrow(fragment.selectionSet, { type: condition, members, isGuarded }))];
  };

  return { narrow, isTooLarge: () => size > MAX_SELECTIONS };
}

const on = (type: GraphQLCompositeType, selectionSet: SelectionSetNode): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
  selectionSet,
});
