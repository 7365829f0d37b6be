import type { SchemaFacts } from './schema-facts.js';

/** How types of a schema are related. */
export interface Families {
  /** Object types that something of this type can be of; a type that is not abstract itself. */
  objectsOf(type: string): readonly string[];
  /** Every type that something known as this type is or may be of, itself included. */
  familyOf(type: string): readonly string[];
  /** Whether what is known as `type` is an `other` in any case. */
  isSurely(type: string, other: string): boolean;
  /** Types of what something without a key leads to, as far as the next entities: the records of a page. */
  partsOf(type: string): readonly string[];
}

type Facts = Pick<SchemaFacts, 'possibleTypes' | 'composites' | 'keys'>;

export function createFamilies({ possibleTypes, composites, keys }: Facts): Families {
  const objectsOf = (type: string): readonly string[] => possibleTypes.get(type) ?? [type];
  const familyOf = (type: string): string[] => {
    const objects = objectsOf(type);
    const abstract = [...possibleTypes].filter(([, possible]) => possible.some((name) => objects.includes(name)));
    return [...new Set([type, ...objects, ...abstract.map(([name]) => name)])];
  };
  const inFields = new Map<string, Set<string>>();
  for (const [coordinate, part] of composites) {
    const owner = coordinate.slice(0, coordinate.indexOf('.'));
    inFields.set(owner, (inFields.get(owner) ?? new Set()).add(part));
  }
  const addParts = (type: string, into: Set<string>): void => {
    if (keys.has(type)) return;
    for (const field of inFields.get(type) ?? [])
      for (const part of [field, ...objectsOf(field)]) {
        if (part === 'Query' || into.has(part)) continue;
        into.add(part);
        addParts(part, into);
      }
  };
  return {
    objectsOf,
    familyOf,
    isSurely: (type, other) => type === other || objectsOf(type).every((name) => objectsOf(other).includes(name)),
    partsOf(type) {
      const parts = new Set<string>();
      addParts(type, parts);
      return [...parts];
    },
  };
}
