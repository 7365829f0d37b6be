import type { ErrorCode } from '../../lib/errors.js';

/** What happens between the gateway and the subgraph instances; log, metrics and tests listen to the same events. */
export type FetchEvent =
  | {
      readonly kind: 'answered';
      readonly subgraph: string;
      readonly provider: string;
      /** `ok`, or why there is no answer. */
      readonly outcome: 'ok' | ErrorCode;
      readonly durationMs: number;
      readonly requestId: string;
    }
  | { readonly kind: 'retried'; readonly subgraph: string; readonly provider: string }
  /** It had been asked the same for an equal caller, and the answer is that one's. */
  | { readonly kind: 'shared'; readonly subgraph: string; readonly provider: string }
  | {
      readonly kind: 'breaker';
      readonly subgraph: string;
      readonly provider: string;
      readonly state: 'closed' | 'open' | 'half-open';
    }
  /** A record whose key names no municipality, of a subgraph with several instances: nobody can be asked. */
  | { readonly kind: 'unroutable'; readonly subgraph: string; readonly requestId: string };

export type OnFetchEvent = (event: FetchEvent) => void;
