import { describe, expect, it } from '@jest/globals';
import { hasFormat } from '../../../../lib/formats.js';
import { createArchive, exampleParcel } from '../../../../simulators/encumbrances/archive.js';
import { entryLine, headLine, trailLine } from '../../../../simulators/encumbrances/layout.js';
import { drawScan } from '../../../../simulators/encumbrances/scan.js';

const PLACES = ['10045114', '05162024', '14612000'];
const archive = () => createArchive(PLACES, { seed: 1, parcels: 30 });

describe('the made-up archive', () => {
  it('is the same each time, and another one from another seed', () => {
    expect(archive().entries()).toEqual(archive().entries());
    expect(createArchive(PLACES, { seed: 2, parcels: 30 }).entries()).not.toEqual(archive().entries());
  });

  it('has parcel keys as ALKIS writes them, each parcel with one sheet', () => {
    const entries = archive().entries();
    expect(entries.filter(({ parcelKey }) => !hasFormat('parcel-key', parcelKey))).toEqual([]);
    const sheets = new Set(entries.map(({ ags, parcelKey, sheetNumber }) => `${ags} ${parcelKey} ${sheetNumber}`));
    const parcels = new Set(entries.map(({ parcelKey }) => parcelKey));
    expect([sheets.size, parcels.size]).toEqual([90, 90]);
    expect([...parcels].some((key) => key.slice(6, 9) === '___')).toBe(true);
  });

  it('has the parcel that examples ask for, one entry in force and one deleted', () => {
    for (const ags of PLACES) {
      const entries = archive()
        .entries()
        .filter(({ parcelKey }) => parcelKey === exampleParcel(ags));
      expect(entries.map(({ sheetNumber, deletedOn }) => [sheetNumber, deletedOn !== null])).toEqual([
        ['1000', false],
        ['1000', true],
      ]);
    }
  });

  it('enters and erases, and knows no sheet that is not there', () => {
    const own = archive();
    const [ags, parcelKey] = ['10045114', exampleParcel('10045114')];
    const entered = { ags, parcelKey, kind: '99', content: 'Neu.', enteredOn: '2026-03-19' };
    expect(own.enter(entered)).toMatchObject({ sheetNumber: '1000', entryNumber: 3, deletedOn: null });
    const erased = { ags, sheetNumber: '1000', entryNumber: 3, deletedOn: '2026-03-20' };
    expect(own.erase(erased)).toMatchObject({ content: 'Neu.', deletedOn: '2026-03-20' });
    expect(own.scans().get(`${ags}-1000.pdf`)).toHaveLength(3);
    expect(() => own.enter({ ...entered, parcelKey: exampleParcel('10045117') })).toThrow('no sheet');
    expect(() => own.erase({ ...erased, entryNumber: 4 })).toThrow('no such entry');
  });
});

describe('the files of the archive', () => {
  it('are records of 512 bytes whatever stands in them', () => {
    const [entry] = archive().entries();
    if (entry === undefined) throw new TypeError('no entry');
    const long = { ...entry, content: `5 €, ½, Łódź, ${'ß'.repeat(500)}` };
    for (const line of [
      headLine(1, new Date(0)),
      entryLine(entry, 1),
      entryLine(long, 1),
      trailLine(1, new Date(0), 1),
    ])
      expect([line.length, line.toString('latin1', 512)]).toEqual([514, '\r\n']);
    expect(entryLine(long, 1).toString('latin1', 99, 115)).toBe('5 \u00a4, ?, ?\u00f3d?, \u00df\u00df');
  });

  it('draw a sheet to equal bytes, which say that it is made up', async () => {
    const sheet = archive().scans().get('10045114-1000.pdf') ?? [];
    const [one, other] = await Promise.all([drawScan(sheet), drawScan(sheet)]);
    expect(one.equals(other)).toBe(true);
    expect(one.toString('latin1', 0, 5)).toBe('%PDF-');
    expect(one.toString('latin1')).toMatch(/\(Baulastenblatt.*simuliert/);
  });

  it('take further pages where a sheet has many entries', async () => {
    const [entry] = archive().entries();
    const entries = Array.from({ length: 40 }, (_, index) => ({ ...entry, entryNumber: index + 1 }));
    const pages = (await drawScan(entries as Parameters<typeof drawScan>[0]))
      .toString('latin1')
      .match(/\/Type \/Page\n/g);
    expect(pages?.length).toBeGreaterThan(1);
  });
});
