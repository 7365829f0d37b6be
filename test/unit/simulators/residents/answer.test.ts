import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Person } from '../../../../simulators/person.js';
import { answer } from '../../../../simulators/residents/answer.js';
import { createFollowUps } from '../../../../simulators/residents/follow-ups.js';
import { createMarks } from '../../../../simulators/residents/marks.js';
import { readHead } from '../../../../simulators/residents/read-request.js';
import { createRegister, type Register } from '../../../../simulators/residents/register.js';
import { all, at, type Node, parse, textAt } from '../../../../simulators/residents/xml.js';
import { homeOf, personOf } from './persons.js';

const HOMBURG = '10045114';
const NOW = Date.parse('2026-11-22T10:00:00Z');
const marks = createMarks(() => NOW, Buffer.alloc(16, 7));
let register: Register;

const hold = (...people: Person[]) => {
  register = createRegister(people, new Set([HOMBURG, '10045117']));
};

beforeEach(() => hold(personOf()));

const ask = (message: string): Node => {
  const { head, root } = readHead(message);
  return parse(answer(head, root, { register, marks, now: () => NOW, followUps: createFollowUps() }));
};

const OFFICE = `<xmeld:datenAbrufendeStelle><xmeld:abrufberechtigteStelle>
  <xmeld:erreichbarkeit><kanal><code>01</code></kanal><kennung>a@b.example</kennung></xmeld:erreichbarkeit>
  <xmeld:behoerdenname>Amt</xmeld:behoerdenname></xmeld:abrufberechtigteStelle>
  <xmeld:aktenzeichen>AZ 1</xmeld:aktenzeichen><xmeld:anlassDesAbrufs>Anlass</xmeld:anlassDesAbrufs>
  <xmeld:kennung>c1</xmeld:kennung></xmeld:datenAbrufendeStelle>`;

const elementsOf = (codes: readonly number[]): string =>
  `<xmeld:steuerungsinformationen>${codes.map((code) => `<xmeld:anforderungselement><code>${code}</code></xmeld:anforderungselement>`).join('')}</xmeld:steuerungsinformationen>`;

const ALL_CODES = [1, 5, 10, 11, 15, 20, 21, 30, 35, 40, 60, 61, 65];

interface Change {
  readonly reader?: string;
  readonly office?: string;
  readonly codes?: readonly number[];
}

const message = (root: string, number: string, content: string, change: Change = {}): string =>
  `<${root} xmlns:xmeld="http://www.osci.de/xmeld2511a" xmlns:sim="urn:fachverbund:simulation:residents:1">
  <nachrichtenkopf.g2g><identifikation.nachricht><nachrichtenUUID>uuid-1</nachrichtenUUID><nachrichtentyp><code>${number}</code></nachrichtentyp>
  <erstellungszeitpunkt>2026-11-22T09:59:59Z</erstellungszeitpunkt></identifikation.nachricht>
  <leser><kennung>${change.reader ?? `ags:${HOMBURG}`}</kennung></leser><autor><kennung>dbs:100410000001</kennung><name>Fachverbund</name></autor>
  </nachrichtenkopf.g2g>${change.office ?? OFFICE}${content}${elementsOf(change.codes ?? ALL_CODES)}</${root}>`;

const profile = (content: string, change: Change = {}): Node =>
  ask(
    message(
      'xmeld:datenabruf.personensuche.suchanfrage.1330',
      '1330',
      `<xmeld:suchprofil>${content}</xmeld:suchprofil>`,
      change,
    ),
  );

interface Search {
  readonly name?: string;
  readonly given?: string;
  readonly address?: string;
  readonly more?: string;
}

const BORN =
  '<xmeld:geburtsdatum><xmeld:geburtsdatum><teilbekanntesDatum><jahr>1984</jahr></teilbekanntesDatum></xmeld:geburtsdatum></xmeld:geburtsdatum>';
const AGS = `<gemeindeschluessel><code>${HOMBURG}</code></gemeindeschluessel>`;

const search = (
  { name = 'Weissenbrueck', given = 'Anna-Lena', address = AGS, more = BORN }: Search,
  change?: Change,
): Node =>
  profile(
    `<xmeld:auswahldaten><xmeld:name><xmeld:name><xmeld:nachnameUndVornamen><xmeld:vornamen><name>${given}</name></xmeld:vornamen><xmeld:nachname><name>${name}</name></xmeld:nachname></xmeld:nachnameUndVornamen></xmeld:name></xmeld:name><xmeld:anschrift>${address}</xmeld:anschrift>${more}</xmeld:auswahldaten>`,
    change,
  );

