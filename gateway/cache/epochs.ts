/**
 * Which invalidations there were. Each has a number, later ones a higher one; an entry remembers the highest that was
 * known before its answer was asked for, and is a miss once any of its tags was invalidated after that. So an
 * invalidation costs the same however much it hits, and nothing is looked for.
 */
export interface Epochs {
  /** The highest number known. To be read before the answer of an entry is asked for. */
  watermark(): number;
  /** @param number As given by whoever orders invalidations. */
  invalidate(tags: readonly string[], number: number): void;
  /** Everything up to this number is known. */
  advance(number: number): void;
  /** Everything that was asked for before is a miss from now on. */
  invalidateAll(number: number): void;
  isCurrent(entry: { readonly tags: readonly string[]; readonly asOf: number }): boolean;
}

/** @param maxTags Beyond it the invalidation that is longest ago is forgotten, and all that is older is a miss. */
export function createEpochs(maxTags = 100_000): Epochs {
  // In the order of invalidation, the oldest first.
  const numbers = new Map<string, number>();
  let highest = 0;
  let floor = 0;
  const forgetOldest = () => {
    const [oldest] = numbers;
    if (!oldest) return;
    numbers.delete(oldest[0]);
    floor = Math.max(floor, oldest[1]);
  };
  /** One that comes late counts as new: entries that know of a later one may not know of it. */
  const order = (number: number): number => {
    highest = number > highest ? number : highest + 1;
    return highest;
  };
  return {
    watermark: () => highest,
    invalidate(tags, number) {
      const own = order(number);
      for (const tag of tags) {
        numbers.delete(tag);
        numbers.set(tag, own);
        if (numbers.size > maxTags) forgetOldest();
      }
    },
    advance(number) {
      highest = Math.max(highest, number);
    },
    invalidateAll(number) {
      floor = order(number);
    },
    isCurrent: ({ tags, asOf }) => asOf >= floor && tags.every((tag) => (numbers.get(tag) ?? 0) <= asOf),
  };
}
