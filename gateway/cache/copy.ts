/**
 * A copy of a JSON value of which nothing is shared. Kept values are read by many requests, and execution joins what
 * subgraphs answer in place: each request gets objects of its own, without anything being parsed again.
 */
export function copyOf<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return copyList(value) as Value;
  // Of the same form at once; own members alone, so that `__proto__` is one like any other.
  const copy = { ...value } as Record<string, unknown>;
  for (const name in copy) {
    const member = copy[name];
    if (typeof member === 'object' && member !== null) copy[name] = copyOf(member);
  }
  return copy as Value;
}

function copyList(list: readonly unknown[]): unknown[] {
  const copy = list.slice();
  for (let index = 0; index < copy.length; index++) {
    const element = copy[index];
    if (typeof element === 'object' && element !== null) copy[index] = copyOf(element);
  }
  return copy;
}

const POINTER_BYTES = 8;
const OBJECT_BYTES = 40;
const TEXT_BYTES = 24;

/** About what a JSON value takes in memory. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return TEXT_BYTES + 2 * value.length;
  if (typeof value !== 'object' || value === null) return POINTER_BYTES;
  let bytes = OBJECT_BYTES;
  if (Array.isArray(value)) for (const element of value) bytes += POINTER_BYTES + bytesOf(element);
  else for (const name in value) bytes += POINTER_BYTES + bytesOf((value as Record<string, unknown>)[name]);
  return bytes;
}