const RESULT = 'xmeld:antwortSuchanfrage/xmeld:auskunft';
const statusOf = (root: Node): string => textAt(root, `${RESULT}/xmeld:ergebnisstatus/code`);
const personsOf = (root: Node) => all(at(root, RESULT), 'xmeld:person');
const refusalOf = (root: Node, body = 'xmeld:antwortSuchanfrage'): string =>
  textAt(root, `${body}/xmeld:rueckweisung/xmeld:grundDerRueckweisung/code`);

describe('Personensuche 1330', () => {
  it('answers as 1331, from the register asked, to the message asked', () => {
    const root = search({});
    expect(root.name).toBe('xmeld:datenabruf.personensuche.antwort.1331');
    expect(textAt(root, 'nachrichtenkopf.g2g/autor/kennung')).toBe(`ags:${HOMBURG}`);
    expect(textAt(root, 'xmeld:ursprungsnachricht/nachrichtenUUID')).toBe('uuid-1');
  });

  it.each([
    ['given names in any order', { given: 'Anna-Lena Käthe' }, '01'],
    ['only half a hyphenated name', { given: 'Anna' }, '03'],
    ['a name that is not theirs', { given: 'Käthe Sophie' }, '03'],
    ['another year', { more: BORN.replace('1984', '1985') }, '03'],
    ['the other sex', { more: `${BORN}<xmeld:geschlecht><code>m</code></xmeld:geschlecht>` }, '03'],
    ['a short street', { address: `${AGS}<strasse>Talstr.</strasse>`, more: '' }, '01'],
    ['another house', { address: `${AGS}<hausnummer>7</hausnummer><strasse>Talstr.</strasse>`, more: '' }, '03'],
    [
      'their house',
      {
        address: `${AGS}<hausnummer>111</hausnummer><hausnummerBuchstabeZusatzziffer>A</hausnummerBuchstabeZusatzziffer><strasse>Talstraße</strasse>`,
        more: '',
      },
      '01',
    ],
    [
      'their place of birth',
      { more: '<xmeld:geburtsort><xmeld:geburtsort.inland>homburg</xmeld:geburtsort.inland></xmeld:geburtsort>' },
      '01',
    ],
  ])('compares everything given: %s', (_, given, status) => {
    expect(statusOf(search(given))).toBe(status);
  });

  it('takes an exact date for more than the register knows of a partial one', () => {
    hold(personOf({ dateOfBirth: '1984' }));
    expect(statusOf(search({}))).toBe('01');
    expect(statusOf(search({ more: BORN.replace(/jahr>/g, 'jahrMonatTag>').replace('1984', '1984-05-17') }))).toBe(
      '03',
    );
  });

  it('gives all data of a single person, with the mark of § 52 BMG', () => {
    hold(personOf({ residences: [homeOf({ conditionalBlock: true }), homeOf({ movedOut: '2019-01-01' })] }));
    const data = at(personsOf(search({}))[0], 'xmeld:personendaten');
    const [now, before] = all(data, 'xmeld:wohnung');
    const address = 'xmeld:anschrift/xmeld:anschrift.inland';
    expect(textAt(now, `${address}/xmeld:bedingterSperrvermerk`)).toBe('true');
    expect(textAt(now, `${address}/xmeld:anschrift.inland/hausnummerBuchstabeZusatzziffer`)).toBe('a');
    expect(textAt(before, 'xmeld:datumDesAuszugs/teilbekanntesDatum/jahrMonatTag')).toBe('2019-01-01');
    expect(textAt(data, 'xmeld:staatsangehoerigkeit/code')).toBe('000');
  });

  it('gives only what the elements ask for', () => {
    const data = at(personsOf(search({}, { codes: [30] }))[0], 'xmeld:personendaten');
    expect(data?.children.map(({ name }) => name)).toEqual(['xmeld:geschlecht']);
  });

  it('lists several with less of each, and a mark that leads to the whole person', () => {
    hold(personOf(), personOf({ residences: [homeOf({ conditionalBlock: true })] }));
    const root = search({});
    expect(statusOf(root)).toBe('02');
    const [, second] = personsOf(root);
    const names = at(second, 'xmeld:personendaten')?.children.map(({ name }) => name);
    expect(names).toEqual(['xmeld:name', 'xmeld:geburtsangaben', 'xmeld:wohnung']);
    expect(JSON.stringify(second)).not.toContain('bedingterSperrvermerk');
    const mark = textAt(second, 'xmeld:identifikationsmerkmal');
    const followed = profile(`<xmeld:identifikationsmerkmal>${mark}</xmeld:identifikationsmerkmal>`);
    expect(statusOf(followed)).toBe('01');
    expect(JSON.stringify(followed)).toContain('bedingterSperrvermerk');
  });

  it('says the same of nobody and of somebody under a block', () => {
    hold(personOf({ blocked: true }));
    const bodyOf = (root: Node) => JSON.stringify(at(root, 'xmeld:antwortSuchanfrage'));
    expect(bodyOf(search({}))).toBe(bodyOf(search({ name: 'Gibtesnicht' })));
    expect(statusOf(search({}))).toBe('03');
  });

  it('leaves the blocked out of a list, and of the way back to it', () => {
    const person = personOf();
    hold(person, personOf());
    const mark = textAt(personsOf(search({}))[0], 'xmeld:identifikationsmerkmal');
    register.setBlock(HOMBURG, { registerKey: person.registerKey }, true);
    expect(statusOf(search({}))).toBe('01');
    expect(statusOf(profile(`<xmeld:identifikationsmerkmal>${mark}</xmeld:identifikationsmerkmal>`))).toBe('03');
  });

  it('finds the dead and those who moved away, with their marks', () => {
    hold(personOf({ diedOn: '2025-01-01' }), personOf({ residences: [homeOf({ movedOut: '2026-01-01' })] }));
    const written = personsOf(search({})).map((person) => JSON.stringify(person));
    expect(written[0]).toContain('xmeld:verstorben');
    expect(written[1]).toContain('xmeld:verzogen');
  });

  it.each([
    ['01', 'a mark that is none', () => profile('<xmeld:identifikationsmerkmal>1</xmeld:identifikationsmerkmal>')],
    ['02', 'a street it does not know', () => search({ address: `${AGS}<strasse>Nirgendwo</strasse>` })],
    ['14', 'two municipalities', () => search({ address: AGS + AGS })],
    ['14', 'no municipality', () => search({ address: '' })],
    ['14', 'another one than the reader', () => search({}, { reader: 'ags:10045117' })],
    ['16', 'no elements', () => search({}, { codes: [] })],
    ['16', 'an element it does not know', () => search({}, { codes: [185] })],
    ['17', 'a placeholder', () => search({ name: 'Weiß*' })],
    ['17', 'data it cannot use', () => search({ more: `${BORN}<xmeld:sterbeort/>` })],
    ['17', 'no file reference', () => search({}, { office: OFFICE.replace('AZ 1', '') })],
    ['17', 'a reason too long', () => search({}, { office: OFFICE.replace('Anlass<', `${'A'.repeat(121)}<`) })],
    ['18', 'a name alone', () => search({ more: '' })],
    ['18', 'no given name', () => search({ given: '' })],
    ['22', 'a municipality it does not hold', () => search({}, { reader: 'ags:10041100' })],
    [
      '24',
      'a number of the foreigners register',
      () => search({ more: `${BORN}<xmeld:azrNummer>1</xmeld:azrNummer>` }),
    ],
  ])('refuses with %s: %s', (code, _, send) => {
    expect(refusalOf(send())).toBe(code);
  });

  it('refuses more than 1,000 hits, of whom the blocked are none', () => {
    const many = Array.from({ length: 1001 }, () => personOf());
    hold(...many);
    expect(refusalOf(search({}))).toBe('12');
    register.setBlock(HOMBURG, { registerKey: many[0]?.registerKey }, true);
    expect(personsOf(search({}))).toHaveLength(1000);
  });

  it('does not take what is no message of its own', () => {
    expect(() => ask('<x/>')).toThrow('no message of this register');
    expect(() => ask('<!DOCTYPE x><x/>')).toThrow('document type');
  });
});

