import {
  baseType,
  type CompositeType,
  federationMetadata,
  isCompositeType,
  SelectionSet,
} from '@apollo/federation-internals';

/**
 * Keeps the planner from asking a subgraph for fields that it only knows as external.
 *
 * After a `@requires` the planner moves what is required up into the fetch before, if that subgraph has fields of these
 * names (`SelectionSet.canRebaseOn`, @apollo/query-planner 2.14 `handleRequiresTree`), and does not ask whether it can
 * resolve them. Answering "no" there is always safe: the fields are then fetched where they were found. This may go when
 * that check looks at `@external` itself.
 */
export function refuseToRebaseOnExternalFields(): void {
  const prototype = SelectionSet.prototype as SelectionSet & { [IS_PATCHED]?: true };
  if (prototype[IS_PATCHED]) return;
  const canRebaseOn = prototype.canRebaseOn;
  prototype.canRebaseOn = function (this: SelectionSet, parentType: CompositeType): boolean {
    return canRebaseOn.call(this, parentType) && !selectsExternal(this, parentType);
  };
  prototype[IS_PATCHED] = true;
}

const IS_PATCHED = Symbol('refuses external fields');

function selectsExternal(selections: SelectionSet, parentType: CompositeType): boolean {
  const metadata = federationMetadata(parentType.schema());
  if (!metadata) return false;
  return selections.selections().some((selection) => {
    if (selection.kind === 'FragmentSelection') {
      const condition = selection.element.typeCondition;
      const type = condition ? parentType.schema().type(condition.name) : parentType;
      return type !== undefined && isCompositeType(type) && selectsExternal(selection.selectionSet, type);
    }
    const field = parentType.field(selection.element.name);
    if (!field) return false;
    if (metadata.isFieldExternal(field)) return true;
    const below = field.type && baseType(field.type);
    return (
      selection.selectionSet !== undefined &&
      below !== undefined &&
      isCompositeType(below) &&
      selectsExternal(selection.selectionSet, below)
    );
  });
}
