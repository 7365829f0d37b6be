import { describe, expect, it } from '@jest/globals';
import { createUsedTokens } from '../../../lib/used-tokens.js';

const open = (most = 100) => createUsedTokens({ lifetimeSeconds: 60, most, startSeconds: 1000 });
const token = (jti: string, iat: number) => ({ jti, iat });

describe('used tokens', () => {
  it('are known the second time', () => {
    const used = open();
    expect([used.isNew(token('a', 1000), 1000), used.isNew(token('a', 1000), 1059)]).toEqual([true, false]);
  });

  it('of before the start may have been used', () => expect(open().isNew(token('a', 999), 1001)).toBe(false));

  it('are forgotten when they are over', () => {
    const used = open(2);
    expect([token('a', 1000), token('b', 1001)].map((one) => used.isNew(one, 1001))).toEqual([true, true]);
    expect(used.isNew(token('c', 1061), 1061)).toBe(true);
    // There was room, so nothing that is good was refused for it.
    expect(used.isNew(token('d', 1002), 1061)).toBe(true);
  });

  it('never come back for want of room: what is as old as the forgotten one counts as used', () => {
    const used = open(2);
    for (const [jti, iat] of [
      ['a', 1000],
      ['b', 1001],
      ['c', 1002],
    ] as const)
      expect(used.isNew(token(jti, iat), 1002)).toBe(true);
    expect(['a', 'another'].map((jti) => used.isNew(token(jti, 1000), 1002))).toEqual([false, false]);
    expect(used.isNew(token('d', 1002), 1002)).toBe(true);
  });
});
