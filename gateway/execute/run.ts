import type { RequestContext } from '../context.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import type { OpenJoint } from './joint.js';
import type { Losses } from './losses.js';
import type { Data } from './types.js';

/** What went wrong beyond what the answer says, for log and metrics. */
export type ExecutionEvent =
  /** It answered with another entity than the one asked for; what it sent was dropped. */
  | { readonly type: 'foreign-entity'; readonly subgraph: string; readonly entityType: string }
  /** Its answer did not have the form asked for. */
  | { readonly type: 'malformed-answer'; readonly subgraph: string }
  /** Our own fault; `cause` is for the log alone. */
  | { readonly type: 'failed'; readonly cause: string };

/** One execution of a compiled operation. */
export interface Run {
  readonly root: Data;
  /** The client's, as sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly fetchSubgraph: FetchSubgraph;
  readonly losses: Losses;
  /** Requests that others may still join, by the id of their joint; `null` until there is one. */
  joints: Map<number, OpenJoint> | null;
  /** Places (`placeOf`) of objects of which several hold the same inner ones; `null`: none. */
  sharedBelow: Set<string> | null;
  readonly onEvent: (event: ExecutionEvent) => void;
}

/** A step of a plan; no promise where it had nothing to wait for. */
export type Step = (run: Run) => Promise<void> | undefined;
