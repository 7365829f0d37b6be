import { entityTag, typeTag } from '../../lib/cache-tags.js';
import { parseFieldSet, shapeOf, shapeOfKey } from './key-shape.js';
import type { SchemaFacts } from './schema-facts.js';
import { vagueEntityTag, vagueTagsOf } from './tags.js';

/** What else an invalidation means: answers that hold the same without saying so. */
export interface Widening {
  /**
   * Remembers the keys of a schema that answers are kept under.
   *
   * @returns Types that have lost a key: what was to be forgotten by it was not known to be one of them.
   */
  learn(keys: SchemaFacts['keys']): readonly string[];
  /** @returns Also these tags. */
  widen(tags: readonly string[]): readonly string[];
}

export function createWidening(): Widening {
  /** Shapes of keys that a type has in every schema that was learnt. */
  const shapes = new Map<string, ReadonlySet<string>>();
  const isKey = (type: string, shape: string | null) => shape !== null && shapes.get(type)?.has(shape);
  const widenEntity = (type: string, text: string): string[] => {
    const key = readKey(text);
    const shape = key && shapeOfKey(key);
    // By what no record is known by: any of its type may be meant.
    if (!key || !shape || !isKey(type, shape)) return [typeTag(type)];
    const ags = key['ags'];
    return [
      entityTag(type, key),
      vagueEntityTag(type, shape, null),
      ...(typeof ags === 'string' || typeof ags === 'number' ? [vagueEntityTag(type, shape, String(ags))] : []),
    ];
  };
  return {
    learn(keys) {
      const lost: string[] = [];
      for (const type of new Set([...shapes.keys(), ...keys.keys()])) {
        const own = new Set((keys.get(type) ?? []).map((text) => shapeOf(parseFieldSet(text))));
        const known = shapes.get(type) ?? own;
        const common = new Set([...known].filter((shape) => own.has(shape)));
        if (common.size < known.size) lost.push(type);
        shapes.set(type, common);
      }
      return lost;
    },
    widen: (tags) => {
      const all = new Set(tags);
      for (const tag of tags) {
        const [, type, text] = ENTITY.exec(tag) ?? [];
        if (type !== undefined && text !== undefined) for (const more of widenEntity(type, text)) all.add(more);
        for (const more of vagueTagsOf(tag)) all.add(more);
      }
      return [...all];
    },
  };
}

const ENTITY = /^entity:([^:]*):(.*)$/s;

/** @returns `null` for what is no key. */
function readKey(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const key: unknown = JSON.parse(text);
    return typeof key === 'object' && key !== null && !Array.isArray(key) ? (key as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
