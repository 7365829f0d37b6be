import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  stripIgnoredCharacters,
} from 'graphql';
import type { FetchNode, FetchVariable, Joint, PlanNode } from './plan.js';

/** Whether an object could be of both types. */
export type MayOverlap = (a: string, b: string) => boolean;

/**
 * Marks the entity fetches of one subgraph that are ready at the same moment, so that they can travel as one request. Only
 * such are put together as ask nothing more of any entity than they would alone: for other types, or for the same of the
 * same type.
 */
export function markJoints(plan: PlanNode, mayOverlap: MayOverlap): PlanNode {
  const joints = new Map<FetchNode, Joint>();
  let nextId = 0;
  const mark = (node: PlanNode): void => {
    if (node.kind === 'Fetch') return;
    if (node.kind === 'Parallel')
      for (const group of groupsOf(firstFetches(node), joints, mayOverlap)) {
        const joint = join(nextId++, group);
        for (const { fetch } of group) joints.set(fetch, joint);
      }
    for (const child of node.nodes) mark(child);
  };
  mark(plan);
  const rebuild = (node: PlanNode): PlanNode => {
    if (node.kind !== 'Fetch') return { ...node, nodes: node.nodes.map(rebuild) };
    const joint = joints.get(node);
    return joint ? { ...node, joint } : node;
  };
  return joints.size > 0 ? rebuild(plan) : plan;
}

interface Member {
  readonly fetch: FetchNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: readonly Fragment[];
}

interface Fragment {
  readonly type: string;
  readonly text: string;
  readonly node: SelectionNode;
}

/** What starts as soon as the node does. */
function firstFetches(node: PlanNode): FetchNode[] {
  if (node.kind === 'Fetch') return [node];
  if (node.kind === 'Parallel') return node.nodes.flatMap(firstFetches);
  return node.nodes.slice(0, 1).flatMap(firstFetches);
}

function groupsOf(
  fetches: readonly FetchNode[],
  taken: ReadonlyMap<FetchNode, Joint>,
  mayOverlap: MayOverlap,
): Member[][] {
  const groups: Member[][] = [];
  for (const fetch of fetches) {
    const member = taken.has(fetch) ? null : readMember(fetch);
    if (!member) continue;
    const group = groups.find(
      ([first, ...others]) =>
        first?.fetch.subgraph === fetch.subgraph &&
        [first, ...others].every((other) => fitTogether(other, member, mayOverlap)),
    );
    if (group) group.push(member);
    else groups.push([member]);
  }
  return groups.filter((group) => group.length > 1);
}

/** @returns `null` for a fetch that has to travel alone. */
function readMember(fetch: FetchNode): Member | null {
  if (!fetch.requires || fetch.operationKind !== 'query' || fetch.contexts.length > 0) return null;
  const [operation, ...more] = parse(fetch.operation, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || more.length > 0) return null;
  const fragments = entitiesOf(operation)?.selectionSet?.selections.map((node): Fragment | null =>
    node.kind === Kind.INLINE_FRAGMENT && node.typeCondition
      ? { type: node.typeCondition.name.value, text: print(node), node }
      : null,
  );
  if (!fragments || fragments.includes(null)) return null;
  return { fetch, operation, fragments: fragments.filter((fragment) => fragment !== null) };
}

const fitTogether = (a: Member, b: Member, mayOverlap: MayOverlap): boolean =>
  a.fragments.every((mine) =>
    b.fragments.every(({ type, text }) => text === mine.text || !mayOverlap(type, mine.type)),
  );

function entitiesOf(operation: OperationDefinitionNode): FieldNode | null {
  const [field] = operation.selectionSet.selections;
  return field?.kind === Kind.FIELD && field.name.value === '_entities' ? field : null;
}

function join(id: number, members: readonly Member[]): Joint {
  const [first] = members as [Member, ...Member[]];
  const field = entitiesOf(first.operation) as FieldNode;
  const fragments = new Map(
    members.flatMap((member) => member.fragments.map(({ text, node }) => [text, node] as const)),
  );
  const definitions = members.flatMap(({ operation }) => operation.variableDefinitions ?? []);
  const operation: OperationDefinitionNode = {
    ...first.operation,
    variableDefinitions: uniqueBy(definitions, ({ variable }) => variable.name.value),
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [{ ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: [...fragments.values()] } }],
    },
  };
  const variables: FetchVariable[] = uniqueBy(
    members.flatMap(({ fetch }) => fetch.variables),
    ({ name }) => name,
  );
  return { id, operation: stripIgnoredCharacters(print(operation)), variables };
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
