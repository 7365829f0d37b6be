import { type FieldTree, overlap, readFieldTree } from '../plan/field-tree.js';
import { lazily } from '../plan/lazily.js';
import type { FetchNode, PlanNode, Required } from '../plan/plan.js';
import { compileEntityFetch } from './fetch-entities.js';
import type { FetchParts } from './fetch-parts.js';
import { compileRootFetch } from './fetch-root.js';
import { createMerge } from './merge.js';
import type { Step } from './run.js';
import type { TypeTable } from './types.js';

/** Turns a plan into one function; nothing of the plan is looked at again when it runs. */
export function compileProgram(plan: PlanNode | null, types: TypeTable): Step {
  if (!plan) return () => undefined;
  const merge = createMerge(types.interfaceObjects);
  const fetches = fetchesOf(plan);
  const trees = new Map(fetches.map((fetch) => [fetch, lazily(() => readFieldTree(fetch))]));
  const treeOf = (fetch: FetchNode): FieldTree => trees.get(fetch)?.() ?? new Map();
  const partsOf = (fetch: FetchNode): FetchParts => ({
    fetch,
    types,
    merge,
    fields: () => treeOf(fetch),
    isSharedInside: lazily(() => fetches.some((other) => other !== fetch && isInside(fetch, other, treeOf))),
  });
  const compile = (node: PlanNode): Step => {
    switch (node.kind) {
      case 'Sequence':
        return sequence(node.nodes.map(compile));
      case 'Parallel':
        return parallel(node.nodes.map(compile));
      case 'Fetch':
        return node.requires ? compileEntityFetch(partsOf(node), node.requires) : compileRootFetch(partsOf(node));
    }
  };
  return compile(plan);
}

function sequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) {
      const done = step(run);
      if (done) await done;
    }
  };
}

function parallel(steps: readonly Step[]): Step {
  return (run) => {
    const waiting: Promise<void>[] = [];
    for (const step of steps) {
      const done = step(run);
      if (done) waiting.push(done);
    }
    if (waiting.length < 2) return waiting[0];
    return Promise.all(waiting).then(() => undefined);
  };
}

/** Whether the other fetch writes inside of what this one brings. */
function isInside(fetch: FetchNode, other: FetchNode, treeOf: (fetch: FetchNode) => FieldTree): boolean {
  return other.path.join('/') === fetch.path.join('/') && overlap(treeOf(fetch), treeOf(other));
}

export function fetchesOf(node: PlanNode | null): FetchNode[] {
  if (!node) return [];
  if (node.kind === 'Fetch') return [node];
  return node.nodes.flatMap(fetchesOf);
}

/** Response names of everything that some fetch of the plan is made with. */
export function requiredNames(plan: PlanNode | null): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (required: Required): void => {
    if (required.kind === 'Field') names.add(required.from);
    for (const inner of required.selections ?? []) add(inner);
  };
  for (const { requires, contexts } of fetchesOf(plan)) {
    requires?.forEach(add);
    for (const { path } of contexts) for (const name of path) names.add(name);
  }
  return names;
}
