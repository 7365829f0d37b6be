import { describe, expect, it } from '@jest/globals';
import { createSeal } from '../../../../lib/seal.js';
import { createSheetLinks } from '../../../../subgraphs/encumbrances/sheet-link.js';

const KEY = 'a key of the tests that is long enough to be one';
const PERMIT = { ags: '10045114', file: '10045114-1000.pdf', subject: 'building-clerk', requestId: 'r-1' };
const START = Date.parse('2026-03-20T08:00:00Z');
const at = (now: number, key = KEY) =>
  createSheetLinks({ key, publicUrl: 'https://sheets.example/', lifetimeMs: 300_000, now: () => now });
const make = (permit = PERMIT, now = START) => at(now).make(permit).url.split('/').at(-1) ?? '';

describe('a link to a sheet', () => {
  it('stands under the public address and says until when it leads anywhere', () => {
    expect(at(START).make(PERMIT)).toEqual({
      url: expect.stringMatching(/^https:\/\/sheets\.example\/sheets\/[A-Za-z0-9_-]+$/),
      expiresAt: '2026-03-20T08:05:00.000Z',
    });
  });

  it.each([
    ['at once', 0, PERMIT],
    ['a moment before its end', 299_999, PERMIT],
    ['at its end', 300_000, 'expired'],
    ['a year later', 31_536_000_000, 'expired'],
  ])('leads %s to what it is for', (_, laterMs, expected) => {
    expect(at(START + laterMs).read(make())).toEqual(expected);
  });

  it('is another one for another sheet, caller, request, municipality and time', () => {
    const others = [
      make({ ...PERMIT, file: '10045114-1001.pdf' }),
      make({ ...PERMIT, subject: 'somebody else' }),
      make({ ...PERMIT, requestId: 'r-2' }),
      make({ ...PERMIT, ags: '10045117' }),
      make(PERMIT, START + 1),
    ];
    expect(new Set([make(), ...others]).size).toBe(6);
  });

  it('is nothing when any of its characters is another', () => {
    const link = make();
    for (let index = 0; index < link.length; index++) {
      const other = link[index] === 'A' ? 'g' : 'A';
      const read = at(START).read(link.slice(0, index) + other + link.slice(index + 1));
      // The last character has bits that stand for nothing: where they alone differ it is the same link.
      if (index < link.length - 1) expect(read).toBeNull();
    }
  });

  it.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['what is no base64url', `${make()}=`],
    ['a beginning', make().slice(0, -4)],
    ['a link and more', `${make()}AAAA`],
    ['a link of another key', at(START, `${KEY}!`).make(PERMIT).url.split('/').at(-1) ?? ''],
    ['what the key sealed for something else', createSeal(KEY, 'own record').seal('[9e15,"a","b","c","d"]')],
  ])('is not %s', (_, link) => {
    expect(at(START).read(link)).toBeNull();
  });

  it('hides the sheet and the caller', () => {
    expect(make() + Buffer.from(make(), 'base64url').toString('latin1')).not.toMatch(/10045114|clerk|pdf/);
  });
});
