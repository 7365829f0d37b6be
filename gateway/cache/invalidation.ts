import { z } from 'zod';
import { entityTag, LONGEST_TAG, MOST_TAGS, municipalityTag, personTag, typeTag } from '../../lib/cache-tags.js';

const name = z.string().min(1).max(LONGEST_TAG);
const key = z
  .record(z.string().regex(/^[_A-Za-z]\w*$/), z.unknown())
  .refine((members) => Object.keys(members).length > 0 && isShallow(members, DEEPEST_KEY));

/** Levels of members; keys have two or three. */
const DEEPEST_KEY = 10;

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}

/** What may be asked to be forgotten; exactly one of these. */
const REQUEST = z.union([
  z.strictObject({ tags: z.array(name).min(1).max(MOST_TAGS) }),
  z.strictObject({ entity: z.strictObject({ type: name, key }) }),
  z.strictObject({ type: name }),
  z.strictObject({ municipality: z.string().regex(/^\d{8}$/) }),
  z.strictObject({ person: name }),
]);

/**
 * Reads the body of an invalidation.
 *
 * @returns The tags it means, each once; `null` where it is none.
 */
export function readInvalidation(body: unknown): readonly string[] | null {
  const { success, data } = REQUEST.safeParse(body);
  if (!success) return null;
  if ('tags' in data) return [...new Set(data.tags)];
  if ('entity' in data) return [entityTag(data.entity.type, data.entity.key)];
  if ('type' in data) return [typeTag(data.type)];
  return ['municipality' in data ? municipalityTag(data.municipality) : personTag(data.person)];
}
