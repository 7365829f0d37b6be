import type { Entry } from './entry.js';

/**
 * Where entries are kept. No verb ever throws: what goes wrong is a miss and an event. Keys are texts that hold
 * everything the entry depends on; a store that others can look into makes them unreadable.
 */
export interface Store {
  /** @returns One for each key, in order; `null` where there is none. They may be past their time. */
  read(keys: readonly string[]): Found[] | Promise<Found[]>;
  /** @returns When they are stored, or never will be. */
  write(writes: readonly Write[]): void | Promise<void>;
  drop(keys: readonly string[]): void | Promise<void>;
}

export type Found = Entry<unknown> | null;

export interface Write {
  readonly key: string;
  readonly entry: Entry<unknown>;
}
