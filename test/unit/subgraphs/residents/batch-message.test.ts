import { describe, expect, it } from '@jest/globals';
import { element, findText, readXml } from '../../../../lib/connect/xml.js';
import {
  type Entry,
  readEntry,
  readFound,
  writeAccount,
  writeEntry,
} from '../../../../subgraphs/residents/batch-message.js';
import { NAME, personXml, readPart } from './xmeld.js';

const ASOF = '2026-11-22T10:00:01.500Z';
const BY_KEY: Entry = { ags: '10045114', registerKey: '42' };
const PERSON = {
  familyName: 'WEISSENBRUECK',
  givenName: 'KAETHE',
  dateOfBirth: '1984-05-17',
  home: '66424 TALSTR 111A',
};
const MALFORMED = expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } });

const write = async (entry: Entry) =>
  readXml(element('x', writeEntry(entry, 7), { 'xmlns:sim': 'urn:s' }).xml).then((root) => root.children[0] ?? root);

const answer = (inner: string, ags = '10045114', number = '7') =>
  readPart(
    `<sim:eintrag><sim:nummer>${number}</sim:nummer><gemeindeschluessel><code>${ags}</code></gemeindeschluessel>${inner}</sim:eintrag>`,
  );

const count = (people: number | string, key = ''): string =>
  `<sim:anzahl>${people}</sim:anzahl>${key && `<sim:ordnungsmerkmal>${key}</sim:ordnungsmerkmal>`}`;

describe('writeEntry', () => {
  it('asks by key', async () => {
    const entry = await write(BY_KEY);
    expect(findText(entry, 'ordnungsmerkmal')).toBe('42');
    expect(findText(entry, 'nummer')).toBe('7');
  });

  it('asks by name, date of birth and home', async () => {
    const entry = await write({ ags: '10045114', person: PERSON, wants: 'person' });
    const texts = [
      'familienname',
      'ersterVorname',
      'teilbekanntesDatum/jahrMonatTag',
      'wohnung/postleitzahl',
      'wohnung/strasse',
      'wohnung/hausnummer',
    ];
    expect(texts.map((path) => findText(entry, `person/${path}`))).toEqual([
      'WEISSENBRUECK',
      'KAETHE',
      '1984-05-17',
      '66424',
      'TALSTR',
      '111A',
    ]);
    expect(findText(entry, 'nurAnzahl')).toBeNull();
  });

  it('asks only how many there are', async () => {
    const entry = await write({ ags: '10045114', person: { ...PERSON, home: null }, wants: 'count' });
    expect(findText(entry, 'nurAnzahl')).toBe('true');
    expect(findText(entry, 'person/wohnung/strasse')).toBeNull();
  });
});

describe('writeAccount', () => {
  it('writes nothing without an account', () => {
    expect(writeAccount('10045114', null)).toBeNull();
  });
});

describe('readEntry', () => {
  const read = async (xml: ReturnType<typeof answer>) => readEntry(await xml, { entry: BY_KEY, number: 7, asOf: ASOF });

  it('reads a count with the person', async () => {
    const found = await read(answer(count(1, '42') + personXml(NAME)));
    expect(found).toMatchObject({ count: 1, resident: { registerKey: '42', asOf: ASOF, callName: 'Anna-Lena' } });
  });

  it('reads a count alone: several, nobody, or somebody nobody is told of', async () => {
    expect(await read(answer(count(2)))).toEqual({ count: 2, resident: null });
  });

  it('reads a person of whom no data were asked', async () => {
    expect(await read(answer(count(1, '42')))).toMatchObject({ count: 1, resident: { registerKey: '42' } });
  });

  it('makes a refusal of one entry an error of that entry alone', async () => {
    expect(await read(answer('<sim:rueckweisung><code>22</code></sim:rueckweisung>'))).toEqual(MALFORMED);
  });

  it.each([
    ['another place in the list', () => answer(count(1), '10045114', '8')],
    ['another municipality', () => answer(count(1), '10045115')],
    ['no count', () => answer('')],
    ['a count that is none', () => answer(count('many'))],
  ])('refuses %s', async (_, xml) => {
    await expect(read(xml())).rejects.toEqual(MALFORMED);
  });
});

describe('readFound', () => {
  it('does not take a person for told without a key', async () => {
    const found = readFound(await readPart(`<sim:antwort>${count(0)}</sim:antwort>`), { ags: '10045114', asOf: ASOF });
    expect(found).toEqual({ count: 0, resident: null });
  });
});
