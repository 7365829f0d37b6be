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

/** One member of a list: a token, with a token or a quoted string behind it; lists may have empty members. */
const MEMBER = /[ \t]*(?:([!#$%&'*+.^_`|~\w-]+)(?:=(?:([!#$%&'*+.^_`|~\w-]+)|"((?:[^"\\]|\\.)*)"))?[ \t]*)?(?:,|$)/y;

/**
 * Reads a `Cache-Control` header (RFC 9111, RFC 5861). Several headers joined by commas count as one: of what is said
 * twice the strictest holds. What shared caches are told counts before what all are, where it is for everybody.
 *
 * @returns The policy; `PRIVATE` where `public` is not said, `UNCACHED` where keeping is forbidden or the header is no
 *   list of directives, an infinite age where none is named: then the header alone allows nothing.
 */
export function parseCacheControl(header: string): CachePolicy {
  const said = readDirectives(header);
  if (!said || ['no-store', 'no-cache'].some((name) => said.has(name))) return UNCACHED;
  const isPublic = said.has('public') && !said.has('private');
  const isStrict = ['must-revalidate', 'proxy-revalidate'].some((name) => said.has(name));
  const windowOf = (name: string) => (isStrict ? 0 : (said.get(name) ?? 0));
  const [own = Number.POSITIVE_INFINITY, shared = own] = ['max-age', 's-maxage'].map((name) => said.get(name));
  return {
    maxAgeSeconds: isPublic ? shared : Math.min(own, shared),
    scope: isPublic ? 'PUBLIC' : 'PRIVATE',
    staleWhileRevalidateSeconds: windowOf('stale-while-revalidate'),
    staleIfErrorSeconds: windowOf('stale-if-error'),
  };
}

/** @returns Seconds by name, the fewest of each; 0 for what is no number of seconds. `null`: it is no list. */
function readDirectives(header: string): ReadonlyMap<string, number> | null {
  const said = new Map<string, number>();
  MEMBER.lastIndex = 0;
  while (MEMBER.lastIndex < header.length) {
    const found = MEMBER.exec(header);
    if (!found) return null;
    const name = found[1]?.toLowerCase();
    if (name === undefined) continue;
    const text = found[2] ?? found[3] ?? '';
    const seconds = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    said.set(name, Math.min(seconds, said.get(name) ?? seconds));
  }
  return said;
}

/** Request headers that tell nothing of who asks. */
const HARMLESS: ReadonlySet<string> = new Set(['accept', 'accept-encoding', 'content-type', 'origin']);

/** Whether a `Vary` header lets an answer be the same for all who ask the same. */
export const isForEverybody = (vary: string): boolean =>
  vary
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .every((name) => name === '' || HARMLESS.has(name));

/** @returns The header that says the same, `no-store` for what may not be kept. */
export function formatCacheControl(policy: CachePolicy): string {
  if (policy.maxAgeSeconds <= 0) return 'no-store';
  const parts = [`max-age=${policy.maxAgeSeconds}`, policy.scope.toLowerCase()];
  if (policy.staleWhileRevalidateSeconds > 0)
    parts.push(`stale-while-revalidate=${policy.staleWhileRevalidateSeconds}`);
  if (policy.staleIfErrorSeconds > 0) parts.push(`stale-if-error=${policy.staleIfErrorSeconds}`);
  return parts.join(', ');
}
