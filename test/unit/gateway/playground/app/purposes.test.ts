import { describe, expect, it } from '@jest/globals';
import { isFileReference } from '../../../../../gateway/playground/app/purposes.js';

describe('isFileReference', () => {
  it.each(['1', 'BA 33-2026/118', 'a.b_c/1-2', `${'x'.repeat(119)}7`])('takes %s', (text) => {
    expect(isFileReference(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no digit', 'Akte'],
    ['an umlaut, which no header carries', 'Büro 1'],
    ['a line break', 'BA 1\r\nx-evil: 1'],
    ['121 characters', `${'x'.repeat(120)}7`],
    ['other signs', 'BA#1'],
  ])('refuses %s', (_, text) => {
    expect(isFileReference(text)).toBe(false);
  });
});
