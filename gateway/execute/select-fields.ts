import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded } from '../plan/conditions.js';
import type { Conditions } from '../plan/plan.js';

export interface Document {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * The fields of an object in the order in which the GraphQL specification (6.3.2, CollectFields) answers them.
 *
 * @param type The object's type; an abstract type where only that much is known of it.
 */
export function selectFields(
  { schema, fragments }: Document,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  conditions: Conditions,
): ReadonlyMap<string, readonly FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  const meets = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const above = schema.getType(condition);
    return isAbstractType(above) && 'getFields' in type && schema.isSubType(above, type);
  };
  const add = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, conditions)) continue;
      if (selection.kind === Kind.FIELD) push(fields, selection.alias?.value ?? selection.name.value, selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (meets(selection.typeCondition?.name.value)) add(selection.selectionSet);
      } else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment && meets(fragment.typeCondition.name.value)) add(fragment.selectionSet);
      }
    }
  };
  for (const set of sets) add(set);
  return fields;
}

function push(fields: Map<string, FieldNode[]>, key: string, field: FieldNode): void {
  const known = fields.get(key);
  if (known) known.push(field);
  else fields.set(key, [field]);
}
