import { describe, expect, it } from '@jest/globals';
import { isFileReference, PURPOSES, readStatement } from '../../../../gateway/identity/purpose.js';

describe('isFileReference', () => {
  it.each(['1', 'Az. 12/2026-3_b', 'Straße 5', '9'.repeat(120)])('takes %s', (text) => {
    expect(isFileReference(text)).toBe(true);
  });

  it.each(['', 'abc', '1'.repeat(121), '1;2', "1' OR 1=1", '1\n2', '1\u00002', '1\u20282', '(1)'])(
    'refuses %j',
    (text) => {
      expect(isFileReference(text)).toBe(false);
    },
  );
});

describe('readStatement', () => {
  it.each(PURPOSES)('knows the purpose %s', (purpose) => {
    expect(readStatement({ 'x-purpose': purpose })).toEqual({ purpose, fileReference: null });
  });

  it('reads letters beyond ASCII, sent as UTF-8 or as Latin-1', () => {
    const utf8 = Buffer.from('Müller 1').toString('latin1');
    expect(readStatement({ 'x-file-reference': utf8 }).fileReference).toBe('Müller 1');
    expect(readStatement({ 'x-file-reference': 'Müller 1' }).fileReference).toBe('Müller 1');
    const decomposed = Buffer.from('Mu\u0308ller 1').toString('latin1');
    expect(readStatement({ 'x-file-reference': decomposed }).fileReference).toBe('Müller 1');
  });

  it('refuses a purpose that is given twice', () => {
    const twice = { 'x-purpose': 'residents.inquiry, residents.inquiry' };
    expect(() => readStatement(twice)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });

  it('is empty without headers', () => {
    expect(readStatement({})).toEqual({ purpose: null, fileReference: null });
  });
});
