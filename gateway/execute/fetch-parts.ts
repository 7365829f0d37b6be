import { AppError } from '../../lib/errors.js';
import type { SubgraphAnswer, SubgraphFieldError, SubgraphRequest } from '../fetch/subgraph-request.js';
import type { FieldTree } from '../plan/field-tree.js';
import type { FetchNode } from '../plan/plan.js';
import type { Fault } from './losses.js';
import type { Merge } from './merge.js';
import type { Run } from './run.js';
import type { Data, TypeTable } from './types.js';

/** What every kind of fetch is compiled from. */
export interface FetchParts {
  readonly fetch: FetchNode;
  readonly types: TypeTable;
  readonly merge: Merge;
  readonly fields: () => FieldTree;
  /** Whether another fetch adds to objects that this one brings, so that two places must not share them. */
  readonly isSharedInside: () => boolean;
}

export type Ask = (run: Run, more: Readonly<Record<string, unknown>> | null) => Promise<SubgraphAnswer>;

type Asked = Pick<FetchNode, 'subgraph' | 'operation' | 'operationName' | 'operationKind' | 'variables'>;

/** @returns How a subgraph is asked: with the client's variables that are used, and more of the fetch's own. */
export function compileAsk({ subgraph, operation, operationName, operationKind, variables }: Asked): Ask {
  // Without a prototype, a variable called `__proto__` is one like any other; with one, the object is made much quicker.
  const isPlain = variables.every(({ name }) => name !== '__proto__');
  return (run, more) => {
    const values: Record<string, unknown> = isPlain ? {} : Object.create(null);
    for (const { name, from } of variables) if (Object.hasOwn(run.variables, from)) values[name] = run.variables[from];
    for (const name in more) values[name] = more[name];
    const request: SubgraphRequest = { subgraph, kind: operationKind, operation, operationName, variables: values };
    return run.fetchSubgraph(request, run.context);
  };
}

/** Errors that name no place in the answer. */
export const unplacedErrors = (answer: SubgraphAnswer): readonly SubgraphFieldError[] =>
  answer.errors.filter(({ path }) => !path || path.length === 0);

export function malformed(run: Run, subgraph: string): Fault {
  run.onEvent({ type: 'malformed-answer', subgraph });
  const { message, extensions } = new AppError('SUBGRAPH_MALFORMED');
  return { message, extensions };
}

/** A fault for each thing the subgraph said about the whole, or one of ours where it said nothing and sent nothing. */
export function wholeFaults(run: Run, answer: SubgraphAnswer, subgraph: string): readonly Fault[] {
  const unplaced = unplacedErrors(answer);
  if (unplaced.length > 0) return unplaced.slice(0, 1);
  if (answer.data !== null) return [];
  return answer.errors.length > 0 ? answer.errors.slice(0, 1) : [malformed(run, subgraph)];
}

/** For every place but the first: the first holds the objects of the answer themselves. */
export const copy = (data: Data): Data => structuredClone(data);
