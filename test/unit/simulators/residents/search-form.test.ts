import { describe, expect, it } from '@jest/globals';
import { normalizeName, normalizeStreet } from '../../../../lib/names.js';
import { givenNameForms, nameForm, streetForm } from '../../../../simulators/residents/search-form.js';

describe('nameForm', () => {
  it.each([
    ['finds the umlaut spelled out', 'Sörensen', 'Soerensen', true],
    ['finds the ligature', 'Sörensen', 'Sœrensen', true],
    ['does not find the plain letter', 'Sörensen', 'Sorensen', false],
    ['finds a name without its marks', 'Ștefănescu', 'Stefanescu', true],
    ['finds sharp s spelled out', 'Groß', 'GROSS', true],
    ['takes hyphen and space alike', 'Anna-Lena', 'Anna Lena', true],
  ])('%s', (_, known, asked, isFound) => {
    expect(nameForm(known) === nameForm(asked)).toBe(isFound);
  });

  /** Two registers that normalise differently would lose people; the code is their own, the standard one. */
  it('agrees with the adapters on the letters of DIN 91379', () => {
    const letters =
      'ÄÖÜäöüßẞÀÁÂÃÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕØÙÚÛÝÞàáâãåæçèéêëìíîïðñòóôõøùúûýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĦħĪīĮįİıĶķŁłŃńŅņŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŦŧŪūŮůŰűŲųŸŹźŻżŽžȘșȚțẠạẢảẤấẦầẾếễộợừỳ';
    expect([...letters].filter((letter) => nameForm(letter) !== normalizeName(letter))).toEqual([]);
  });
});

describe('streetForm', () => {
  it.each(['Bergstraße', 'Bergstr.', 'Marktplatz', 'Marktpl.', 'Straße des 13. Januar', 'Talstr', 'BERGSTR'])(
    'agrees with the adapters on %s',
    (street) => {
      expect(streetForm(street)).toBe(normalizeStreet(street));
    },
  );

  it('finds the short ending', () => {
    expect(streetForm('Bergstr.')).toBe(streetForm('Bergstraße'));
  });
});

describe('givenNameForms', () => {
  it('takes a hyphenated name as one', () => {
    expect(givenNameForms('Anna-Lena  Zoë')).toEqual(['ANNALENA', 'ZOE']);
  });
});
