import { describe, expect, it } from '@jest/globals';
import { remember } from '../../../../gateway/fetch/remember.js';

describe('what is remembered', () => {
  it('is made once, and the oldest is forgotten first', () => {
    const made: string[] = [];
    const read = remember(2, (text) => {
      made.push(text);
      return text.toUpperCase();
    });
    expect(['a', 'b', 'a', 'c', 'b', 'a'].map(read)).toEqual(['A', 'B', 'A', 'C', 'B', 'A']);
    expect(made).toEqual(['a', 'b', 'c', 'a']);
  });
});
