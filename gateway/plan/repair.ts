import { type FieldTree, readFieldTree } from './field-tree.js';
import { findMisplaced, type Misplaced, type RequirementFacts } from './misplaced.js';
import type { FetchNode, PlanNode, Required } from './plan.js';

/**
 * Puts right what the planner gets wrong about fields that are required and require something themselves: where the
 * entity comes from the subgraph of such a field, it takes the field there at once, before it has what that needs
 * (@apollo/query-planner 2.14, `handleRequiresTree`). The field then gets a fetch of its own, after those that bring what
 * it needs and before those that need it. A plan that cannot be put right so is left as it is.
 */
export function repairPlan(plan: PlanNode, facts: RequirementFacts): PlanNode {
  const fetches = fetchesIn(plan);
  if (fetches.some(({ operationKind }) => operationKind !== 'query')) return plan;
  const found = fetches.map((fetch) => findMisplaced(fetch, facts));
  if (found.every((misplaced) => misplaced.length === 0)) return plan;
  const before = orderOf(plan);
  const repaired = new Map(fetches.map((fetch, index) => [fetch, found[index]?.at(-1)?.rest ?? fetch]));
  const added = found.flat();
  const steps: Step[] = [
    ...fetches.map((fetch): Step => ({ fetch: repaired.get(fetch) ?? fetch, original: fetch, after: new Set() })),
    ...added.map((misplaced): Step => ({ fetch: misplaced.own, original: null, after: new Set() })),
  ];
  for (const step of steps)
    for (const other of steps)
      if (step.original && other.original && before.get(step.original)?.has(other.original)) step.after.add(other);
  for (const misplaced of added) if (!connect(misplaced, steps)) return plan;
  return inLevels(steps) ?? plan;
}

interface Step {
  readonly fetch: FetchNode;
  readonly original: FetchNode | null;
  readonly after: Set<Step>;
}

/** @returns False where nothing brings what the field needs. */
function connect({ own, from, field, needs }: Misplaced, steps: readonly Step[]): boolean {
  const step = steps.find(({ fetch }) => fetch === own);
  const source = steps.find(({ original }) => original === from);
  if (!step || !source) return false;
  step.after.add(source);
  const missing = new Set(needs);
  for (const other of steps) {
    if (other === step) continue;
    const tree = treeAt(other.fetch, own.path);
    for (const need of needs)
      if (tree?.has(need)) {
        missing.delete(need);
        step.after.add(other);
      }
    if (needsField(other.fetch, own.path, field)) other.after.add(step);
  }
  return missing.size === 0;
}

/** What a fetch brings to the objects at a path; `null`: nothing there. */
function treeAt(fetch: FetchNode, path: readonly string[]): FieldTree | null {
  if (fetch.path.some((key, index) => path[index] !== key)) return null;
  let tree: FieldTree | null = readFieldTree(fetch);
  for (const key of path.slice(fetch.path.length)) tree = tree?.get(key) ?? null;
  return tree;
}

/** Whether the fetch asks with the field's value, or for what is inside of it. */
function needsField(fetch: FetchNode, path: readonly string[], field: string): boolean {
  const isAt = path.every((key, index) => fetch.path[index] === key);
  if (!isAt) return false;
  if (fetch.path.length > path.length) return fetch.path[path.length] === field;
  return (fetch.requires ?? []).some((required) => asksFor(required, field));
}

const asksFor = (required: Required, field: string): boolean =>
  required.kind === 'Fragment' ? required.selections.some((inner) => asksFor(inner, field)) : required.from === field;

/** Everything as early as it can be; `null` where two steps wait for each other. */
function inLevels(steps: readonly Step[]): PlanNode | null {
  const nodes: PlanNode[] = [];
  const done = new Set<Step>();
  while (done.size < steps.length) {
    const ready = steps.filter((step) => !done.has(step) && [...step.after].every((other) => done.has(other)));
    const [first, ...others] = ready;
    if (!first) return null;
    for (const step of ready) done.add(step);
    nodes.push(others.length > 0 ? { kind: 'Parallel', nodes: ready.map(({ fetch }) => fetch) } : first.fetch);
  }
  return { kind: 'Sequence', nodes };
}

/** For each fetch those that the plan runs before it. */
function orderOf(plan: PlanNode): ReadonlyMap<FetchNode, ReadonlySet<FetchNode>> {
  const order = new Map<FetchNode, Set<FetchNode>>();
  const walk = (node: PlanNode, before: readonly FetchNode[]): void => {
    if (node.kind === 'Fetch') order.set(node, new Set(before));
    else if (node.kind === 'Parallel') for (const child of node.nodes) walk(child, before);
    else
      node.nodes.forEach((child, index) => {
        walk(child, [...before, ...node.nodes.slice(0, index).flatMap(fetchesIn)]);
      });
  };
  walk(plan, []);
  return order;
}

export const fetchesIn = (node: PlanNode): FetchNode[] =>
  node.kind === 'Fetch' ? [node] : node.nodes.flatMap(fetchesIn);

/** @param change What becomes of each fetch. */
export function mapFetches(node: PlanNode, change: (fetch: FetchNode) => PlanNode): PlanNode {
  if (node.kind === 'Fetch') return change(node);
  return { ...node, nodes: node.nodes.map((child) => mapFetches(child, change)) };
}
