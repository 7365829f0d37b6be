import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { conditionVariables } from '../plan/conditions.js';
import type { Conditions } from '../plan/plan.js';

/** Combinations of conditions kept for one operation; more than these are rare, and made again when they come. */
export const MAX_VARIANTS = 8;

/** Something that is made once for each combination of an operation's conditions that comes up. */
export interface Variants<T> {
  /** @returns No promise where it is there already. */
  get(isTrue: (variable: string) => boolean): T | Promise<T>;
  /** Combinations that were used, the latest first. */
  used(): Conditions[];
}

export function createVariants<T>(document: DocumentNode, make: (conditions: Conditions) => Promise<T>): Variants<T> {
  const variables = conditionVariables(document);
  const made = new LRUCache<string, { readonly conditions: Conditions; readonly value: T }>({ max: MAX_VARIANTS });
  const flights = new Map<string, Promise<T>>();
  const makeOnce = async (key: string, conditions: Conditions): Promise<T> => {
    try {
      const value = await make(conditions);
      made.set(key, { conditions, value });
      return value;
    } finally {
      flights.delete(key);
    }
  };
  return {
    get: (isTrue) => {
      const only = variables.length === 0 ? made.get('') : undefined;
      if (only) return only.value;
      const values = variables.map(isTrue);
      const key = values.map(Number).join('');
      const known = made.get(key);
      if (known) return known.value;
      const conditions = new Map(variables.map((variable, index) => [variable, values[index] ?? false]));
      const flight = flights.get(key) ?? makeOnce(key, conditions);
      flights.set(key, flight);
      return flight;
    },
    used: () => [...made.values()].map(({ conditions }) => conditions),
  };
}
