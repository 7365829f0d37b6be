import type { Caller } from '../caller.js';

/** What a resolver knows of the request it works for. */
export interface RequestContext<Loaders = unknown> {
  /** Who asks, as the gateway has verified it; `null`: nobody signed in. */
  readonly caller: Caller | null;
  /** Loaders of this request alone: they batch and remember, and die with it. */
  readonly loaders: Loaders;
  /** Whether this instance serves the municipality, as the cooperation agreement says now. */
  readonly serves: (ags: string) => boolean;
  /** Ends when the client has left or the server stops. */
  readonly signal: AbortSignal;
  readonly requestId: string;
}
