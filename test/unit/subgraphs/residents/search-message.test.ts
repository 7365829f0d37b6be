import { describe, expect, it } from '@jest/globals';
import { element, findText, readXml } from '../../../../lib/connect/xml.js';
import { readHits, writeSearch } from '../../../../subgraphs/residents/search-message.js';
import { answerXml, birth, NAME, personXml } from './xmeld.js';

const FROM = { ags: '10045114', asOf: '2026-11-22T10:00:01.500Z' };
const MALFORMED = expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } });
const YEAR = (year: number) => birth(`<teilbekanntesDatum><jahr>${year}</jahr></teilbekanntesDatum>`);

const hit = (mark: string, data: string): string =>
  personXml(data, `<xmeld:identifikationsmerkmal>${mark}</xmeld:identifikationsmerkmal>`);

const keys = (...pairs: [string, string][]): string =>
  `<xmeld:landesspezifischeErweiterungen>${pairs.map(
    ([mark, key]) =>
      `<sim:zuordnung><sim:identifikationsmerkmal>${mark}</sim:identifikationsmerkmal><sim:ordnungsmerkmal>${key}</sim:ordnungsmerkmal></sim:zuordnung>`,
  )}</xmeld:landesspezifischeErweiterungen>`;

const read = async (status: string, persons: string, extension = '') =>
  readHits(
    await readXml(
      answerXml(
        `<xmeld:antwortSuchanfrage><xmeld:auskunft><xmeld:ergebnisstatus><code>${status}</code></xmeld:ergebnisstatus>${persons}</xmeld:auskunft></xmeld:antwortSuchanfrage>`,
        { extension },
      ),
    ),
    FROM,
  );

describe('writeSearch', () => {
  it('writes all that is known of a person', async () => {
    const search = {
      familyName: '<Müller>',
      givenName: 'Anna-Lena',
      dateOfBirth: '1964-08',
      placeOfBirth: 'Cluj',
      sex: 'FEMALE',
      street: 'Bergstr.',
    } as const;
    const root = await readXml(element('x', writeSearch('10045114', search), { 'xmlns:xmeld': 'urn:x' }).xml);
    const data = 'suchprofil/auswahldaten';
    const texts = [
      'name/name/nachnameUndVornamen/nachname/name',
      'name/name/nachnameUndVornamen/vornamen/name',
      'anschrift/gemeindeschluessel/code',
      'anschrift/strasse',
      'geburtsdatum/geburtsdatum/teilbekanntesDatum/jahrMonat',
      'geburtsort/geburtsort.inland',
      'geschlecht/code',
    ].map((path) => findText(root, `${data}/${path}`));
    expect(texts).toEqual(['<Müller>', 'Anna-Lena', '10045114', 'Bergstr.', '1964-08', 'Cluj', 'w']);
  });
});

describe('writeSearch', () => {
  it.each(['familyName', 'givenName', 'placeOfBirth', 'street'])('refuses a placeholder in %s', (field) => {
    const search = { familyName: 'Müller', givenName: 'Anna', sex: 'FEMALE', [field]: 'Mül*' } as const;
    expect(() => writeSearch('10045114', search)).toThrow(
      expect.objectContaining({
        extensions: { code: 'BAD_USER_INPUT', argument: 'search', reason: 'NO_PLACEHOLDERS' },
      }),
    );
  });
});

describe('readHits', () => {
  it('takes "nobody" and "blocked" as the one answer they are', async () => {
    expect(await read('03', '')).toEqual([]);
  });

  it('gives the data of a single person', async () => {
    const [only] = await read('01', hit('m1', NAME), keys(['m1', '42']));
    expect(only).toMatchObject({
      registerKey: '42',
      resident: { familyName: 'Ștefănescu-Großbach', registerKey: '42' },
    });
  });

  it('orders several by what they are, never by the order of the list, and gives no data of theirs', async () => {
    const pairs = keys(['m1', '1'], ['m2', '2'], ['m3', '3']);
    const hits = await read(
      '02',
      hit('m3', NAME + YEAR(1980)) + hit('m2', NAME + YEAR(1980)) + hit('m1', NAME + YEAR(1990)),
      pairs,
    );
    expect(hits.map(({ registerKey }) => registerKey)).toEqual(['2', '3', '1']);
    expect(hits.map(({ resident }) => resident)).toEqual([null, null, null]);
  });

  it('leaves out the dead and those who moved away', async () => {
    const dead = hit('m1', `${NAME}<xmeld:verstorben>true</xmeld:verstorben>`);
    const gone = hit('m2', `${NAME}<xmeld:verzogen>true</xmeld:verzogen>`);
    const hits = await read('02', dead + gone + hit('m3', NAME), keys(['m3', '3']));
    expect(hits.map(({ registerKey }) => registerKey)).toEqual(['3']);
  });

  it.each([
    ['one person with two', '01', hit('m1', NAME) + hit('m2', NAME)],
    ['several with one', '02', hit('m1', NAME)],
    ['nobody with one', '03', hit('m1', NAME)],
    ['an unknown status', '05', ''],
    ['a hit without mark', '01', personXml(NAME)],
    ['a hit without key', '01', hit('m9', NAME)],
  ])('refuses %s', async (_, status, persons) => {
    await expect(read(status, persons, keys(['m1', '1'], ['m2', '2']))).rejects.toEqual(MALFORMED);
  });
});
