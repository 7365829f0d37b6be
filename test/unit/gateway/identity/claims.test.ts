import { describe, expect, it } from '@jest/globals';
import { toCaller } from '../../../../gateway/identity/claims.js';
import { DEFAULT_MAPPING } from '../../../../gateway/identity/mapping.js';
import type { Statement } from '../../../../gateway/identity/purpose.js';

const NOTHING: Statement = { purpose: null, fileReference: null };
const STATED = { purpose: 'residents.inquiry', fileReference: 'Az. 1' };
const read = (claims: object, statement = NOTHING) =>
  toCaller({ sub: 's', role: 'citizen', ...claims }, DEFAULT_MAPPING, statement);

describe('toCaller', () => {
  it.each([
    ['STORK-QAA-Level-1', 'normal'],
    ['STORK-QAA-Level-3', 'substanziell'],
    ['STORK-QAA-Level-4', 'hoch'],
    ['STORK-QAA-Level-2', null],
    [4, null],
  ])('reads the level %j as %j', (acr, trustLevel) => {
    expect(read({ acr })?.trustLevel).toBe(trustLevel);
  });

  it.each([
    [{ ags: ['10041100', '10045*', '*'] }, ['10041100', '10045*', '*']],
    [{ ags: '10041100' }, ['10041100']],
    [{ ags: ['1004110', '100411000', '1004*5', 10041100, null, { x: 1 }] }, []],
    [{}, []],
  ])('takes municipalities from %j', (claims, municipalities) => {
    expect(read(claims)?.municipalities).toEqual(municipalities);
  });

  it.each([
    ['no role', { role: undefined }],
    ['an unknown role', { role: 'root' }],
    ['a role of another type', { role: { toString: (): string => 'citizen' } }],
    ['a role that every object has', { role: 'constructor' }],
    ['no subject', { sub: '' }],
    ['a subject that is no text', { sub: 7 }],
  ])('knows nobody with %s', (_, claims) => {
    expect(read(claims)).toBeNull();
  });

  it.each([
    ['none', {}, []],
    ['an empty list', { ags: [] }, []],
    ['some', { ags: ['10041100', '10045*'] }, ['10041100', '10045*']],
    ['a number', { ags: 10041100 }, null],
    ['several in one text', { ags: '10041100,10045114' }, null],
    ['one too short among others', { ags: ['10041100', '1004511'] }, null],
    ['an object', { ags: { 0: '10041100' } }, null],
  ])('binds a partner to what its token names: %s', (_, claims, municipalities) => {
    expect(read({ ...claims, role: 'partner' })?.municipalities ?? null).toEqual(municipalities);
  });

  it('takes the statement of a caseworker alone, and the fixed purpose of a partner alone', () => {
    const claims = { purpose: 'vehicles.registration' };
    expect(read({ ...claims, role: 'caseworker' }, STATED)).toMatchObject(STATED);
    expect(read({ ...claims, role: 'partner' }, STATED)).toMatchObject({
      ...NOTHING,
      purpose: 'vehicles.registration',
    });
    expect(read({ role: 'partner', purpose: 'curiosity' }, STATED)).toMatchObject(NOTHING);
    expect(read(claims, STATED)).toMatchObject(NOTHING);
  });

  it('does not look for claims in what every object inherits', () => {
    const mapping = { ...DEFAULT_MAPPING, subject: ['constructor', 'name'] };
    expect(toCaller({ role: 'citizen' }, mapping, NOTHING)).toBeNull();
  });
});
