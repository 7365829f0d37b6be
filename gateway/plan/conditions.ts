import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Conditions } from './plan.js';

/** Names of the variables that decide which fields an operation has. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = isCondition(directive) ? directive.arguments?.[0]?.value : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Whether a selection with these directives counts. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, conditions: Conditions): boolean {
  for (const directive of directives ?? []) {
    if (!isCondition(directive)) continue;
    const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
    const holds =
      value?.kind === Kind.VARIABLE
        ? conditions.get(value.name.value) === true
        : value?.kind === Kind.BOOLEAN && value.value;
    if (holds !== (directive.name.value === 'include')) return false;
  }
  return true;
}

/**
 * The document without what its conditions leave out, and without conditions. A planner that only knows a condition by
 * name asks for more than is needed, and waits for inputs of fields that nobody wants.
 */
export function applyConditions(document: DocumentNode, conditions: Conditions): DocumentNode {
  const keep = <T extends SelectionNode>(selection: T): T | null | undefined => {
    if (!selection.directives?.some(isCondition)) return undefined;
    if (!isIncluded(selection.directives, conditions)) return null;
    return { ...selection, directives: selection.directives.filter((directive) => !isCondition(directive)) };
  };
  return visit(document, {
    Field: { enter: (field) => keep(field) },
    InlineFragment: { enter: (fragment) => keep(fragment) },
    FragmentSpread: { enter: (spread) => keep(spread) },
    // An object whose every field is left out is still asked for: it may be null.
    SelectionSet: { leave: (set) => (set.selections.length > 0 ? undefined : JUST_TYPENAME) },
  });
}

/** Whether the operation asks for anything but the schema itself. */
export function asksSubgraphs(fields: Iterable<FieldNode>): boolean {
  for (const { name } of fields) if (!name.value.startsWith('__')) return true;
  return false;
}

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

/** In place of a selection that nothing is left of. */
export const JUST_TYPENAME: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
