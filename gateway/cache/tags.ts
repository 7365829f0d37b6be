// Subgraphs use the same words when they say what must be forgotten.
export { entityTag, municipalityTag, personTag, typeTag } from '../../lib/cache-tags.js';

/**
 * Fills a format of `@cacheTag`: `{$key.id}` or `{$args.ags}`, dots for members.
 *
 * @returns `null` where something is missing: a record that was asked for by another key.
 */
export function fillFormat(format: string, given: Readonly<Record<'$key' | '$args', unknown>>): string | null {
  let isFilled = true;
  const tag = format.replace(/\{(\$key|\$args)\.([\w.]+)\}/g, (_, root: '$key' | '$args', path: string) => {
    const value = path.split('.').reduce<unknown>(memberOf, given[root]);
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    isFilled = false;
    return '';
  });
  return isFilled && !/\{\$/.test(tag) ? tag : null;
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
