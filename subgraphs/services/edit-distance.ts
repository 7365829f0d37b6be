/**
 * Damerau-Levenshtein distance (optimal string alignment): letters put in, left out, replaced, or two neighbours
 * exchanged.
 *
 * @param most Above this the distance does not matter.
 * @returns The distance, or `most + 1` for anything above it.
 */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  const last = lastRow(one, other, most);
  return last === null ? most + 1 : Math.min(last[other.length] ?? most + 1, most + 1);
}

/**
 * How far `typed` is from the nearest beginning of `word`: what somebody misspelt who has not finished typing.
 *
 * @returns The distance, or `most + 1` for anything above it.
 */
export function prefixDistance(typed: string, word: string, most: number): number {
  const beginning = word.slice(0, typed.length + most);
  const last = lastRow(typed, beginning, most);
  return last === null ? most + 1 : Math.min(...last, most + 1);
}

/** Distances of the whole of `one` to each beginning of `other`; `null` once all of them are above `most`. */
function lastRow(one: string, other: string, most: number): number[] | null {
  let beforeLast: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one.charCodeAt(row - 1) === other.charCodeAt(column - 1);
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (isExchange([one, other], row, column)) distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
      if (distance < least) least = distance;
    }
    if (least > most) return null;
    beforeLast = previous;
    previous = current;
  }
  return previous;
}

const isExchange = ([one, other]: readonly [string, string], row: number, column: number): boolean =>
  row > 1 &&
  column > 1 &&
  one.charCodeAt(row - 1) === other.charCodeAt(column - 2) &&
  one.charCodeAt(row - 2) === other.charCodeAt(column - 1);
