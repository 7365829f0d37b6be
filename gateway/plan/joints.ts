import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
} from 'graphql';
import type { FetchNode, FetchVariable, Joint, PlanNode } from './plan.js';

/** What has to be known of the subgraphs' schemas. */
export interface SubgraphTypes {
  /** Whether an object could be of both types. */
  mayOverlap(a: string, b: string): boolean;
  /** As written in the subgraph; `undefined` where it has no such field. */
  fieldType(subgraph: string, type: string, field: string): string | undefined;
}

/**
 * Marks the entity fetches of one subgraph that are ready at the same moment, so that they can travel as one request. Only
 * such are put together as ask nothing more of any entity than they would alone: for other types, or for the same of the
 * same type.
 */
export function markJoints(plan: PlanNode, types: SubgraphTypes): PlanNode {
  const joints = new Map<FetchNode, Joint>();
  let nextId = 0;
  const mark = (node: PlanNode): void => {
    if (node.kind === 'Fetch') return;
    if (node.kind === 'Parallel')
      for (const group of groupsOf(firstFetches(node), joints, types)) {
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
  readonly node: InlineFragmentNode;
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
  types: SubgraphTypes,
): Member[][] {
  const groups: Member[][] = [];
  for (const fetch of fetches) {
    const member = taken.has(fetch) ? null : readMember(fetch);
    if (!member) continue;
    const group = groups.find(
      ([first, ...others]) =>
        first?.fetch.subgraph === fetch.subgraph &&
        [first, ...others].every((other) => fitTogether(other, member, types)),
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

/** GraphQL wants one response name to have one type, also on types that no object shares (5.3.2, SameResponseShape). */
function fitTogether(a: Member, b: Member, types: SubgraphTypes): boolean {
  const { subgraph } = a.fetch;
  return a.fragments.every((mine) =>
    b.fragments.every((other) => {
      if (mine.text === other.text) return true;
      if (types.mayOverlap(mine.type, other.type)) return false;
      const known = new Map(fieldTypes(mine.node, mine.type, subgraph, types));
      return fieldTypes(other.node, other.type, subgraph, types).every(
        ([name, type]) => !known.has(name) || (type !== undefined && known.get(name) === type),
      );
    }),
  );
}

/** Response names of a fragment, with the types of their fields. */
function fieldTypes(
  node: InlineFragmentNode,
  type: string,
  subgraph: string,
  types: SubgraphTypes,
): [string, string | undefined][] {
  return node.selectionSet.selections.flatMap((selection): [string, string | undefined][] => {
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return fieldTypes(selection, selection.typeCondition?.name.value ?? type, subgraph, types);
    if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') return [];
    const name = selection.alias?.value ?? selection.name.value;
    return [[name, types.fieldType(subgraph, type, selection.name.value)]];
  });
}

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
  const { operationName } = first.fetch;
  return { id, operation: stripIgnoredCharacters(print(operation)), operationName, variables };
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
