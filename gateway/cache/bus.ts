import type { Epochs } from './epochs.js';
import type { OnCacheEvent } from './events.js';

/** How invalidations reach everybody. */
export interface Bus {
  /**
   * Makes entries with these tags misses, here at once and everywhere within a second.
   *
   * @returns Whether everybody is told; otherwise it holds here alone, and must be asked again.
   */
  invalidate(tags: readonly string[]): Promise<boolean>;
  /** Whether every invalidation of more than a second ago is known here. */
  isConfirmed(): boolean;
  close(): void;
}

/** For a process that shares its entries with nobody. */
export function createLocalBus(epochs: Epochs, onEvent: OnCacheEvent): Bus {
  return {
    invalidate(tags) {
      epochs.invalidate(tags, epochs.watermark() + 1);
      onEvent({ kind: 'invalidated', tags: tags.length, from: 'here' });
      return Promise.resolve(true);
    },
    isConfirmed: () => true,
    close: () => undefined,
  };
}
