import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../../lib/caller.js';
import type { Decision } from '../authorize/decision.js';
import type { Sources } from '../cache/sources.js';
import type { HostContext, RequestFacts } from '../context.js';
import type { Leaving } from '../leaving.js';

type Given = Required<Pick<HostContext, 'requestId' | 'caller' | 'facts' | 'client' | 'leaving'>>;

/**
 * The context of a request that the host never sees. A class with all its members from the start: an object with a getter
 * of its own, or one that grows member by member, costs more than all that is put into it.
 */
export class DirectContext implements HostContext {
  readonly requestId: string;
  readonly caller: Caller | null;
  readonly facts: RequestFacts;
  readonly client: string | null;
  readonly leaving: Leaving;
  decision?: Decision;
  schema?: GraphQLSchema;
  isMutation?: boolean;
  sources?: Sources;

  constructor({ requestId, caller, facts, client, leaving }: Given) {
    this.requestId = requestId;
    this.caller = caller;
    this.facts = facts;
    this.client = client;
    this.leaving = leaving;
  }

  /** Made when first asked for. */
  get signal(): AbortSignal {
    return this.leaving.signal;
  }
}