const entry = (who: string, number = 0, ags = HOMBURG): string =>
  `<sim:eintrag><sim:nummer>${number}</sim:nummer><gemeindeschluessel><code>${ags}</code></gemeindeschluessel>${who}</sim:eintrag>`;

const KAETHE =
  '<sim:person><sim:familienname>WEISSENBRUECK</sim:familienname><sim:ersterVorname>KAETHE</sim:ersterVorname><teilbekanntesDatum><jahrMonatTag>1984-05-17</jahrMonatTag></teilbekanntesDatum></sim:person>';

const account = (given = 'Anna-Lena Kaethe', number = '111 A'): string =>
  `<sim:konto><sim:familienname>Weißenbrück</sim:familienname><sim:vornamen>${given}</sim:vornamen><teilbekanntesDatum><jahrMonatTag>1984-05-17</jahrMonatTag></teilbekanntesDatum><sim:anschrift>${AGS}<hausnummer>${number}</hausnummer><postleitzahl>66424</postleitzahl><strasse>Talstr.</strasse><wohnort>Homburg</wohnort></sim:anschrift></sim:konto>`;

describe('batch 9330', () => {
  const batch = (content: string) =>
    all(at(ask(message('sim:stapelabruf.anfrage.9330', '9330', content)), 'sim:antwort'), 'sim:eintrag');
  const seen = (node: Node | undefined) => [textAt(node, 'sim:anzahl'), at(node, 'xmeld:person') !== undefined];

  it('answers each entry in its place', () => {
    const person = personOf({ familyName: 'Ander' });
    hold(personOf(), person);
    const key = `<sim:ordnungsmerkmal>${person.registerKey}</sim:ordnungsmerkmal>`;
    const answers = batch(entry(KAETHE, 0) + entry(key, 1) + entry('<sim:ordnungsmerkmal>-</sim:ordnungsmerkmal>', 2));
    expect(answers.map((one) => textAt(one, 'sim:nummer'))).toEqual(['0', '1', '2']);
    expect(answers.map(seen)).toEqual([
      ['1', true],
      ['1', true],
      ['0', false],
    ]);
  });

  it('counts the blocked and tells nothing of them, nor of several', () => {
    hold(personOf({ blocked: true }));
    expect(seen(batch(entry(KAETHE))[0])).toEqual(['1', false]);
    hold(personOf(), personOf({ blocked: true }));
    expect(seen(batch(entry(KAETHE))[0])).toEqual(['2', false]);
  });

  it('counts without data where nothing more is asked', () => {
    expect(seen(batch(entry(`${KAETHE}<sim:nurAnzahl>true</sim:nurAnzahl>`))[0])).toEqual(['1', false]);
  });

  it('tells the owner of an account about themselves, blocked or not, and about nobody else', () => {
    const other = personOf({ familyName: 'Ander' });
    hold(personOf({ blocked: true }), other);
    const key = `<sim:ordnungsmerkmal>${other.registerKey}</sim:ordnungsmerkmal>`;
    expect(batch(account() + entry(KAETHE, 0) + entry(key, 1)).map(seen)).toEqual([
      ['1', true],
      ['1', false],
    ]);
  });

  it('refuses an entry of a municipality that it does not hold, and answers the others', () => {
    const answers = batch(entry(KAETHE, 0, '10041100') + entry(KAETHE, 1));
    expect(textAt(answers[0], 'sim:rueckweisung/code')).toBe('22');
    expect(seen(answers[1])).toEqual(['1', true]);
  });

  it('refuses more than 500 entries', () => {
    const root = ask(message('sim:stapelabruf.anfrage.9330', '9330', entry(KAETHE).repeat(501)));
    expect(refusalOf(root, 'sim:antwort')).toBe('17');
  });
});

