import type { ExecutionResult } from 'graphql';
import { canonical } from './canonical.js';

/**
 * How an answer differs from the expected one: other data; the same data with its fields in another order; errors
 * where none were expected or the reverse; errors at other places. Messages and codes are left aside.
 */
export interface Difference {
  readonly kind: 'data' | 'order' | 'unexpected errors' | 'missing errors' | 'error paths';
  readonly expected: unknown;
  readonly got: unknown;
}

export function compareResults(expected: ExecutionResult, got: ExecutionResult): Difference | null {
  const [wanted, given] = [expected.data ?? null, got.data ?? null];
  if (canonical(wanted) !== canonical(given)) return { kind: 'data', ...firstDifference(wanted, given, []) };
  if (JSON.stringify(wanted) !== JSON.stringify(given)) return { kind: 'order', expected: wanted, got: given };
  const [wantedErrors, givenErrors] = [errorsOf(expected), errorsOf(got)];
  if (wantedErrors.length === 0 && givenErrors.length === 0) return null;
  if (wantedErrors.length === 0) return { kind: 'unexpected errors', expected: [], got: givenErrors };
  if (givenErrors.length === 0) return { kind: 'missing errors', expected: wantedErrors, got: [] };
  return comparePlaces({ expected: wantedErrors, got: givenErrors, data: given });
}

/** Whether both report errors at exactly the same paths; those without a path are left aside. */
export const haveSamePaths = (a: ExecutionResult, b: ExecutionResult): boolean =>
  canonical(pathsOf(errorsOf(a))) === canonical(pathsOf(errorsOf(b)));

interface FoundError {
  readonly message: string;
  readonly path?: readonly (string | number)[] | undefined;
}

/** The stock gateway reports nulls in places that cannot be null beside the errors, in an extension. */
export function errorsOf({ errors = [], extensions }: ExecutionResult): FoundError[] {
  const completion = (extensions?.['valueCompletion'] ?? []) as readonly FoundError[];
  return [...errors, ...completion].map(({ message, path }) => ({ message, path }));
}

const pathsOf = (errors: readonly FoundError[]): string[] =>
  [...new Set(errors.flatMap(({ path }) => (path ? [JSON.stringify(path)] : [])))].sort();

/**
 * Every null that an error explains must be explained, and no error may point at something that is there. Which of
 * several errors is told where they all end in the same null is left open, as GraphQL does (section 6.4.4).
 */
function comparePlaces(side: {
  readonly expected: readonly FoundError[];
  readonly got: readonly FoundError[];
  readonly data: unknown;
}): Difference | null {
  const expected = [...new Set(side.expected.map(({ path }) => nullAt(side.data, path)))].sort();
  const got = [...new Set(side.got.map(({ path }) => nullAt(side.data, path)))].sort();
  const difference: Difference = { kind: 'error paths', expected: pathsOf(side.expected), got: pathsOf(side.got) };
  if (got.includes(NOWHERE)) return difference;
  // A judge that does not say where, or says it wrongly, cannot be held against others.
  if (expected.includes(NOWHERE) || expected.includes(EVERYWHERE)) return null;
  const known = got.filter((place) => place !== EVERYWHERE);
  return canonical(expected) === canonical(known) ? null : difference;
}

const NOWHERE = 'points at a value';
const EVERYWHERE = 'has no path';

/** @returns Path of the null that the error at `path` ended in. */
function nullAt(data: unknown, path: FoundError['path']): string {
  if (!path) return EVERYWHERE;
  let value: unknown = data;
  for (const [depth, name] of path.entries()) {
    if (value === null) return JSON.stringify(path.slice(0, depth));
    if (value === undefined) return NOWHERE;
    value = (value as Record<string | number, unknown>)[name];
  }
  if (value === null) return JSON.stringify(path);
  // What was needed but not asked for has no place of its own in the answer.
  return typeof value === 'object' ? EVERYWHERE : NOWHERE;
}

type Side = { readonly expected: unknown; readonly got: unknown };

/** Walks down to where two values differ first. */
function firstDifference(expected: unknown, got: unknown, path: readonly (string | number)[]): Side {
  const names = commonKeys(expected, got);
  for (const name of names ?? []) {
    const [a, b] = [valueAt(expected, name), valueAt(got, name)];
    if (canonical(a) !== canonical(b)) return firstDifference(a, b, [...path, name]);
  }
  return { expected: { path, value: expected }, got: { path, value: got } };
}

function commonKeys(a: unknown, b: unknown): string[] | null {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return null;
  const [left, right] = [Object.keys(a), Object.keys(b)];
  return canonical([...left].sort()) === canonical([...right].sort()) ? left : null;
}

const valueAt = (value: unknown, name: string): unknown => (value as Record<string, unknown>)[name];
