/** What a token is remembered by: its id, and when it was made, in seconds. */
export interface UsedToken {
  readonly jti: string;
  readonly iat: number;
}

export interface UsedTokens {
  /** Remembers the token. @returns Whether this is certainly its first use. */
  isNew(token: UsedToken, seconds: number): boolean;
}

/**
 * Remembers which tokens were used, within a bound, and forgets none that could still be used: where the oldest has to
 * go before its time, all that are as old count as used from then on, as do those from before the start.
 */
export function createUsedTokens(parts: {
  readonly lifetimeSeconds: number;
  readonly most: number;
  /** Tokens made earlier than this may have been used with a process that is gone. */
  readonly startSeconds: number;
}): UsedTokens {
  const used = new Map<string, number>();
  let refusedUntil = parts.startSeconds - 1;
  const forget = (seconds: number): void => {
    for (const [jti, iat] of used) {
      const isOver = iat + parts.lifetimeSeconds <= seconds;
      if (!isOver && used.size < parts.most) return;
      if (!isOver) refusedUntil = Math.max(refusedUntil, iat);
      used.delete(jti);
    }
  };
  return {
    isNew({ jti, iat }, seconds) {
      forget(seconds);
      if (iat <= refusedUntil || used.has(jti)) return false;
      used.set(jti, iat);
      return true;
    },
  };
}
