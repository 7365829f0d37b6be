import type { ErrorCode } from '../../lib/errors.js';
import type { Registers } from '../registers.js';
import type { PlannedOperation, SchemaFacts } from './plan.js';
import type { PlannerLimits, PlanRequest } from './query-planner.js';

/** What main thread and planner thread say to each other; every field survives `structuredClone`. */
export interface PlannerStart {
  readonly sdl: string;
  readonly limits: PlannerLimits;
  /** Given, operations are completed with the keys of the records they read. */
  readonly registers?: Registers | null | undefined;
}

/** One request is under way at a time, so answers need no number. */
export type PlannerQuestion = PlanRequest;

export type PlannerReply =
  | { readonly kind: 'ready'; readonly facts: SchemaFacts }
  /** The supergraph cannot be planned over; the thread ends. */
  | { readonly kind: 'unfit'; readonly message: string }
  | { readonly kind: 'planned'; readonly planned: PlannedOperation }
  /** `code` is `null` for what nobody foresaw; `message` is then for the log. */
  | { readonly kind: 'refused'; readonly code: ErrorCode | null; readonly message: string };
