import type { Caller } from '../lib/caller.js';

/** What every phase knows of the request it works for. */
export interface RequestContext {
  readonly requestId: string;
  /** Who asks, verified; `null`: nobody signed in. */
  readonly caller: Caller | null;
  /** Ends when the client has left or the request's deadline is over. */
  readonly signal: AbortSignal;
}

/** What the log says of a request beside its status; each phase fills in what it finds. Never personal data. */
export interface RequestFacts {
  /** First 12 hex digits of SHA-256 of the operation's text. */
  operation: string | null;
  kind: 'query' | 'mutation' | 'subscription' | null;
  role: string | null;
  /** Codes of the errors in the answer, each once. */
  codes: string[];
  /** Whether it was answered without the host. */
  isDirect: boolean;
}

/** What the host carries through a request. */
export interface HostContext extends RequestContext {
  readonly facts: RequestFacts;
}

export const createFacts = (): RequestFacts => ({
  operation: null,
  kind: null,
  role: null,
  codes: [],
  isDirect: false,
});
