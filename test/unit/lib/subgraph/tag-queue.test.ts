import { describe, expect, it } from '@jest/globals';
import { createTagQueue } from '../../../../lib/subgraph/tag-queue.js';

const ALL = ['municipality:1', 'municipality:2'];
const queue = (most = 100) => createTagQueue(most, () => ALL);

describe('tags that wait', () => {
  it('are taken once each, the oldest first', () => {
    const waiting = queue();
    waiting.add(['a', 'b']);
    waiting.add(['b', 'c']);
    expect(waiting.take(2)).toEqual(['a', 'b']);
    waiting.confirm();
    expect(waiting.take(2)).toEqual(['c']);
    waiting.confirm();
    expect(waiting.isEmpty).toBe(true);
  });

  it('count as confirmed only when they have arrived', () => {
    const waiting = queue();
    waiting.add(['a']);
    expect(waiting.confirmed).toBeLessThan(waiting.ticket);
    waiting.take(10);
    expect(waiting.isEmpty).toBe(true);
    expect(waiting.confirmed).toBeLessThan(waiting.ticket);
    waiting.confirm();
    expect(waiting.confirmed).toBeGreaterThanOrEqual(waiting.ticket);
  });

  it('are sent again when they are added while they are under way: that may have been too early', () => {
    const waiting = queue();
    waiting.add(['a']);
    waiting.take(10);
    waiting.add(['a']);
    waiting.confirm();
    expect(waiting.confirmed).toBe(1);
    expect(waiting.take(10)).toEqual(['a']);
  });

  it('come back where they have not arrived, with the age they had', () => {
    const waiting = queue();
    waiting.add(['a']);
    waiting.take(10);
    waiting.add(['a', 'b']);
    waiting.giveBack();
    expect(waiting.confirmed).toBe(0);
    expect([...waiting.take(10)].sort()).toEqual(['a', 'b']);
  });

  it('become all that there is, once more wait than are kept', () => {
    const waiting = queue(3);
    waiting.add(['a', 'b']);
    waiting.add(['c', 'd']);
    expect(waiting.confirmed).toBe(0);
    expect(waiting.take(10)).toEqual(ALL);
  });

  it('give way to what is sent in their place', () => {
    const waiting = queue();
    waiting.add(['a']);
    waiting.take(10);
    waiting.giveBack(ALL);
    expect(waiting.confirmed).toBe(0);
    expect(waiting.take(10)).toEqual(ALL);
    waiting.giveBack([]);
    expect([waiting.isEmpty, waiting.confirmed >= waiting.ticket]).toEqual([true, true]);
  });
});
