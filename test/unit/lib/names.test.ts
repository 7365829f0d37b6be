import { describe, expect, it } from '@jest/globals';
import { normalizeName, normalizeStreet, splitGivenNames } from '../../../lib/names.js';

describe('normalizeName', () => {
  it.each([
    ['an umlaut', 'Müller', 'MUELLER'],
    ['an umlaut already spelled out', 'Mueller', 'MUELLER'],
    ['a ligature for an umlaut', 'Sœrensen', 'SOERENSEN'],
    ['a stroke', 'Sørensen', 'SOERENSEN'],
    ['the plain letter', 'Sorensen', 'SORENSEN'],
    ['sharp s', 'Weißenbrück', 'WEISSENBRUECK'],
    ['capital sharp s', 'WEIẞ', 'WEISS'],
    ['a diaeresis on another letter', 'Noëlle', 'NOELLE'],
    ['letters beyond ISO-8859-15', 'Ștefănescu', 'STEFANESCU'],
    ['a decomposed letter', 'Mu\u0308ller', 'MUELLER'],
    ['two marks on one letter', 'Nguyễn', 'NGUYEN'],
    ['a stroke through the letter', 'Łowczyk', 'LOWCZYK'],
    ['thorn and eth', 'Þóra Guðrún', 'THORAGUDRUN'],
    ['hyphen, apostrophe and space', "O'Neill-von der Heide", 'ONEILLVONDERHEIDE'],
    ['nothing that counts', '- ?', ''],
  ])('%s', (_, name, form) => {
    expect(normalizeName(name)).toBe(form);
  });

  it('leaves its own result alone', () => {
    const form = normalizeName('Þóra Ștefănescu-Großbach');
    expect(normalizeName(form)).toBe(form);
  });
});

describe('normalizeStreet', () => {
  it.each([
    ['the written ending', 'Bergstraße', 'BERGSTR'],
    ['the short ending', 'Bergstr.', 'BERGSTR'],
    ['an ending of its own', 'Käthe-Kollwitz-Straße', 'KAETHEKOLLWITZSTR'],
    ['a square', 'Marktplatz', 'MARKTPL'],
    ['no ending', 'In den Weiden', 'INDENWEIDEN'],
    ['the word elsewhere', 'Straße des 13. Januar', 'STRASSEDES13JANUAR'],
  ])('%s', (_, street, form) => {
    expect(normalizeStreet(street)).toBe(form);
  });
});

describe('splitGivenNames', () => {
  it('takes a hyphenated name as one', () => {
    expect(splitGivenNames('  Anna-Lena  Maria ')).toEqual(['Anna-Lena', 'Maria']);
  });
});
