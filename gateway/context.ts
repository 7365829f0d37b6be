import type { Caller } from '../lib/caller.js';

/** What every phase knows of the request it works for. */
export interface RequestContext {
  readonly requestId: string;
  /** Who asks, verified; `null`: nobody signed in. */
  readonly caller: Caller | null;
  /** Ends when the client has left or the request's deadline is over. */
  readonly signal: AbortSignal;
}
