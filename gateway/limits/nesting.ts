/** Whether a JSON value is nested more than `most` levels deep; a list or an object is one level. */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const inner = level.filter((item) => typeof item === 'object' && item !== null);
    if (depth === most && inner.length > 0) return true;
    level = inner.flatMap((item) => Object.values(item as object));
  }
  return false;
}
