import type {
  FetchNode as ApolloFetch,
  PlanNode as ApolloNode,
  FetchDataRewrite,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import type { FetchNode, PlanNode, Required, Rewrite } from './plan.js';

/**
 * `@apollo/query-planner`'s plan as ours.
 *
 * @param clientName Client's name of a variable of the planned operation.
 */
export function convertPlan(node: ApolloNode, clientName: (variable: string) => string): PlanNode {
  const convert = (inner: ApolloNode, path: readonly string[]): PlanNode => {
    switch (inner.kind) {
      case 'Sequence':
        return { kind: 'Sequence', nodes: inner.nodes.map((child) => convert(child, path)) };
      case 'Parallel':
        return { kind: 'Parallel', nodes: inner.nodes.map((child) => convert(child, path)) };
      case 'Flatten':
        return convert(inner.node, [...path, ...flattenPath(inner.path)]);
      case 'Fetch':
        return convertFetch(inner, path, clientName);
      case 'Condition':
      case 'Defer':
        throw new Error(`The planner was not asked for a ${inner.kind} node`);
    }
  };
  return convert(node, []);
}

function convertFetch(
  fetch: ApolloFetch,
  path: readonly string[],
  clientName: (variable: string) => string,
): FetchNode {
  const contexts = fetch.contextRewrites?.map(({ path, renameKeyTo }) => ({ path, variable: renameKeyTo })) ?? [];
  const fromContext = new Set(contexts.map(({ variable }) => variable));
  return {
    kind: 'Fetch',
    subgraph: fetch.serviceName,
    operationKind: fetch.operationKind,
    operation: fetch.operation,
    operationName: fetch.operationName,
    path,
    variables: (fetch.variableUsages ?? [])
      .filter((name) => !fromContext.has(name))
      .map((name) => ({ name, from: clientName(name) })),
    requires: fetch.requires?.map(convertRequired) ?? null,
    inputRewrites: (fetch.inputRewrites ?? []).map(convertRewrite),
    outputRewrites: (fetch.outputRewrites ?? []).map(convertRewrite),
    contexts,
    joint: null,
  };
}

/** Lists are walked wherever they are, so `@` says nothing; an empty first element stands for the root. */
const flattenPath = (path: readonly (string | number)[]): string[] =>
  path.map(String).filter((element) => element !== '@' && element !== '');

function convertRequired(selection: QueryPlanSelectionNode): Required {
  if (selection.kind === 'InlineFragment')
    return {
      kind: 'Fragment',
      type: selection.typeCondition ?? null,
      selections: selection.selections.map(convertRequired),
    };
  return {
    kind: 'Field',
    name: selection.name,
    from: selection.alias ?? selection.name,
    selections: selection.selections?.map(convertRequired) ?? null,
  };
}

const convertRewrite = (rewrite: FetchDataRewrite): Rewrite =>
  rewrite.kind === 'ValueSetter'
    ? { kind: 'set', path: rewrite.path, value: rewrite.setValueTo }
    : { kind: 'rename', path: rewrite.path, to: rewrite.renameKeyTo };
