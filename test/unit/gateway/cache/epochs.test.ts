import { describe, expect, it } from '@jest/globals';
import { createEpochs } from '../../../../gateway/cache/epochs.js';

describe('epochs', () => {
  it('make misses of what was asked for before an invalidation, and of nothing else', () => {
    const epochs = createEpochs();
    const before = { tags: ['a', 'b'], asOf: epochs.watermark() };
    epochs.invalidate(['a'], 10);
    expect(epochs.isCurrent(before)).toBe(false);
    expect(epochs.isCurrent({ tags: ['b'], asOf: before.asOf })).toBe(true);
    expect(epochs.isCurrent({ tags: ['a'], asOf: epochs.watermark() })).toBe(true);
  });

  it('count one that comes late as new', () => {
    const epochs = createEpochs();
    epochs.invalidate(['a'], 10);
    const entry = { tags: ['b'], asOf: epochs.watermark() };
    epochs.invalidate(['b'], 9);
    expect(epochs.isCurrent(entry)).toBe(false);
    expect(epochs.isCurrent({ tags: ['b'], asOf: epochs.watermark() })).toBe(true);
  });

  it('make misses of everything older at once', () => {
    const epochs = createEpochs();
    const entry = { tags: [], asOf: epochs.watermark() };
    epochs.invalidateAll(5);
    expect(epochs.isCurrent(entry)).toBe(false);
    expect(epochs.isCurrent({ tags: [], asOf: epochs.watermark() })).toBe(true);
  });

  it('that are forgotten make misses of everything older', () => {
    const epochs = createEpochs(2);
    epochs.invalidate(['a'], 1);
    const entry = { tags: ['x'], asOf: epochs.watermark() };
    epochs.invalidate(['b'], 2);
    const later = { tags: ['x'], asOf: epochs.watermark() };
    expect(epochs.isCurrent({ tags: ['a'], asOf: 0 })).toBe(false);
    epochs.invalidate(['c'], 3);
    expect(epochs.isCurrent({ tags: ['a'], asOf: 0 })).toBe(false);
    expect(epochs.isCurrent(entry)).toBe(true);
    epochs.invalidate(['d'], 4);
    expect(epochs.isCurrent(entry)).toBe(false);
    expect(epochs.isCurrent(later)).toBe(true);
  });

  it('keep the number of a tag that is invalidated again', () => {
    const epochs = createEpochs(2);
    epochs.invalidate(['a'], 1);
    epochs.invalidate(['b'], 2);
    epochs.invalidate(['a'], 3);
    epochs.invalidate(['c'], 4);
    expect(epochs.isCurrent({ tags: ['a'], asOf: 2 })).toBe(false);
    expect(epochs.isCurrent({ tags: ['x'], asOf: 2 })).toBe(true);
  });

  it.each([Number.MAX_SAFE_INTEGER, 1e18, Number.POSITIVE_INFINITY, Number.NaN])(
    'never stop to rise, not even at %d',
    (number) => {
      const epochs = createEpochs();
      epochs.invalidate(['a'], number);
      epochs.advance(number);
      const entry = { tags: ['b'], asOf: epochs.watermark() };
      expect(epochs.isCurrent({ tags: ['a'], asOf: 0 })).toBe(false);
      epochs.invalidate(['b'], number);
      expect(epochs.isCurrent(entry)).toBe(false);
      const later = { tags: ['b'], asOf: epochs.watermark() };
      epochs.invalidateAll(number);
      expect(epochs.isCurrent(later)).toBe(false);
      expect(epochs.isCurrent({ tags: ['a', 'b'], asOf: epochs.watermark() })).toBe(true);
    },
  );

  it('of who has not begun say nothing about what others kept', () => {
    const epochs = createEpochs();
    const own = { tags: ['a'], asOf: epochs.watermark(), isPublic: true };
    const of = { tags: ['b'], asOf: 1000, isPublic: true };
    epochs.invalidate(['c'], epochs.watermark() + 1);
    expect([own, of].map(epochs.isCurrent)).toEqual([true, false]);
    epochs.begin(2000);
    expect([own, of].map(epochs.isCurrent)).toEqual([true, true]);
  });

  it('that begin again make misses of everything private that is older', () => {
    const epochs = createEpochs();
    epochs.begin(10);
    const [mine, ours] = [false, true].map((isPublic) => ({ tags: ['a'], asOf: epochs.watermark(), isPublic }));
    const late = { tags: ['a'], asOf: 20, isPublic: false };
    epochs.begin(20);
    expect([mine, ours, late].map((entry) => entry && epochs.isCurrent(entry))).toEqual([false, true, true]);
  });
});
