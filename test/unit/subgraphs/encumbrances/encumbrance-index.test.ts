import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../../../lib/errors.js';
import { indexEncumbrances } from '../../../../subgraphs/encumbrances/encumbrance-index.js';
import { type EntryFields, encumbranceExport } from '../../../support/encumbrance-record.js';

const HOMBURG = '10045114';
const KEY = '100451140000420007__';
const pause = async () => undefined;
const index = (...entries: EntryFields[]) => indexEncumbrances(encumbranceExport(entries), pause);
const only = async (fields: EntryFields) => (await index(fields)).parcel(HOMBURG, KEY)?.encumbrances[0];

describe('an entry', () => {
  it('is read from the columns of the manual', async () => {
    expect(await index({ deletedOn: '01022003' }).then((found) => found.parcel(HOMBURG, KEY))).toEqual({
      ags: HOMBURG,
      key: KEY,
      cadastralDistrict: '100451',
      section: '140',
      number: '42/7',
      recordedAt: '2026-03-20T02:00:00.000Z',
      encumbrances: [
        {
          ags: HOMBURG,
          sheetNumber: '1000',
          entryNumber: 1,
          kind: 'ACCESS',
          content: 'Der Eigentümer duldet die Zufahrt.',
          enteredOn: '1987-03-19',
          deletedOn: '2003-02-01',
          file: '10045114-1000.pdf',
        },
      ],
    });
  });

  it.each([
    ['01', 'ACCESS'],
    ['02', 'DISTANCE'],
    ['03', 'PARKING'],
    ['04', 'UNION'],
    ['05', 'UTILITIES'],
    ['99', 'OTHER'],
  ])('of kind %s is %s', async (kind, expected) => {
    expect((await only({ kind }))?.kind).toBe(expected);
  });

  it('says nothing where nothing stands', async () => {
    expect(await only({ enteredOn: ' '.repeat(8), content: ' '.repeat(400), file: ' '.repeat(40) })).toMatchObject({
      enteredOn: null,
      deletedOn: null,
      content: null,
      file: null,
    });
  });

  /** A day of deletion that cannot be read must not look like an encumbrance in force. */
  it.each([
    ['kind', { kind: '17' }],
    ['enteredOn', { enteredOn: '30021987' }],
    ['deletedOn', { deletedOn: 'gelöscht' }],
    ['file', { file: '../../etc/passwd' }],
    ['file', { file: 'C:\\blatt.pdf' }],
    ['file', { file: '.pdf' }],
    ['file', { file: 'blatt.tif' }],
  ])('of which %s breaks its form loses that alone', async (field, fields) => {
    const { [field as 'kind']: lost, ...rest } = (await only(fields)) ?? {};
    expect([lost instanceof AppError, (lost as unknown as AppError).code]).toEqual([true, 'LEGACY_MALFORMED']);
    expect(Object.values(rest).filter((value) => value instanceof Error)).toEqual([]);
  });
});

describe('the index', () => {
  it('finds a parcel in its municipality alone, its entries by sheet and number', async () => {
    const found = await index(
      { sheetNumber: '1000', entryNumber: '002' },
      { sheetNumber: '999', entryNumber: '001' },
      { sheetNumber: '1000', entryNumber: '001' },
      { parcelKey: '100451140000430007__', sheetNumber: '1001' },
      { ags: '10045117', sheetNumber: '1000' },
    );
    const entries = found.parcel(HOMBURG, KEY)?.encumbrances ?? [];
    expect(entries.map(({ sheetNumber, entryNumber }) => `${sheetNumber} ${entryNumber}`)).toEqual([
      '999 1',
      '1000 1',
      '1000 2',
    ]);
    expect(found.parcel('10045117', KEY)?.encumbrances).toHaveLength(1);
    expect(found.parcel('10045111', KEY)).toBeNull();
    expect(found.parcel(HOMBURG, '100451140000440007__')).toBeNull();
  });

  it('knows which scans it names, by municipality', async () => {
    const found = await index({}, { entryNumber: '002', file: '../1.pdf' });
    expect(found.hasSheet(HOMBURG, '10045114-1000.pdf')).toBe(true);
    expect(found.hasSheet('10045117', '10045114-1000.pdf')).toBe(false);
    expect(found.hasSheet(HOMBURG, '../1.pdf')).toBe(false);
  });

  it.each<[string, EntryFields[], RegExp]>([
    ['an entry stands twice', [{}, {}], /record 3.*stands twice/],
    ['a parcel key is none', [{ parcelKey: '10045114000042000___' }], /record 2, column 11/],
    ['a parcel has no number', [{ parcelKey: '100451140000000007__' }], /record 2, column 11/],
    ['a municipality is none', [{ ags: '1004511 ' }], /record 2, column 3/],
    ['a running number is none', [{ entryNumber: '0 1' }], /record 2, column 39/],
    ['a record is of another export', [{ sequence: '0000006' }], /record 2, column 500/],
  ])('is not made where %s', async (_, entries, message) => {
    await expect(index(...entries)).rejects.toThrow(message);
  });

  it.each([{ trailSequence: 6 }, { trailDate: '19032026' }])('is not made where the trail is %j', async (trail) => {
    await expect(indexEncumbrances(encumbranceExport([{}], trail), pause)).rejects.toThrow('different exports');
  });
});
