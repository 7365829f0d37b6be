import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readMessage, sealPieces } from '../../../../gateway/cache/bus-message.js';
import { createVault } from '../../../../gateway/cache/vault.js';
import { MOST_TAGS } from '../../../../lib/cache-tags.js';

const vault = createVault([randomBytes(32)]);
const NOW = Date.now() * 1000;
const seal = (number: number, ...tags: (string | null)[]) => sealPieces(vault, number, tags);

describe('a message of invalidation', () => {
  it('says which tags, with their number', () => {
    expect(readMessage(vault, seal(NOW, 'a', null, 'b\0 \ud800').join(' '))).toEqual([
      { number: NOW, tag: 'a' },
      { number: NOW, tag: null },
      { number: NOW, tag: 'b\0 \ud800' },
    ]);
  });

  it('is read by who knows the secret of who sent it', () => {
    const [old, next] = [randomBytes(32), randomBytes(32)];
    const [text = ''] = sealPieces(createVault([old]), NOW, ['a']);
    expect(readMessage(createVault([next, old]), text)).toEqual([{ number: NOW, tag: 'a' }]);
    expect(readMessage(createVault([next]), text)).toBeNull();
  });

  it('shows the length of a tag only in steps', () => {
    expect(seal(NOW, 'a')[0]).toHaveLength(seal(NOW, 'abcdefgh')[0]?.length ?? 0);
  });

  it('has as many tags as a request may have', () => {
    const tags = Array.from({ length: MOST_TAGS }, (_, index) => `${index}`);
    expect(readMessage(vault, seal(NOW, ...tags).join(' '))).toHaveLength(MOST_TAGS);
    expect(readMessage(vault, seal(NOW, ...tags, 'one more').join(' '))).toBeNull();
  });

  it.each([
    ['nothing', ''],
    ['a number and something', '9007199254740992 x'],
    ['one part that is none of ours', `${seal(NOW, 'a')} x`],
    ['too much', 'x'.repeat(32_000_001)],
    ['a number of the day after tomorrow', seal(NOW + 48 * 3_600_000_000, 'a').join()],
    ['no number', seal(Number.NaN, 'a').join()],
    ['a number that is too high', seal(Number.MAX_SAFE_INTEGER, 'a').join()],
  ])('is none with %s', (_, text) => {
    expect(readMessage(vault, text)).toBeNull();
  });
});
