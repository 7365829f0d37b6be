import { Kind, parse, print, type SelectionSetNode } from 'graphql';
import type { FetchNode, PlanNode, Required } from './plan.js';
import { type Requirements, requirementAt } from './read-requirements.js';

/**
 * Writes a plan for people: steps indented by what they are part of, and for each fetch whom it asks, where its answer
 * belongs, what it needs and its operation. Subgraphs appear by name only.
 */
export function writePlan(plan: PlanNode | null, requirements: Requirements): string {
  if (!plan) return 'No subgraph is asked.';
  return write(plan, requirements).join('\n');
}

function write(node: PlanNode, requirements: Requirements): string[] {
  if (node.kind === 'Fetch') return writeFetch(node, requirements);
  const heading = node.kind === 'Sequence' ? 'One after the other' : 'At the same time';
  return [heading, ...node.nodes.flatMap((inner) => write(inner, requirements)).map(indent)];
}

function writeFetch(fetch: FetchNode, requirements: Requirements): string[] {
  const { subgraph, path, joint } = fetch;
  const place = path.length > 0 ? `, into ${path.join('.')}` : '';
  const request = joint ?? fetch;
  const details = [
    ...(joint ? [`sent as one with each other fetch of request ${joint.id}`] : []),
    ...(fetch.requires ?? []).map((required) => `needs ${writeRequired(required)}`),
    ...requirementsOf(fetch, requirements),
    ...request.variables.filter(({ name, from }) => name !== from).map(({ name, from }) => `$${name} is $${from}`),
    ...fetch.contexts.map(({ variable, path: source }) => `$${variable} is read from ${source.join('.')}`),
    ...print(parse(request.operation, { noLocation: true })).split('\n'),
  ];
  return [`Fetch from ${subgraph}${place}`, ...details.map(indent)];
}

const indent = (line: string): string => `  ${line}`;

function writeRequired(required: Required): string {
  if (required.kind === 'Fragment') {
    const condition = required.type === null ? '...' : `... on ${required.type}`;
    return `${condition} ${writeSet(required.selections)}`;
  }
  const { name, from, selections } = required;
  const field = name === from ? name : `${name}: ${from}`;
  return selections ? `${field} ${writeSet(selections)}` : field;
}

const writeSet = (selections: readonly Required[]): string => `{ ${selections.map(writeRequired).join(' ')} }`;

/** Which of the fields that are asked for here need others to be there first. */
function requirementsOf({ subgraph, operation, requires }: FetchNode, requirements: Requirements): string[] {
  if (!requires) return [];
  const lines = coordinatesOf(operation).flatMap((coordinate) => {
    const needed = requirements.get(requirementAt(subgraph, coordinate));
    return needed === undefined ? [] : [`${coordinate} requires ${needed}`];
  });
  return [...new Set(lines)];
}

/** Fields of the entities that an operation asks for. */
function coordinatesOf(operation: string): string[] {
  const document = parse(operation, { noLocation: true });
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const collect = (set: SelectionSetNode | undefined, type: string): string[] =>
    (set?.selections ?? []).flatMap((selection) => {
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (inner === undefined) return [];
      if (inner.kind !== Kind.FIELD) return collect(inner.selectionSet, inner.typeCondition?.name.value ?? type);
      return inner.name.value === '_entities' ? collect(inner.selectionSet, '') : [`${type}.${inner.name.value}`];
    });
  return document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? collect(node.selectionSet, '') : [],
  );
}
