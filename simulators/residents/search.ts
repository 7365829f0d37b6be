import { REFUSALS, Refusal } from './codes.js';
import type { Marks } from './marks.js';
import type { SearchData } from './read-request.js';
import { type Entry, houseNumberForm, type Register } from './register.js';
import { givenNameForms, nameForm, streetForm } from './search-form.js';

/**
 * A Personensuche (§ 34a (2) BMG, BMeldDAV): everything given must fit.
 *
 * @returns All who fit, those under a block too: the caller leaves them out.
 * @throws Refusal as the rules of the search want it.
 */
export function search(
  profile: SearchData | { readonly mark: string },
  ags: string,
  office: { readonly register: Register; readonly marks: Marks },
): Entry[] {
  if ('mark' in profile) return [readMark(profile.mark, ags, office)];
  check(profile, ags, office.register);
  const [first = '', ...others] = givenNameForms(profile.givenNames);
  return office.register
    .byName(ags, profile.familyName, first)
    .filter(({ givenNames }) => others.every((name) => givenNames.map(nameForm).includes(name)))
    .filter((entry) => fits(entry, profile));
}

function readMark(mark: string, ags: string, { register, marks }: { register: Register; marks: Marks }): Entry {
  const position = marks.read(mark);
  const entry = position === null ? null : register.byPosition(position);
  if (entry === null || entry.ags !== ags) throw new Refusal(REFUSALS.markInvalid);
  return entry;
}

/** What a search must have before anybody is looked for. */
export function checkSearch(data: SearchData, ags: string): void {
  if (data.ags.length !== 1 || data.ags[0] !== ags) throw new Refusal(REFUSALS.agsMismatch);
  if (!hasMinimum(data)) throw new Refusal(REFUSALS.minimumData);
  if (/[?*]/.test(data.familyName + data.givenNames + data.street + data.placeOfBirth))
    throw new Refusal(REFUSALS.other, 'no placeholders in a Personensuche');
}

function check(data: SearchData, ags: string, register: Register): void {
  checkSearch(data, ags);
  if (data.street !== '' && !register.hasStreet(ags, data.street)) throw new Refusal(REFUSALS.streetUnknown);
}

/** § 38 (1) BMG. The place of residence is given by the municipality. */
const hasMinimum = (data: SearchData): boolean =>
  nameForm(data.familyName) !== '' &&
  givenNameForms(data.givenNames).length > 0 &&
  [data.street, data.dateOfBirth, data.placeOfBirth, data.sex, data.diedOn].some((value) => value !== '');

function fits(entry: Entry, data: SearchData): boolean {
  const wanted: readonly [string, () => boolean][] = [
    [data.dateOfBirth, () => isWithin(entry.dateOfBirth, data.dateOfBirth)],
    [data.placeOfBirth, () => nameForm(entry.placeOfBirth) === nameForm(data.placeOfBirth)],
    [data.sex, () => entry.sex === data.sex],
    [data.diedOn, () => entry.diedOn === data.diedOn],
    [data.street + data.houseNumber + data.postalCode, () => hasLivedAt(entry, data)],
  ];
  return wanted.every(([value, holds]) => value === '' || holds());
}

/** A date fits where the register knows at least as much as was asked, and the same. */
const isWithin = (known: string, asked: string): boolean => known === asked || known.startsWith(`${asked}-`);

/** Any residence in this municipality, current or former. */
const hasLivedAt = (entry: Entry, { street, houseNumber, postalCode }: SearchData): boolean =>
  entry.residences.some(
    (home) =>
      home.ags === entry.ags &&
      (street === '' || streetForm(home.street) === streetForm(street)) &&
      (houseNumber === '' || houseNumberForm(home.houseNumber) === houseNumberForm(houseNumber)) &&
      (postalCode === '' || home.postalCode === postalCode),
  );
