import { describe, expect, it } from '@jest/globals';
import { createRegister, isCurrent } from '../../../../simulators/residents/register.js';
import { homeOf, personOf } from './persons.js';

const HOMBURG = '10045114';
const SAARBRUECKEN = '10041100';
const known = { ags: HOMBURG, familyName: 'WEISSENBRUECK', givenName: 'KAETHE', dateOfBirth: '1984-05-17', home: null };

describe('createRegister', () => {
  it('keeps people of its municipalities alone', () => {
    const people = [personOf(), personOf({ ags: SAARBRUECKEN, residences: [homeOf({ ags: SAARBRUECKEN })] })];
    expect(createRegister(people, new Set([HOMBURG])).size).toBe(1);
  });

  it('keeps who moved to another municipality, under another key', () => {
    const person = personOf({ residences: [homeOf(), homeOf({ ags: SAARBRUECKEN, movedOut: '2026-10-10' })] });
    const register = createRegister([person], new Set([HOMBURG, SAARBRUECKEN]));
    const [there] = register.byName(SAARBRUECKEN, 'Weißenbrück', 'Käthe');
    expect(there && isCurrent(there)).toBe(false);
    expect(register.byKey(HOMBURG, person.registerKey)).not.toBeNull();
    expect(register.byKey(SAARBRUECKEN, person.registerKey)).toBeNull();
    expect(register.byKey(SAARBRUECKEN, there?.key ?? '')).toBe(there);
  });

  it('finds by family name or birth name, and any given name', () => {
    const register = createRegister([personOf({ birthName: 'Tränkle' })], new Set([HOMBURG]));
    expect(register.byName(HOMBURG, 'Traenkle', 'Annalena')).toHaveLength(1);
    expect(register.byName(HOMBURG, 'Weissenbrueck', 'Anna')).toEqual([]);
  });

  it.each([
    ['homonyms', personOf(), 2],
    ['blocked people', personOf({ blocked: true }), 2],
    ['the dead', personOf({ diedOn: '2025-01-01' }), 2],
    ['those who moved away', personOf({ residences: [homeOf({ movedOut: '2026-01-01' })] }), 2],
    ['who was born under the name', personOf({ familyName: 'Neumann', birthName: personOf().familyName }), 2],
    ['nobody of another first name', personOf({ givenNames: ['Anna-Lena', 'Käthe'] }), 1],
    ['nobody of another date of birth', personOf({ dateOfBirth: '1984-05' }), 1],
  ])('counts %s among those another register may mean', (_, other, count) => {
    expect(createRegister([personOf(), other], new Set([HOMBURG])).known(known)).toHaveLength(count);
  });

  it('compares a home where one is given', () => {
    const register = createRegister([personOf()], new Set([HOMBURG]));
    const home = { postalCode: '66424', street: 'TALSTR', houseNumber: '111A' };
    expect(register.known({ ...known, home })).toHaveLength(1);
    expect(register.known({ ...known, home: { ...home, houseNumber: '111' } })).toEqual([]);
  });

  it('blocks by persona or key, in all registers of the person', () => {
    const residences = [homeOf(), homeOf({ ags: SAARBRUECKEN, movedOut: '2026-10-10' })];
    const person = personOf({ persona: 'citizen', residences });
    const register = createRegister([person], new Set([HOMBURG, SAARBRUECKEN]));
    register.setBlock(HOMBURG, { persona: 'citizen' }, true);
    expect(register.byName(SAARBRUECKEN, 'Weißenbrück', 'Käthe')[0]?.blocked).toBe(true);
    expect(register.setBlock(HOMBURG, { registerKey: person.registerKey }, false).blocked).toBe(false);
    expect(() => register.setBlock(HOMBURG, { persona: 'nobody' }, true)).toThrow('no such person');
  });
});

describe('moving within a municipality', () => {
  const to = { street: 'Neue Straße', houseNumber: '7', postalCode: '66424', day: '2026-03-20' };

  it('ends the residence and begins another one, in all registers that keep the person', () => {
    const person = personOf({ residences: [homeOf(), homeOf({ ags: SAARBRUECKEN, movedOut: '2020-04-27' })] });
    const register = createRegister([person], new Set([HOMBURG, SAARBRUECKEN]));
    const moved = register.move(HOMBURG, { registerKey: person.registerKey }, to);
    expect(moved.residences).toMatchObject([
      { street: 'Neue Straße', ags: HOMBURG, movedIn: to.day, movedOut: null },
      { street: 'Talstraße', ags: HOMBURG, movedOut: to.day },
      { ags: SAARBRUECKEN },
    ]);
    expect(register.entriesOf(moved).map(({ residences }) => residences)).toEqual([moved.residences, moved.residences]);
    expect(register.hasStreet(HOMBURG, 'Neue Str.')).toBe(true);
  });

  it.each([
    ['nobody', personOf(), 'K-none'],
    [
      'somebody who has left',
      personOf({ registerKey: 'K-left', residences: [homeOf({ movedOut: '2025-01-01' })] }),
      'K-left',
    ],
  ])('is not for %s', (_, person, registerKey) => {
    const register = createRegister([person], new Set([HOMBURG]));
    expect(() => register.move(HOMBURG, { registerKey }, to)).toThrow();
  });
});
