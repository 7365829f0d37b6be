import { describe, expect, it } from '@jest/globals';
import { Leaving } from '../../../gateway/leaving.js';

const createListener = () => {
  const told: unknown[] = [];
  return { told, left: (reason: unknown) => void told.push(reason) };
};

describe('leaving', () => {
  it('is told to everybody who listens, once', () => {
    const leaving = new Leaving();
    const [first, second] = [createListener(), createListener()];
    leaving.add(first);
    leaving.add(second);
    leaving.leave('gone');
    leaving.leave('again');
    expect([first.told, second.told, leaving.reason]).toEqual([['gone'], ['gone'], 'gone']);
  });

  it('is not told to who has stopped listening, whoever that is among many', () => {
    const listeners = [createListener(), createListener(), createListener()];
    for (const removed of listeners) {
      const leaving = new Leaving();
      for (const listener of listeners) leaving.add(listener);
      leaving.remove(removed);
      leaving.leave('gone');
    }
    expect(listeners.map(({ told }) => told.length)).toEqual([2, 2, 2]);
  });

  it('is a signal too, whenever that is asked for', () => {
    const leaving = new Leaving();
    const before = leaving.signal;
    leaving.leave('gone');
    expect([before.aborted, before.reason, leaving.signal.reason]).toEqual([true, 'gone', 'gone']);
    const late = new Leaving();
    late.leave('early');
    expect(late.signal.reason).toBe('early');
  });

  it('follows a signal, also one that has ended', () => {
    const controller = new AbortController();
    const leaving = Leaving.of(controller.signal);
    expect(leaving.hasLeft).toBe(false);
    controller.abort('gone');
    expect([leaving.hasLeft, leaving.reason, Leaving.of(controller.signal).reason]).toEqual([true, 'gone', 'gone']);
  });
});
