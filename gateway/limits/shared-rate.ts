import { LRUCache } from 'lru-cache';
import { type RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** What all replicas together count of a client. */
export interface SharedRate {
  /** One more request; told to the others soon. */
  note(client: string): void;
  /** Until when (epoch ms) the client has spent its second everywhere; 0 where it has not. */
  spentUntil(client: string): number;
  close(): void;
}

export interface SharedRateParts {
  readonly store: Pick<RateLimiterRedis, 'consume'>;
  /** Names a client for the store without saying who it is. */
  readonly nameOf: (client: string) => string;
  readonly onFailure: (error: Error) => void;
  readonly now?: () => number;
}

/** Requests are told to the store together: one question for each client in this time, however many it asks. */
const TELL_AFTER_MS = 100;
const MOST_SPENT = 10_000;

export function createSharedRate({ store, nameOf, onFailure, now = Date.now }: SharedRateParts): SharedRate {
  const spent = new LRUCache<string, number>({ max: MOST_SPENT });
  let untold = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  const tell = async (client: string, requests: number): Promise<void> => {
    try {
      await store.consume(nameOf(client), requests);
    } catch (reason) {
      // A store that is down: each replica goes on counting by itself.
      if (reason instanceof RateLimiterRes) spent.set(client, now() + reason.msBeforeNext);
      else onFailure(reason as Error);
    }
  };
  const tellAll = (): void => {
    timer = null;
    const told = untold;
    untold = new Map();
    for (const [client, requests] of told) void tell(client, requests);
  };
  return {
    note(client) {
      untold.set(client, (untold.get(client) ?? 0) + 1);
      timer ??= setTimeout(tellAll, TELL_AFTER_MS).unref();
    },
    spentUntil: (client) => spent.get(client) ?? 0,
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}
