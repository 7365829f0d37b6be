/** How long an answer may be kept, and for whom: what a schema declares or a `Cache-Control` header says. */
export interface CachePolicy {
  readonly maxAgeSeconds: number;
  /** `PUBLIC`: the same for everybody. `PRIVATE`: for the one who asked, under the same rights. */
  readonly scope: 'PUBLIC' | 'PRIVATE';
  /** How long after `maxAgeSeconds` it may be sent while a new one is fetched; 0: never. */
  readonly staleWhileRevalidateSeconds: number;
  /** How long after `maxAgeSeconds` it may be sent where no new one can be had; 0: never. */
  readonly staleIfErrorSeconds: number;
}

/** Kept by nobody. */
export const UNCACHED: CachePolicy = {
  maxAgeSeconds: 0,
  scope: 'PRIVATE',
  staleWhileRevalidateSeconds: 0,
  staleIfErrorSeconds: 0,
};

/** What both allow. */
export const strictest = (one: CachePolicy, other: CachePolicy): CachePolicy => ({
  maxAgeSeconds: Math.min(one.maxAgeSeconds, other.maxAgeSeconds),
  scope: one.scope === 'PUBLIC' && other.scope === 'PUBLIC' ? 'PUBLIC' : 'PRIVATE',
  staleWhileRevalidateSeconds: Math.min(one.staleWhileRevalidateSeconds, other.staleWhileRevalidateSeconds),
  staleIfErrorSeconds: Math.min(one.staleIfErrorSeconds, other.staleIfErrorSeconds),
});

/**
 * Reads a `Cache-Control` header (RFC 9111, RFC 5861). Several headers joined by commas count as one: of what is said
 * twice the strictest holds.
 *
 * @returns The policy; `PRIVATE` where `public` is not said, `UNCACHED` where keeping is forbidden, an infinite age where
 *   none is named: then the header alone allows nothing. What cannot be understood allows nothing.
 */
export function parseCacheControl(header: string): CachePolicy {
  const said = new Map<string, number | null>();
  for (const part of header.split(',')) {
    const [, name = '', text] = /^\s*([a-z-]+)\s*(?:=\s*"?(\d{1,9}|[^"]*)"?)?\s*$/i.exec(part) ?? [];
    const seconds = text === undefined ? null : readSeconds(text);
    const known = said.get(name.toLowerCase());
    said.set(
      name.toLowerCase(),
      known == null || seconds === null ? (seconds ?? known ?? null) : Math.min(known, seconds),
    );
  }
  if (['no-store', 'no-cache'].some((name) => said.has(name))) return UNCACHED;
  const ages = ['max-age', 's-maxage'].filter((name) => said.has(name)).map((name) => said.get(name) ?? 0);
  const isStrict = ['must-revalidate', 'proxy-revalidate'].some((name) => said.has(name));
  const windowOf = (name: string) => (isStrict ? 0 : (said.get(name) ?? 0));
  return {
    maxAgeSeconds: Math.min(Number.POSITIVE_INFINITY, ...ages),
    scope: said.has('public') && !said.has('private') ? 'PUBLIC' : 'PRIVATE',
    staleWhileRevalidateSeconds: windowOf('stale-while-revalidate'),
    staleIfErrorSeconds: windowOf('stale-if-error'),
  };
}

/** @returns The header that says the same, `no-store` for what may not be kept. */
export function formatCacheControl(policy: CachePolicy): string {
  if (policy.maxAgeSeconds <= 0) return 'no-store';
  const parts = [`max-age=${policy.maxAgeSeconds}`, policy.scope.toLowerCase()];
  if (policy.staleWhileRevalidateSeconds > 0)
    parts.push(`stale-while-revalidate=${policy.staleWhileRevalidateSeconds}`);
  if (policy.staleIfErrorSeconds > 0) parts.push(`stale-if-error=${policy.staleIfErrorSeconds}`);
  return parts.join(', ');
}

/** What is no number of seconds is no permission. */
const readSeconds = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : 0);
