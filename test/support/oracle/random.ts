/** A stream of numbers that depends on nothing but its seed. */
export interface Random {
  /** @returns A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** @returns A whole number from 0 to `below` - 1. */
  integer(below: number): number;
  /** Whether an event of this probability happens now. */
  chance(probability: number): boolean;
  /** @returns One of `items`. @throws TypeError where there are none. */
  pick<T>(items: readonly T[]): T;
}

/** @param seed Any number or text; equal seeds give equal streams on every machine. */
export function createRandom(seed: number | string): Random {
  let state = hash(String(seed));
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 2 ** 32;
  };
  const integer = (below: number) => Math.floor(next() * below);
  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick(items) {
      if (items.length === 0) throw new TypeError('nothing to pick from');
      return items[integer(items.length)] as (typeof items)[number];
    },
  };
}

/** FNV-1a over UTF-16 units with a final avalanche: 32 bits, unsigned. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return mix(state >>> 0);
}

/** The same event for the same text, whoever asks and in whatever order. */
export const happens = (text: string, probability: number): boolean => hash(text) / 2 ** 32 < probability;

function mix(value: number): number {
  let state = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  state = Math.imul(state ^ (state >>> 15), 0x735a2d97);
  return (state ^ (state >>> 15)) >>> 0;
}
