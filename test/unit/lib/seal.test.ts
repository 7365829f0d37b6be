import { describe, expect, it } from '@jest/globals';
import { createSeal } from '../../../lib/seal.js';

const SECRET = 'a secret of at least 32 characters';

describe('createSeal', () => {
  it('opens what it sealed', () => {
    const { seal, open } = createSeal(SECRET, 'here');
    expect(open(seal('Ștefănescu 4231651425'))).toBe('Ștefănescu 4231651425');
  });

  it.each(['', '\0', 'a\0b', 'a\0', '\ud800', 'a\udc00\0', '\ufffd', '\u00ff"'])('opens %j as it was', (text) => {
    const { seal, open } = createSeal(SECRET, 'here');
    expect(open(seal(text))).toBe(text);
  });

  it('seals equal texts equally, and different ones differently', () => {
    const { seal } = createSeal(SECRET, 'here');
    expect(seal('one')).toBe(seal('one'));
    expect(seal('one')).not.toBe(seal('two'));
  });

  it('shows neither the text nor its exact length', () => {
    const { seal } = createSeal(SECRET, 'here');
    expect(seal('4231651425')).not.toContain('4231651425');
    expect(seal('a')).toHaveLength(seal('a'.repeat(31)).length);
  });

  it.each([
    ['another context', () => createSeal(SECRET, 'there').open(createSeal(SECRET, 'here').seal('text'))],
    ['another key', () => createSeal(`${SECRET}!`, 'here').open(createSeal(SECRET, 'here').seal('text'))],
    ['a changed letter', () => createSeal(SECRET, 'here').open(changed(createSeal(SECRET, 'here').seal('text')))],
    ['a part of it', () => createSeal(SECRET, 'here').open(createSeal(SECRET, 'here').seal('text').slice(0, 20))],
    ['a letter too many', () => createSeal(SECRET, 'here').open(`${createSeal(SECRET, 'here').seal('text')}A`)],
    [
      'a sign that is no base64url',
      () => createSeal(SECRET, 'here').open(`${createSeal(SECRET, 'here').seal('text')}%`),
    ],
    ['no base64url at all', () => createSeal(SECRET, 'here').open('no such thing!')],
    ['nothing', () => createSeal(SECRET, 'here').open('')],
  ])('does not open with %s', (_, open) => {
    expect(open()).toBeNull();
  });

  it('refuses a short key', () => {
    expect(() => createSeal('short', 'here')).toThrow(TypeError);
  });
});

const changed = (sealed: string): string => `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
