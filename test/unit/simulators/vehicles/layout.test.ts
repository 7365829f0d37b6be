import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { HomeAt, OwnedVehicle } from '../../../../simulators/person.js';
import { dataLine, type Holder, headLine, trailLine } from '../../../../simulators/vehicles/layout.js';

const HOME: HomeAt = {
  ags: '10045114',
  street: 'Talstraße',
  houseNumber: '12a',
  postalCode: '66424',
  place: 'Homburg',
  movedIn: '2019-08-24',
  movedOut: null,
  status: '0',
  conditionalBlock: false,
};
const VEHICLE: OwnedVehicle = {
  officeAgs: '10045114',
  vin: 'A1BS31Z0430336179',
  plate: 'HOM AB 12H',
  make: 'Škoda',
  model: 'Fabia',
  firstRegistration: '2019-08-24',
  inspectionDue: '2027-05',
  status: 'Z',
  fuel: 'B',
  emissionKey: '62',
  holderFamilyName: 'Weißenbrück',
  holderHome: HOME,
};
const HOLDER: Holder = {
  kind: 'N',
  familyName: 'Weißenbrück',
  givenNames: 'Käthe Sophie',
  dateOfBirth: '1984',
  placeOfBirth: 'Homburg',
  sex: 'w',
  home: HOME,
  blocked: true,
};
const decode = (line: Buffer) => new TextDecoder('iso-8859-15').decode(line);

/** First column, width and name of each field, as the table of the README says. */
const documented = readFileSync('simulators/vehicles/README.md', 'utf8')
  .split('\n')
  .map((line) => /^\| (\d+) \| (\d+) \| (VS|DS|NS) \| ([^|]+) \|/.exec(line))
  .filter((row) => row !== null)
  .map(([, column, width, type, name]) => ({ type, column: Number(column), width: Number(width), name: name?.trim() }));
const field = (line: Buffer, name: string) => {
  const row = documented.find((one) => one.name === name && one.type === decode(line).slice(0, 2));
  if (row === undefined) throw new TypeError(`${name} is not in the table`);
  return decode(line).slice(row.column - 1, row.column - 1 + row.width);
};

describe('the layout of the export', () => {
  const createdAt = new Date('2026-11-22T02:03:05Z');
  const head = headLine(42, createdAt);
  const data = dataLine(VEHICLE, HOLDER);
  const trail = trailLine(42, createdAt, 7);

  it.each([
    ['head', head],
    ['data', data],
    ['trail', trail],
  ])('has 256 bytes and a line end in a %s record', (_, line) => {
    expect(line).toHaveLength(258);
    expect(line.subarray(256).toString()).toBe('\r\n');
    expect(line.indexOf('\r')).toBe(256);
  });

  it('is documented without gaps and overlaps', () => {
    for (const type of ['VS', 'DS', 'NS']) {
      const rows = documented.filter((row) => row.type === type);
      let next = 1;
      for (const { column, width } of rows) {
        expect(column).toBe(next);
        next += width;
      }
      expect(next).toBe(257);
    }
  });

  it.each([
    ['head', head, 'Erstellt am', '22112026020305'],
    ['head', head, 'Version', '0100'],
    ['head', head, 'Nummer', '0000042'],
    ['head', head, 'Zeichenprobe', 'ÄÖÜäöüß€'],
    ['trail', trail, 'Anzahl', '000000007'],
    ['trail', trail, 'Datum', '22112026'],
    ['trail', trail, 'Nummer', '0000042'],
    ['data', data, 'Gemeindeschlüssel', '10045114'],
    ['data', data, 'Unterscheidungszeichen', 'HOM'],
    ['data', data, 'Buchstaben', 'AB'],
    ['data', data, 'Ziffern', '0012'],
    ['data', data, 'Kennzeichenart', 'H'],
    ['data', data, 'FIN', 'A1BS31Z0430336179'],
    ['data', data, 'Prüfziffer', '4'],
    ['data', data, 'Marke', 'Škoda           '],
    ['data', data, 'Erstzulassung', '24082019'],
    ['data', data, 'Nächste HU', '052027'],
    ['data', data, 'Status', 'Z'],
    ['data', data, 'Kraftstoff', 'B'],
    ['data', data, 'Emissionsschlüssel', '62'],
    ['data', data, 'Halterart', 'N'],
    ['data', data, 'Familienname', 'Weißenbrück'.padEnd(34)],
    ['data', data, 'Vornamen', 'Käthe Sophie'.padEnd(30)],
    ['data', data, 'Geburtsdatum', '00001984'],
    ['data', data, 'Geschlecht', 'w'],
    ['data', data, 'Postleitzahl', '66424'],
    ['data', data, 'Straße', 'Talstraße'.padEnd(26)],
    ['data', data, 'Hausnummer', '12a   '],
    ['data', data, 'Übermittlungssperre', 'J'],
  ])('writes in a %s record where the table says', (_, line, name, text) => {
    expect(field(line, name)).toBe(text);
  });

  it('cuts off what is wider than its column, by bytes', () => {
    const line = dataLine(VEHICLE, { ...HOLDER, familyName: 'Ș'.repeat(40), givenNames: 'ß'.repeat(40) });
    expect(field(line, 'Familienname')).toBe('S'.repeat(34));
    expect(field(line, 'Vornamen')).toBe('ß'.repeat(30));
    expect(line).toHaveLength(258);
  });
});
