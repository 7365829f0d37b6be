import type { Kept } from './cache/response-cache.js';
import type { Sources } from './cache/sources.js';

/** What caches had to do with an answer. */
export interface CacheOutcome {
  /** Sent in place of an answer; `null`: it was made anew. */
  readonly hit: Kept | null;
  /** What may be kept of it from now on; `null`: nothing. */
  readonly kept: Kept | null;
  /** Whether a finished answer was looked for. */
  readonly wasRead: boolean;
  readonly sources: Sources | undefined;
}

const NONE: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Headers that tell clients, and what is before them, how long they may keep an answer, and operators where it comes
 * from (RFC 9110, 9111 and 9211). What not everybody may ask is kept by nobody but us, however public its data.
 */
export function cacheHeadersOf(outcome: CacheOutcome): Readonly<Record<string, string>> {
  const { hit, kept } = outcome;
  const status = statusOf(outcome);
  if (status === '') return NONE;
  const answer = hit ?? kept;
  if (!answer) return { 'cache-status': status };
  const { isOpen, freshMs, ageMs, response } = answer;
  const ageSeconds = Math.floor(ageMs / 1000);
  return {
    'cache-status': status,
    'cache-control': isOpen ? `public, max-age=${Math.floor(freshMs / 1000)}` : 'private, no-store',
    ...(isOpen && { etag: response.etag }),
    ...((hit || ageSeconds > 0) && { age: `${ageSeconds}` }),
  };
}

const ENTITIES = { all: 'hit', some: 'fwd=partial', none: 'fwd=miss' };

/** The cache nearest to the subgraphs first. */
function statusOf({ hit, kept, wasRead, sources }: CacheOutcome): string {
  if (hit) return `fachverbund-responses; hit; ttl=${Math.floor((hit.freshMs - hit.ageMs) / 1000)}`;
  const said: string[] = [];
  const found = sources?.found;
  if (found) said.push(`fachverbund-entities; ${ENTITIES[found]}`);
  if (kept?.isStored) said.push('fachverbund-responses; fwd=miss; stored');
  else if (kept || wasRead) said.push('fachverbund-responses; fwd=miss');
  return said.join(', ');
}

/**
 * Whether a client has the answer already, by the `If-None-Match` it sent. Also for POST: an answer that everybody may
 * have is the same by either method.
 */
export function isUnchanged(ifNoneMatch: string | undefined, answer: Kept | null): boolean {
  if (ifNoneMatch === undefined || !answer?.isOpen) return false;
  const opaque = answer.response.etag.slice(2);
  return ifNoneMatch.split(',').some((text) => {
    const tag = text.trim();
    return tag === '*' || tag === opaque || tag === `W/${opaque}`;
  });
}

/** Tells a client that something of its answer is past its time; `null`: nothing is. */
export const freshnessOf = (sources: Sources | undefined): Freshness | null => {
  const ageSeconds = sources?.staleSeconds ?? null;
  return ageSeconds === null ? null : { stale: true, ageSeconds };
};

/** `extensions.freshness` of an answer. */
export interface Freshness {
  readonly stale: true;
  /** Since its oldest part was asked for. */
  readonly ageSeconds: number;
}
