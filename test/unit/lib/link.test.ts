import { describe, expect, it } from '@jest/globals';
import { createLinker, toLinkedHome, toLinkedPerson } from '../../../lib/link.js';

const SECRET = 'a secret of at least 32 characters';
const HOME = { street: 'Käthe-Kollwitz-Straße', houseNumber: '23 d', postalCode: '66424' };
const PERSON = { familyName: 'Weißenbrück', givenName: 'Käthe', dateOfBirth: '1984-05' };

describe('createLinker', () => {
  it('gives two registers that write a name differently one link', () => {
    const { seal } = createLinker(SECRET, 'vehicles');
    const lossy = { familyName: 'WEISSENBRUECK', givenName: 'Kaethe', dateOfBirth: '1984-05' };
    expect(seal(toLinkedPerson(PERSON))).toBe(seal(toLinkedPerson(lossy)));
  });

  it.each([
    ['by name alone', toLinkedPerson(PERSON)],
    ['with a home', toLinkedPerson(PERSON, HOME)],
  ])('opens a link %s', (_, person) => {
    const { seal, open } = createLinker(SECRET, 'vehicles');
    expect(open(seal(person))).toEqual(person);
  });

  it('leads to nobody in the place of a person: as long, always the same, another for everybody', () => {
    const { seal, sealNobody, open } = createLinker(SECRET, 'vehicles');
    const person = toLinkedPerson(PERSON);
    const link = sealNobody(person);
    expect([link.length, sealNobody(person)]).toEqual([seal(person).length, link]);
    expect(open(link)).toMatchObject({
      familyName: expect.stringMatching(/^\d{13}$/),
      givenName: expect.stringMatching(/^\d{6}$/),
    });
    expect(sealNobody({ ...person, familyName: 'WEISSENBRUCK' })).not.toBe(link);
  });

  it('means nothing to another pair of registers, even with the same key', () => {
    const link = createLinker(SECRET, 'vehicles').seal(toLinkedPerson(PERSON));
    expect(createLinker(SECRET, 'housing-benefit').open(link)).toBeNull();
  });

  it('writes a home in three words', () => {
    expect(toLinkedHome(HOME)).toBe('66424 KAETHEKOLLWITZSTR 23D');
  });
});
