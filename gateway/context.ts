import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../lib/caller.js';
import type { Decision } from './authorize/decision.js';
import type { Sources } from './cache/sources.js';
import type { Disclosed } from './disclosed.js';
import type { Explaining } from './explanation.js';
import type { Leaving } from './leaving.js';

/** What every phase knows of the request it works for. */
export interface RequestContext {
  readonly requestId: string;
  /** Who asks, verified; `null`: nobody signed in. */
  readonly caller: Caller | null;
  /** Ends when the client has left or the request's deadline is over. */
  readonly signal: AbortSignal;
  /** The same for whoever listens to it for each subgraph request; absent where only the signal is there. */
  readonly leaving?: Leaving;
  /** What of the operation the caller may not see; absent until that is decided. */
  readonly decision?: Decision;
  /** By which the operation is judged, planned and run; absent before that. */
  readonly schema?: GraphQLSchema;
  /** Whether it changes something: then it reads nothing that was asked for before. Absent: no. */
  readonly isMutation?: boolean;
  /** Where the client asked how the answer comes about, and may know. */
  readonly explaining?: Explaining;
  /** What the answer is put together from; absent where nothing is kept. */
  readonly sources?: Sources;
}

/** What the log says of a request beside its status; each phase fills in what it finds. Never personal data. */
export interface RequestFacts {
  /** First 12 hex digits of SHA-256 of the operation's text. */
  operation: string | null;
  kind: 'query' | 'mutation' | 'subscription' | null;
  role: string | null;
  /** Codes of the errors in the answer, each once. */
  codes: string[];
  /** What it may cost at most, as estimated before anything ran; `null`: not estimated. */
  cost: number | null;
  /** Whether it was answered without the host. */
  isDirect: boolean;
}

/** What the host carries through a request. */
export interface HostContext extends RequestContext {
  readonly facts: RequestFacts;
  decision?: Decision;
  schema?: GraphQLSchema;
  isMutation?: boolean;
  /** What the client calls itself; `null` or absent: nothing. */
  readonly client?: string | null;
  /** The text of the document that the request names by its id; absent where it holds the text itself. */
  readonly document?: string;
  /** What the answer discloses, once there is one; for the audit log alone. */
  disclosed?: Disclosed;
  sources?: Sources;
}

export const createFacts = (): RequestFacts => ({
  operation: null,
  kind: null,
  role: null,
  codes: [],
  cost: null,
  isDirect: false,
});
