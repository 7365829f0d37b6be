/** What a cache keeps under a key. Nothing of it is ever changed: many requests read the same one. */
export interface Entry<Value> {
  readonly value: Value;
  /** When it was asked for, epoch ms. */
  readonly storedAt: number;
  readonly freshMs: number;
  /** How long after that it may be sent while a new one is fetched, and where none can be had. */
  readonly staleMs: number;
  readonly errorMs: number;
  readonly isPublic: boolean;
  /** What makes it a miss when invalidated. */
  readonly tags: readonly string[];
  /** Invalidations up to this one happened before it was asked for. */
  readonly asOf: number;
  /** About what the value takes in memory. */
  readonly bytes: number;
}

/** `expired`: only where no new one can be had. */
export type Freshness = 'fresh' | 'stale' | 'expired';

/** A clock that was set back must not make entries live longer; as much as two machines may differ is no sign of it. */
const CLOCK_SKEW_MS = 2000;

/** @returns `null` where it may not be sent at all any more. */
export function judge(entry: Entry<unknown>, now: number): Freshness | null {
  const age = now - entry.storedAt;
  if (age < -CLOCK_SKEW_MS) return null;
  if (age <= entry.freshMs) return 'fresh';
  if (age <= entry.freshMs + entry.staleMs) return 'stale';
  return age <= entry.freshMs + entry.errorMs ? 'expired' : null;
}

/** How long it may be of any use, ms. */
export const lifetimeOf = ({ freshMs, staleMs, errorMs }: Entry<unknown>): number =>
  freshMs + Math.max(staleMs, errorMs);
