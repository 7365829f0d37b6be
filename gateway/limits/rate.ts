import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../lib/errors.js';
import type { SharedRate } from './shared-rate.js';

/** Requests per client and second. */
export interface Rate {
  /** @throws AppError `RATE_LIMITED` with `retryAfterSeconds`. */
  take(client: string): Promise<void>;
  /** @throws As `take`, for a client that has spent its second already; costs no request of it. */
  check(client: string): void;
}

export interface RateParts {
  readonly perSecond: number;
  /** What the other replicas count; `null` where there is one alone. */
  readonly shared: SharedRate | null;
  readonly now?: () => number;
}

/** Clients that are remembered to have spent their second. */
const MOST_SPENT = 10_000;

/**
 * This replica counts by itself and decides at once; what all of them have counted follows within a tenth of a second,
 * so no request waits for another machine, and a store that is down changes nothing but that each counts alone.
 */
export function createRate({ perSecond, shared, now = Date.now }: RateParts): Rate {
  const own = new RateLimiterMemory({ points: perSecond, duration: 1 });
  const spent = new LRUCache<string, number>({ max: MOST_SPENT });
  const check = (client: string): void => {
    const until = Math.max(spent.get(client) ?? 0, shared?.spentUntil(client) ?? 0);
    if (until > now()) throw tooMany(until - now());
  };
  return {
    check,
    async take(client) {
      check(client);
      shared?.note(client);
      try {
        await own.consume(client);
      } catch (reason) {
        if (!(reason instanceof RateLimiterRes)) throw reason;
        spent.set(client, now() + reason.msBeforeNext);
        throw tooMany(reason.msBeforeNext);
      }
    },
  };
}

/** @param ms Until the client may come back. */
export const tooMany = (ms: number, message?: string): AppError =>
  new AppError('RATE_LIMITED', message, { detail: { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) } });
