import { describe, expect, it } from '@jest/globals';
import { createPause } from '../../../lib/turns.js';

describe('createPause', () => {
  const otherTurn = () => {
    let ran = false;
    setImmediate(() => {
      ran = true;
    });
    return () => ran;
  };

  it('goes on at once within its slice', async () => {
    const pause = createPause(8, () => 0);
    const ran = otherTurn();
    await pause();
    expect(ran()).toBe(false);
  });

  it('lets others run when its slice is over, and then begins a new one', async () => {
    let now = 0;
    const pause = createPause(8, () => now);
    now = 8;
    const ran = otherTurn();
    await pause();
    expect(ran()).toBe(true);
    const ranAgain = otherTurn();
    await pause();
    expect(ranAgain()).toBe(false);
  });
});
