import { describe, expect, it } from '@jest/globals';
import { livesHere, type ResidentRecord, readResident, sexCode } from '../../../../subgraphs/residents/record.js';
import { birth, NAME, personXml, readPart, residence } from './xmeld.js';

const KNOWN = { ags: '10045114', registerKey: '2176431349', asOf: '2026-11-22T10:00:01.500Z' };
const DAY = '<teilbekanntesDatum><jahrMonatTag>1990-02-28</jahrMonatTag></teilbekanntesDatum>';
const MALFORMED = expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } });

const read = async (data: string): Promise<ResidentRecord> => readResident(await readPart(personXml(data)), KNOWN);

describe('readResident', () => {
  it('reads names as the register writes them', async () => {
    expect(await read(NAME)).toMatchObject({
      familyName: 'Ștefănescu-Großbach',
      givenNames: ['Mirela', 'Anna-Lena'],
      callName: 'Anna-Lena',
      birthName: 'Ștefănescu',
      doctorate: 'Dr.',
    });
  });

  it('takes what was not asked for as not known', async () => {
    expect(await read('')).toMatchObject({
      ...KNOWN,
      familyName: null,
      givenNames: null,
      dateOfBirth: null,
      sex: null,
      maritalStatus: null,
      nationalities: null,
      currentAddress: null,
      residences: [],
    });
    expect(readResident(null, KNOWN)).toMatchObject(KNOWN);
  });

  it.each([
    ['a day', DAY, '1990-02-28'],
    ['a month', '<teilbekanntesDatum><jahrMonat>1990-02</jahrMonat></teilbekanntesDatum>', '1990-02'],
    ['a year', '<teilbekanntesDatum><jahr>1990</jahr></teilbekanntesDatum>', '1990'],
    ['nothing at all', '<unbekannt>true</unbekannt>', null],
  ])('knows %s of a birth', async (_, date, dateOfBirth) => {
    expect(await read(birth(date))).toMatchObject({ dateOfBirth, placeOfBirth: 'Cluj' });
  });

  it.each([
    ['zero-filled', '<teilbekanntesDatum><jahrMonatTag>00031998</jahrMonatTag></teilbekanntesDatum>'],
    ['German', '<teilbekanntesDatum><jahrMonatTag>28.02.1990</jahrMonatTag></teilbekanntesDatum>'],
  ])('refuses a %s date', async (_, date) => {
    await expect(read(birth(date))).rejects.toEqual(MALFORMED);
  });

  it.each([
    ['geschlecht', 'sex', 'd', 'DIVERSE'],
    ['geschlecht', 'sex', 'x', 'UNSPECIFIED'],
    ['familienstand', 'maritalStatus', 'LV', 'CIVIL_PARTNERSHIP_ENDED'],
    ['familienstand', 'maritalStatus', 'NB', 'UNKNOWN'],
  ] as const)('reads the code %s as %s', async (element, field, code, value) => {
    expect((await read(coded(element, code)))[field]).toBe(value);
  });

  it('reads nationalities as ISO codes, in their order', async () => {
    const codes = ['163', '000', '997'].map((code) => coded('staatsangehoerigkeit', code)).join('');
    expect((await read(codes)).nationalities).toEqual(['TR', 'DE', 'XA']);
  });

  it.each([
    ['geschlecht', 'sex'],
    ['familienstand', 'maritalStatus'],
    ['staatsangehoerigkeit', 'nationalities'],
  ] as const)('lets an unknown code of %s cost its field alone', async (element, field) => {
    const resident = await read(NAME + coded(element, 'constructor'));
    expect(resident.familyName).toBe('Ștefănescu-Großbach');
    expect(() => resident[field]).toThrow(MALFORMED);
  });

  it('reads an address with the mark that travels with it', async () => {
    const number = '<hausnummer>16</hausnummer><hausnummerBuchstabeZusatzziffer>a</hausnummerBuchstabeZusatzziffer>';
    expect((await read(residence({ number, mark: true }))).currentAddress).toEqual({
      street: 'Grubenweg',
      houseNumber: '16a',
      postalCode: '01067',
      place: 'Homburg',
      ags: '10045114',
      conditionalBlock: true,
    });
  });

  it('puts the part of a house number behind it', async () => {
    const number = '<hausnummer>16</hausnummer><teilnummerDerHausnummer>1/7</teilnummerDerHausnummer>';
    expect((await read(residence({ number }))).currentAddress).toMatchObject({ houseNumber: '16 1/7' });
  });

  it('takes the main residence for the address, not a secondary one', async () => {
    const secondary = residence({ status: '2', ags: '10045117', number: '<hausnummer>2</hausnummer>' });
    expect((await read(secondary + residence({ status: '1' }))).currentAddress).toMatchObject({ houseNumber: '115' });
    expect((await read(residence({ status: '2' }))).currentAddress).toBeNull();
  });

  it('lists current residences first, then the latest', async () => {
    const since = (day: string) => `<xmeld:datumDesBeziehens><datum>${day}</datum></xmeld:datumDesBeziehens>`;
    const old = residence({ current: false, ags: '10041100', dates: since('1999-01-01') });
    const older = residence({ current: false, dates: since('1985-01-01') });
    const resident = await read(older + old + residence({ dates: since('1970-05-01') }));
    expect(resident.residences.map(({ movedIn }) => movedIn)).toEqual(['1970-05-01', '1999-01-01', '1985-01-01']);
  });

  it('refuses somebody who lives elsewhere alone', async () => {
    await expect(read(residence({ ags: '10045115' }))).rejects.toEqual(MALFORMED);
  });
});

describe('livesHere', () => {
  it.each([
    ['a resident', '', true],
    ['the dead', '<xmeld:verstorben>true</xmeld:verstorben>', false],
    ['who moved away', '<xmeld:verzogen>true</xmeld:verzogen>', false],
  ])('%s', async (_, marks, lives) => {
    expect(livesHere(await readPart(personXml(marks)))).toBe(lives);
  });
});

describe('sexCode', () => {
  it('is the code that is read as the value', async () => {
    for (const sex of ['FEMALE', 'MALE', 'DIVERSE', 'UNSPECIFIED'] as const)
      expect((await read(coded('geschlecht', sexCode(sex)))).sex).toBe(sex);
  });
});

function coded(element: string, code: string): string {
  const inner = `<xmeld:${element}><code>${code}</code></xmeld:${element}>`;
  const wrap = (xml: string) => `<xmeld:familienstand>${xml}</xmeld:familienstand>`;
  return element === 'familienstand' ? wrap(wrap(inner)) : inner;
}
