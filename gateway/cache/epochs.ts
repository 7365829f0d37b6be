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
  /** This number was given to somebody. */
  advance(number: number): void;
  /**
   * From this number on everything is heard. What is private and was asked for before is a miss from now on, as nobody
   * can be believed about what was missed. Before the first time, all that others kept is a miss.
   */
  begin(number: number): void;
  /** Everything that was asked for before is a miss from now on. */
  invalidateAll(number: number): void;
  isCurrent(entry: {
    readonly tags: readonly string[];
    readonly asOf: number;
    /** Absent for what was never kept. */
    readonly isPublic?: boolean;
  }): boolean;
}

/** Numbers are µs of a clock. Above this they could not rise by one at some time; they count as late instead. */
const HIGHEST_NUMBER = 2 ** 52;

/** @param maxTags Beyond it the invalidation that is longest ago is forgotten, and all that is older is a miss. */
export function createEpochs(maxTags = 100_000): Epochs {
  // In the order of invalidation, the oldest first.
  const numbers = new Map<string, number>();
  let highest = 0;
  let floor = 0;
  let privateFloor = 0;
  let hasBegun = false;
  const forgetOldest = () => {
    const [oldest] = numbers;
    if (!oldest) return;
    numbers.delete(oldest[0]);
    floor = Math.max(floor, oldest[1]);
  };
  /** One that comes late counts as new: entries that know of a later one may not know of it. */
  const order = (number: number): number => {
    highest = number > highest && number <= HIGHEST_NUMBER ? number : highest + 1;
    return highest;
  };
  const advance = (number: number) => {
    if (number > highest && number <= HIGHEST_NUMBER) highest = number;
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
    advance,
    begin(number) {
      advance(number);
      privateFloor = Math.min(number, highest);
      hasBegun = true;
    },
    invalidateAll(number) {
      floor = order(number);
    },
    isCurrent({ tags, asOf, isPublic }) {
      // Numbers of others are by far higher than those of a process that has not begun.
      if (asOf < floor || !(hasBegun || asOf <= highest)) return false;
      if (isPublic === false && asOf < privateFloor) return false;
      return tags.every((tag) => (numbers.get(tag) ?? 0) <= asOf);
    },
  };
}
