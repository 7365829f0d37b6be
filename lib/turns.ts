import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * For long work on the event loop: `await pause()` after each small step lets others run whenever `sliceMs` have gone
 * since they last could.
 */
export function createPause(sliceMs = 5, now: () => number = () => performance.now()): () => Promise<void> {
  let began = now();
  return async () => {
    if (now() - began < sliceMs) return;
    await nextTurn();
    began = now();
  };
}
