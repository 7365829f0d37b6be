import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Denial } from '../authorize/decision.js';
import { definitionsOf } from '../operation.js';
import { JUST_TYPENAME } from './conditions.js';

/** The places of an operation that are not answered, with what its caller is told there. */
export type DeniedFields = ReadonlyMap<FieldNode, Denial>;

export interface DenyParts {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/** @param denied By coordinate as the operation selects it: through an interface, that of the interface. */
export function findDenied(parts: DenyParts, denied: ReadonlyMap<string, Denial>): DeniedFields {
  const found = new Map<FieldNode, Denial>();
  const types = new TypeInfo(parts.schema);
  const visitor = visitWithTypeInfo(types, {
    Field(field) {
      const denial = denied.get(`${types.getParentType()?.name}.${field.name.value}`);
      if (denial) found.set(field, denial);
    },
  });
  for (const definition of definitionsOf(parts)) visit(definition, visitor);
  return found;
}

/**
 * The operation alone, without the fields that are denied and without what only they used, so that nothing of them is
 * planned or sent. What stood around them stays: whether it is there decides whether a denial is told.
 */
export function withoutDenied(parts: DenyParts, denied: DeniedFields): DocumentNode {
  const prune = <T extends OperationDefinitionNode | ReturnType<typeof definitionsOf>[number]>(node: T): T =>
    visit(node, {
      Field: { enter: (field) => (denied.has(field) ? null : undefined) },
      SelectionSet: { leave: (set) => (set.selections.length > 0 ? undefined : JUST_TYPENAME) },
    }) as T;
  const definition = prune(parts.definition);
  const fragments = parts.document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION).map(prune);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition, ...fragments] };
  const [operation = definition, ...used] = definitionsOf({ document, definition });
  return { kind: Kind.DOCUMENT, definitions: [withUsedVariables(operation as OperationDefinitionNode, used), ...used] };
}

function withUsedVariables(
  operation: OperationDefinitionNode,
  fragments: readonly ReturnType<typeof definitionsOf>[number][],
): OperationDefinitionNode {
  const used = new Set<string>();
  const note = { Variable: ({ name }: { name: { value: string } }) => void used.add(name.value) };
  for (const node of [operation.selectionSet, ...(operation.directives ?? []), ...fragments]) visit(node, note);
  const variableDefinitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return { ...operation, variableDefinitions };
}
