/** Bounds retries to a share of the requests, so that an instance in trouble is not asked twice as often. */
export interface RetryBudget {
  /** Counts a first attempt. */
  earn(): void;
  /** @returns Whether one more attempt may be made; then it is spent. */
  spend(): boolean;
}

/**
 * @param share Retries per request in the long run.
 * @param reserve Retries there are at most at once; also what there is at the beginning.
 */
export function createRetryBudget({ share = 0.1, reserve = 10 } = {}): RetryBudget {
  let tokens = reserve;
  return {
    earn() {
      tokens = Math.min(reserve, tokens + share);
    },
    spend() {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
