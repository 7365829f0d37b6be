import type { Requirement, Right } from './rules.js';

/** More ways to meet a few requirements than this are not counted: then nothing is taken for granted. */
const MOST_WAYS = 4096;

/** Whether whoever meets all of `given` also meets `requirement`. */
export function implies(given: readonly Requirement[], requirement: Requirement): boolean {
  const key = JSON.stringify(requirement);
  if (given.some((one) => JSON.stringify(one) === key)) return true;
  let ways: ReadonlySet<Right>[] = [new Set()];
  for (const one of given) {
    if (ways.length * one.length > MOST_WAYS) return false;
    ways = ways.flatMap((way) => one.map((rights) => new Set([...way, ...rights])));
  }
  return given.length > 0 && ways.every((way) => requirement.some((rights) => rights.every((right) => way.has(right))));
}
