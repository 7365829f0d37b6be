import { type Data, isObject, read } from './types.js';

/**
 * Joins what a subgraph answered into the object it belongs to, in place: nothing is copied that one object alone will
 * hold. `null` never replaces data (another subgraph answered the same field), and an object's own type never gives way
 * to the name of an interface that a subgraph knows as an object.
 */
export type Merge = (target: Data, source: Data) => void;

/** @param interfaceObjects As in `TypeTable`. */
export function createMerge(interfaceObjects: ReadonlySet<string>): Merge {
  const merge: Merge = (target, source) => {
    for (const key in source) {
      // No response name of ours starts with two underscores but this one: a subgraph's `__proto__` is not data.
      if (key === '__proto__') continue;
      const value = source[key];
      if (typeof value !== 'object') {
        if (key !== '__typename' || replacesType(target[key], value)) target[key] = value;
        continue;
      }
      const known = read(target, key);
      if (value === null) {
        if (known === undefined) target[key] = null;
      } else if (isObject(known)) target[key] = join(known, value as Data);
      else target[key] = value;
    }
  };
  const join = (known: Data, value: Data): unknown => {
    const isList = Array.isArray(known);
    if (isList !== Array.isArray(value)) return value;
    if (isList) return joinLists(known as unknown as unknown[], value as unknown as unknown[]);
    if (known !== value) merge(known, value);
    return known;
  };
  const joinLists = (known: unknown[], value: unknown[]): unknown[] => {
    if (known.length !== value.length) return value;
    value.forEach((element, index) => {
      const before = known[index];
      if (isObject(element) && isObject(before)) known[index] = join(before, element);
      else if (element !== null) known[index] = element;
    });
    return known;
  };
  const replacesType = (known: unknown, value: unknown): boolean =>
    known === undefined || known === null || !interfaceObjects.has(value as string);
  return merge;
}
