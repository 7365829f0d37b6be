import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Kind, visit } from 'graphql';

/** A parsed and valid operation, as the phases before execution judge it. */
export interface Operation {
  /** What clients see of the supergraph. */
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  /** The operation asked for; the same object for equal text, so that what is computed from it can be kept. */
  readonly definition: OperationDefinitionNode;
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The operation and the fragments it uses, directly or not, each once. */
export function definitionsOf({
  document,
  definition,
}: Pick<Operation, 'document' | 'definition'>): (OperationDefinitionNode | FragmentDefinitionNode)[] {
  const used = new Set<OperationDefinitionNode | FragmentDefinitionNode>([definition]);
  for (const node of used)
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = document.definitions.find(
          (other) => other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === name.value,
        );
        if (fragment) used.add(fragment as FragmentDefinitionNode);
      },
    });
  return [...used];
}