describe('self-disclosure 9708', () => {
  const disclose = (content: string, change?: Change) =>
    ask(message('sim:selbstauskunft.anfrage.9708', '9708', content, change));
  const countOf = (root: Node) => textAt(root, 'sim:antwort/sim:anzahl');

  it('tells the person everything, also under a block', () => {
    hold(personOf({ blocked: true, residences: [homeOf(), homeOf({ ags: '10041100', movedOut: '2020-04-27' })] }));
    const root = disclose(account());
    expect(countOf(root)).toBe('1');
    expect(all(at(root, 'sim:antwort/xmeld:person/xmeld:personendaten'), 'xmeld:wohnung')).toHaveLength(2);
  });

  it.each([
    ['all given names in any order', account(), '1'],
    ['one given name too few', account('Käthe'), '0'],
    ['one too many', account('Käthe Anna-Lena Sophie'), '0'],
    ['another house', account('Käthe Anna-Lena', '111'), '0'],
  ])('wants all of it to agree: %s', (_, content, count) => {
    expect(countOf(disclose(content))).toBe(count);
  });

  it.each([
    ['a former home', personOf({ residences: [homeOf({ street: 'Hochstraße' }), homeOf({ movedOut: '2020-01-01' })] })],
    ['somebody dead', personOf({ diedOn: '2025-01-01' })],
  ])('does not know %s', (_, person) => {
    hold(person);
    expect(countOf(disclose(account()))).toBe('0');
  });

  it('tells nothing where two people fit', () => {
    hold(personOf(), personOf());
    const root = disclose(account());
    expect([countOf(root), at(root, 'sim:antwort/xmeld:person')]).toEqual(['2', undefined]);
  });

  it('wants the municipality of its reader', () => {
    expect(refusalOf(disclose(account(), { reader: 'ags:10045117' }), 'sim:antwort')).toBe('14');
  });
});
