import { describe, expect, it } from '@jest/globals';
import { decodeRecord } from '../../../../lib/connect/columns.js';
import { AppError } from '../../../../lib/errors.js';
import {
  headLayout,
  toBirthKey,
  toPlateKey,
  toVehicle,
  toVinKey,
  vehicleLayout,
} from '../../../../subgraphs/vehicles/record.js';
import { vehicleRecord } from '../../../support/vehicle-record.js';

const RECORDED_AT = '2026-11-22T02:00:00.000Z';
const read = (fields: Parameters<typeof vehicleRecord>[0] = {}) =>
  toVehicle(decodeRecord(vehicleLayout, vehicleRecord(fields), 2), RECORDED_AT);

describe('a record of the export', () => {
  it('becomes a vehicle', () => {
    expect(read()).toEqual({
      ags: '10045114',
      vin: 'A1BS31Z0430336179',
      plate: 'HOM AB 12',
      vinCheckDigit: '4',
      status: 'REGISTERED',
      make: 'Škoda',
      model: 'Fabia',
      firstRegistration: '2019-08-24',
      inspectionDue: '2027-05',
      emissionSticker: 'GREEN',
      holder: {
        familyName: 'Weißenbrück',
        givenName: 'Käthe',
        isCutOff: false,
        dateOfBirth: '1984-05-17',
        placeOfBirth: 'Homburg',
        street: 'Talstraße',
        houseNumber: '12a',
        postalCode: '66424',
        isBlocked: false,
      },
      recordedAt: RECORDED_AT,
    });
  });

  it.each([
    ['a plate with a suffix', { suffix: 'H' }, { plate: 'HOM AB 12H' }],
    ['a district with an umlaut', { district: 'LÖ' }, { plate: 'LÖ AB 12' }],
    ['a deregistered vehicle', { status: 'A' }, { status: 'DEREGISTERED' }],
    ['a prohibited vehicle', { status: 'U' }, { status: 'PROHIBITED' }],
    ['a vehicle without check digit', { checkDigit: ' ' }, { vinCheckDigit: null }],
    ['a vehicle with a dash for it', { checkDigit: '-' }, { vinCheckDigit: null }],
    ['a short chassis number', { vin: '1234567', checkDigit: ' ' }, { vin: '1234567', vinCheckDigit: null }],
    ['no make and model', { make: '', model: '' }, { make: null, model: null }],
    [
      'a first registration of which only the year is known',
      { firstRegistration: '00001964' },
      { firstRegistration: null },
    ],
    ['no main inspection', { inspectionDue: '' }, { inspectionDue: null }],
    ['no emission key', { emissionKey: '' }, { emissionSticker: null }],
    ['a company', { holderKind: 'J' }, { holder: null }],
    ['a person without date of birth', { dateOfBirth: '' }, { holder: null }],
    ['a date of birth that is no date', { dateOfBirth: '99991984' }, { holder: null }],
    ['a day that the month does not have', { dateOfBirth: '30021984' }, { holder: null }],
    ['a day without a month', { dateOfBirth: '17001984' }, { holder: null }],
  ])('may hold %s', (_, fields, expected) => {
    expect(read(fields)).toMatchObject(expected);
  });

  it.each([
    ['a status', { status: 'Q' }, 'status'],
    ['a check digit', { checkDigit: '*' }, 'vinCheckDigit'],
    ['a first registration', { firstRegistration: '30022019' }, 'firstRegistration'],
    ['a month', { inspectionDue: '132027' }, 'inspectionDue'],
    ['a fuel', { fuel: 'X' }, 'emissionSticker'],
    ['an emission key', { emissionKey: 'A1' }, 'emissionSticker'],
  ] as const)('keeps %s that no table knows as the error of its field', (_, fields, field) => {
    const value = read(fields)[field];
    expect(value).toBeInstanceOf(AppError);
    expect((value as AppError).code).toBe('LEGACY_MALFORMED');
  });

  it.each([
    ['in full', '17051984', '1984-05-17'],
    ['to the month', '00051984', '1984-05'],
    ['to the year', '00001984', '1984'],
  ])('knows a date of birth %s', (_, dateOfBirth, expected) => {
    expect(read({ dateOfBirth }).holder?.dateOfBirth).toBe(expected);
  });

  it.each([
    ['a family name as wide as its column', { familyName: 'X'.repeat(34) }, true],
    ['a family name one shorter', { familyName: 'X'.repeat(33) }, true],
    ['a family name two shorter', { familyName: 'X'.repeat(32) }, false],
    ['one given name as wide as its column', { givenNames: 'X'.repeat(30) }, true],
    ['a second given name that is cut off', { givenNames: `Anna ${'X'.repeat(25)}` }, false],
  ])('takes %s for cut off: %j %s', (_, fields, isCutOff) => {
    expect(read(fields).holder?.isCutOff).toBe(isCutOff);
  });

  it.each([
    ['J', true],
    ['N', false],
    [' ', true],
    ['?', true],
  ])('reads the block flag %j as %s: what is not a clear no protects', (blocked, isBlocked) => {
    expect(read({ blocked }).holder?.isBlocked).toBe(isBlocked);
  });
});

describe('the head record', () => {
  const parse = (field: string) => headLayout.createdAt.parse(field);

  it('says the instant in UTC', () => {
    expect(parse('22112026020305')).toBe('2026-11-22T02:03:05.000Z');
  });

  it.each(['31022026000000', '22112026246000', '2211202602030', 'TTMMJJJJhhmmss'])('has no instant in %j', (field) => {
    expect(parse(field)).toBeUndefined();
  });
});

describe('the keys', () => {
  const bytesOf = (first: number, width: number) => vehicleRecord().subarray(first - 1, first - 1 + width);

  it('are the bytes that stand in the record', () => {
    const plate = { district: 'HOM', letters: 'AB', number: '12', suffix: '' };
    expect(toPlateKey('10045114', plate)).toEqual(bytesOf(3, 18));
    expect(toPlateKey('10045114')).toEqual(bytesOf(3, 8));
    expect(toVinKey('A1BS31Z0430336179', '10045114')).toEqual(Buffer.concat([bytesOf(21, 17), bytesOf(3, 8)]));
    expect(toBirthKey('1984-05-17', '10045114')).toEqual(Buffer.concat([bytesOf(158, 8), bytesOf(3, 8)]));
  });

  it.each([
    ['1984', '00001984'],
    ['1984-05', '00051984'],
  ])('know the partial date %s', (date, german) => {
    expect(toBirthKey(date, '').toString()).toBe(german);
  });
});
