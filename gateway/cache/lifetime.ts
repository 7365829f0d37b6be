import { type CachePolicy, parseCacheControl, strictest } from '../../lib/cache-control.js';
import type { Hint } from '../../lib/cache-hints.js';

/** How long an entry lives, and for whom. */
export interface Lifetime {
  readonly freshMs: number;
  readonly staleMs: number;
  readonly errorMs: number;
  readonly isPublic: boolean;
}

/** What is about a person is kept for seconds, whatever a subgraph says, and never sent past its time. */
const LONGEST_PRIVATE_SECONDS = 30;
const LONGEST_PUBLIC_SECONDS = 24 * 3600;
/** Of an entry with its windows. */
export const LONGEST_LIFETIME_MS = 2 * LONGEST_PUBLIC_SECONDS * 1000;

/**
 * What schema and answer allow together: at least one must, and the stricter of both holds.
 *
 * @param header `Cache-Control` of the subgraph's answer; `null`: it sent none.
 * @param widest `PRIVATE` where the answer may not be for everybody, whatever both say.
 * @returns `null`: not to be kept.
 */
export function lifetimeFor(
  hint: Hint,
  header: string | null,
  widest: CachePolicy['scope'] = 'PUBLIC',
): Lifetime | null {
  const said = header === null ? null : parseCacheControl(header);
  const isAllowed = hint.isComplete || (said !== null && Number.isFinite(said.maxAgeSeconds));
  const policies = [hint.policy, said].filter((policy) => policy !== null);
  if (!isAllowed || policies.length === 0) return null;
  const policy = policies.reduce(strictest);
  const scope = widest === 'PRIVATE' ? widest : policy.scope;
  // What the header tells shared caches is not told to a private one.
  if (scope === 'PRIVATE' && said?.scope === 'PUBLIC') return lifetimeFor(hint, `${header}, private`, widest);
  return toLifetime({ ...policy, scope });
}

/** @returns The strictest of several; what holds one that may not be kept may not be kept itself. */
export function shortest(lifetimes: readonly (Lifetime | null)[]): Lifetime | null {
  const [first, ...rest] = lifetimes;
  if (!first) return null;
  let all = first;
  for (const one of rest) {
    if (!one) return null;
    all = {
      freshMs: Math.min(all.freshMs, one.freshMs),
      staleMs: Math.min(all.staleMs, one.staleMs),
      errorMs: Math.min(all.errorMs, one.errorMs),
      isPublic: all.isPublic && one.isPublic,
    };
  }
  return all;
}

/** Of what is not there: it may come into being, and nothing names it that could be invalidated. */
export const briefly = (lifetime: Lifetime): Lifetime => ({
  ...lifetime,
  freshMs: Math.min(lifetime.freshMs, NOTHING_MS),
  staleMs: 0,
  errorMs: 0,
});

const NOTHING_MS = 3000;

function toLifetime(policy: CachePolicy): Lifetime | null {
  const isPublic = policy.scope === 'PUBLIC';
  const most = isPublic ? LONGEST_PUBLIC_SECONDS : LONGEST_PRIVATE_SECONDS;
  const freshMs = Math.min(policy.maxAgeSeconds, most) * 1000;
  if (!(freshMs > 0)) return null;
  const window = (seconds: number) => (isPublic ? Math.min(seconds, most) * 1000 : 0);
  return {
    freshMs,
    staleMs: window(policy.staleWhileRevalidateSeconds),
    errorMs: window(policy.staleIfErrorSeconds),
    isPublic,
  };
}
