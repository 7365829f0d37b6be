import { personTag } from '../../lib/cache-tags.js';
import type { Caller } from '../../lib/caller.js';

// Subgraphs use the same words when they say what must be forgotten.
export { entityTag, municipalityTag, typeTag } from '../../lib/cache-tags.js';

/** Of whoever asks, and of those they ask for: rights of either may be taken away. */
export const callerTags = ({ subject, actingFor }: Caller): string[] =>
  [subject, ...(actingFor === undefined ? [] : [actingFor])].map(personTag);

/** Parts of a tag, ended by colons, that a vague tag may name. */
const MOST_PARTS = 2;

const VAGUE = '?';

/** The vague tags that a tag is meant by: of anything, of its first part, of its first parts. */
export function vagueTagsOf(tag: string): string[] {
  const colons = Array.from(tag.matchAll(/:/g), ({ index }) => index).slice(0, MOST_PARTS);
  return [VAGUE, ...colons.map((index) => VAGUE + tag.slice(0, index + 1))];
}

/**
 * The tag of what has some tag that begins like this, and nobody knows which. Every invalidation of one that may be the
 * one also invalidates this.
 */
export const vagueTag = (beginning: string): string => vagueTagsOf(beginning).at(-1) ?? VAGUE;

export const isVague = (tag: string): boolean => tag.startsWith(VAGUE);

export const ANY_MUNICIPALITY = vagueTag('municipality:');

/**
 * The tag of a record of which a key is not known.
 *
 * @param shape As `shapeOf` names it. @param ags Member of the key that is known all the same; `null`: it is not.
 */
export const vagueEntityTag = (type: string, shape: string, ags: string | null): string =>
  `${VAGUE}entity:${type} ${shape}${ags === null ? '' : ` ${ags}`}`;

/**
 * Fills a format of `@cacheTag`: `{$key.id}` or `{$args.ags}`, dots for members.
 *
 * @returns A vague tag where something is not known: a record that was asked for by another key, or had none.
 */
export function fillFormat(format: string, given: Readonly<Record<'$key' | '$args', unknown>>): string {
  const filled = format.replace(/\{(\$key|\$args)\.([\w.]+)\}/g, (_, root: '$key' | '$args', path: string) => {
    const value = path.split('.').reduce<unknown>(memberOf, given[root]);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : UNKNOWN;
  });
  const end = filled.indexOf(UNKNOWN);
  return end < 0 ? filled : vagueTag(filled.slice(0, end));
}

/** As a placeholder begins: what cannot be read is not known either. */
const UNKNOWN = '{$';

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
