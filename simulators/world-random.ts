/** Draws from a fixed sequence: equal seeds and labels give equal draws on every machine. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/**
 * Small fast counter generator (sfc32), seeded by a hash of the labels.
 *
 * @param labels What the sequence is for, so that one part of the world does not shift when another one changes.
 */
export function createRandom(seed: number, ...labels: readonly string[]): Random {
  let [a, b, c, counter] = hash(`${seed} ${labels.join(' ')}`);
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 12; round += 1) next();
  return {
    next,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick: <Item>(items: readonly Item[]) => {
      if (items.length === 0) throw new TypeError('Nothing to pick from.');
      return items[Math.floor(next() * items.length)] as Item;
    },
  };
}

/** Four words of 32 bits after FNV-1a, each over another beginning. */
function hash(text: string): [number, number, number, number] {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((start) => {
    let word = start;
    for (let index = 0; index < text.length; index += 1)
      word = Math.imul(word ^ text.charCodeAt(index), 0x01000193) ^ (word >>> 15);
    return word | 0;
  });
  return words as [number, number, number, number];
}
