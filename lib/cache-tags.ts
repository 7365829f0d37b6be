/**
 * Names of what a cached answer is about, as `POST /invalidation` takes them; docs/caches.md is their contract. Schemas add
 * names of their own with `@cacheTag`; all of them are one name space, so that a schema may give a record the tag of a
 * person.
 */
export const typeTag = (type: string): string => `type:${type}`;
export const municipalityTag = (ags: string): string => `municipality:${ags}`;
/** @param person What names a person: the subject of an account, or the key of a record as its schema says. */
export const personTag = (person: string): string => `person:${person}`;
/** @param key Members of one key of the type, in any order. */
export const entityTag = (type: string, key: Readonly<Record<string, unknown>>): string =>
  `entity:${type}:${JSON.stringify(sorted(key))}`;

/** Longest tag, in characters. */
export const LONGEST_TAG = 512;
/** Most tags of one request. */
export const MOST_TAGS = 1000;

/** Numbers and texts are equal where GraphQL's `ID` makes them so. */
function sorted(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
