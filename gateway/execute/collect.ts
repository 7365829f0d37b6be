import { compileRead, type Data, isObject, type TypeTable } from './types.js';

/**
 * Finds the objects a fetch is made for, in the order of the answer.
 *
 * @param sharedBelow Paths below whose objects others may be in several places; such a one is found once. `null`: none.
 */
export type Collect = (root: Data, sharedBelow: ReadonlySet<string> | null) => Data[];

/** Where objects lie, whatever their types. */
export const placeOf = (path: readonly string[]): string => path.map((element) => element.split('|')[0]).join('/');

/** An object with what lies above it: `parents[0]` is one field upwards. */
export interface Place {
  readonly object: Data;
  readonly parents: readonly Data[];
}

interface Step {
  readonly read: (object: Data) => unknown;
  readonly types: readonly string[] | null;
}

/** @param path As in `FetchNode`. */
export function compileCollect(path: readonly string[], types: TypeTable): Collect {
  const steps = path.map(parseStep);
  const walk = (value: unknown, index: number, found: Data[], seen: readonly (Set<unknown> | null)[] | null): void => {
    if (!isObject(value)) return;
    const known = seen?.[index];
    if (known) {
      if (known.has(value)) return;
      known.add(value);
    }
    if (Array.isArray(value)) {
      for (const element of value) walk(element, index, found, seen);
      return;
    }
    const step = steps[index];
    if (!step) found.push(value);
    else if (matches(value, steps[index - 1], types)) walk(step.read(value), index + 1, found, seen);
  };
  const places = path.map((_, length) => placeOf(path.slice(0, length)));
  return (root, sharedBelow) => {
    const found: Data[] = [];
    const first = sharedBelow ? places.findIndex((place) => sharedBelow.has(place)) : -1;
    const seen =
      first < 0 ? null : Array.from({ length: steps.length + 1 }, (_, index) => (index > first ? new Set() : null));
    walk(root, 0, found, seen);
    return found;
  };
}

/** The same, with the way upwards: slower, for what reads from parents. */
export function compilePlaces(path: readonly string[], types: TypeTable): (root: Data) => Place[] {
  const steps = path.map(parseStep);
  const walk = (value: unknown, index: number, parents: readonly Data[], found: Place[]): void => {
    if (!isObject(value)) return;
    if (Array.isArray(value)) {
      for (const element of value) walk(element, index, parents, found);
      return;
    }
    const step = steps[index];
    if (!step) found.push({ object: value, parents });
    else if (matches(value, steps[index - 1], types)) walk(step.read(value), index + 1, [value, ...parents], found);
  };
  return (root) => {
    const found: Place[] = [];
    walk(root, 0, [], found);
    return found;
  };
}

const matches = (value: Data, step: Step | undefined, types: TypeTable): boolean =>
  !step?.types || step.types.some((type) => types.isOfType(value['__typename'], type));

function parseStep(element: string): Step {
  const [key = '', condition] = element.split('|');
  return { read: compileRead(key), types: condition ? condition.slice(1, -1).split(',') : null };
}
