import { describe, expect, it } from '@jest/globals';
import { childrenOf, element, find, findText, readXml } from '../../../../lib/connect/xml.js';
import {
  AUTHOR_FORM,
  BATCH,
  checkAnswer,
  readAuthor,
  readBody,
  SEARCH,
  writeMessage,
} from '../../../../subgraphs/residents/message.js';
import { type AnswerChange, answerXml, envelopeOf } from './xmeld.js';

const MALFORMED = expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } });

describe('writeMessage', () => {
  it('names message, register, authority, file, reason and person (§ 11 BMeldDAV)', async () => {
    const root = await readXml(writeMessage(envelopeOf(SEARCH), null));
    expect(root).toMatchObject({
      name: 'datenabruf.personensuche.suchanfrage.1330',
      namespace: 'http://www.osci.de/xmeld2511a',
    });
    const texts = [
      'nachrichtenkopf.g2g/identifikation.nachricht/nachrichtentyp/code',
      'nachrichtenkopf.g2g/leser/kennung',
      'nachrichtenkopf.g2g/autor/kennung',
      'datenAbrufendeStelle/abrufberechtigteStelle/behoerdenname',
      'datenAbrufendeStelle/aktenzeichen',
      'datenAbrufendeStelle/anlassDesAbrufs',
      'datenAbrufendeStelle/kennung',
    ].map((path) => findText(root, path));
    expect(texts).toEqual([
      '1330',
      'ags:10045114',
      'dbs:100410000001',
      'Wohngeldbehörde 10045*',
      'AZ 1',
      'housing-benefit.case',
      'c1',
    ]);
  });

  it('cuts what is longer than 120 characters', async () => {
    const inquirer = { authority: 'ä'.repeat(130), fileReference: 'AZ', occasion: '𝒳'.repeat(121), person: 'c1' };
    const root = await readXml(writeMessage(envelopeOf(SEARCH, { inquirer }), null));
    const { length } = [...(findText(root, 'datenAbrufendeStelle/anlassDesAbrufs') ?? '')];
    expect(length).toBe(120);
    expect(findText(root, 'datenAbrufendeStelle/abrufberechtigteStelle/behoerdenname')).toBe('ä'.repeat(120));
  });

  it('asks for the elements wanted and no others', async () => {
    const root = await readXml(writeMessage(envelopeOf(SEARCH), null));
    const control = find(root, 'steuerungsinformationen');
    const codes = control && childrenOf(control, 'anforderungselement').map((one) => findText(one, 'code'));
    expect(codes).toEqual(['1', '20']);
  });

  it('lets nothing in an argument become part of the message', async () => {
    const inquirer = { authority: '</xmeld:behoerdenname>', fileReference: '<!--', occasion: '&amp;', person: ']]>' };
    const root = await readXml(writeMessage(envelopeOf(BATCH, { inquirer }), element('sim:x', '<a/>')));
    expect(findText(root, 'datenAbrufendeStelle/anlassDesAbrufs')).toBe('&amp;');
    expect(findText(root, 'x')).toBe('<a/>');
  });
});

describe('checkAnswer', () => {
  const check = async (change: AnswerChange) => checkAnswer(await readXml(answerXml('', change)), envelopeOf(SEARCH));

  it('tells when the register answered', async () => {
    expect(await check({})).toBe('2026-11-22T10:00:01.500Z');
  });

  it.each([
    ['another message', { root: 'datenabruf.freieSuche.antwort.1333' }],
    ['another number in the head', { number: '1333' }],
    ['another release of XMeld', { namespace: 'http://www.osci.de/xmeld2605' }],
    ['another register', { author: 'ags:10045115' }],
    ['another request', { origin: '00000000-0000-0000-0000-000000000000' }],
    ['no time', { createdAt: 'yesterday' }],
  ])('refuses the answer of %s', async (_, change) => {
    await expect(check(change)).rejects.toEqual(MALFORMED);
  });
});

describe('readBody', () => {
  const refuse = async (code: string) =>
    readBody(
      await readXml(
        `<a><b><rueckweisung><grundDerRueckweisung><code>${code}</code></grundDerRueckweisung></rueckweisung></b></a>`,
      ),
      'b',
    );

  it.each(['02', '12', '18'])('makes %s a mistake of the search', async (code) => {
    await expect(refuse(code)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', argument: 'search' } });
  });

  it.each([
    ['16', 'LEGACY_UNAVAILABLE'],
    ['14', 'LEGACY_MALFORMED'],
    ['22', 'LEGACY_MALFORMED'],
    ['99', 'LEGACY_MALFORMED'],
  ])('makes %s a failure of the system', async (code, expected) => {
    await expect(refuse(code)).rejects.toMatchObject({ extensions: { code: expected } });
  });

  it('refuses an answer without a body', async () => {
    const root = await readXml('<a/>');
    expect(() => readBody(root, 'b')).toThrow(MALFORMED);
  });
});

describe('AUTHOR_FORM', () => {
  it.each([
    ['dbs:100410000001|Fachverbund|a@b.example|Rathausplatz|1|66111|Saarbrücken', true],
    ['dbs:1004|Fachverbund|a@b.example|Rathausplatz|1|66111|Saarbrücken', false],
    ['ags:10041100|Fachverbund|a@b.example|Rathausplatz|1|66111', false],
    ['ags:10041100||a@b.example|Rathausplatz|1|66111|Saarbrücken', false],
  ])('%s: %s', (text, isOne) => {
    expect(AUTHOR_FORM.test(text)).toBe(isOne);
  });

  it('is read in its order', () => {
    expect(readAuthor('ags:10041100|N|m|S|1|66111|P')).toEqual({
      key: 'ags:10041100',
      name: 'N',
      mail: 'm',
      street: 'S',
      houseNumber: '1',
      postalCode: '66111',
      place: 'P',
    });
  });
});
