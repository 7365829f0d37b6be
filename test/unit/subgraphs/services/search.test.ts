import { beforeAll, describe, expect, it } from '@jest/globals';
import { search } from '../../../../subgraphs/services/search.js';
import { type SearchedStock, searchedStock } from './catalogue-stock.js';

const UMMELDEN = '00000000000001';
const FUEHRERSCHEIN_ERSATZ = '00000000000003';
const WOHNGELD = '99107023037000';
const ANMELDUNG = '99115005104000';
const PERSONALAUSWEIS = '99008001012000';

let stock: SearchedStock;

beforeAll(async () => {
  stock = await searchedStock(400);
});

const find = (query: string, offered: Uint8Array | null = null) =>
  [...search(stock.index, query, offered).documents].map((document) => stock.services[document]?.key);

describe('search', () => {
  it.each([
    ['what agents are told first', 'Auto ummelden', UMMELDEN],
    ['in lower case', 'auto ummelden', UMMELDEN],
    ['with a noun for the verb', 'Ummeldung Auto', UMMELDEN],
    ['as one word', 'Autoummeldung', UMMELDEN],
    ['with another word for the thing', 'PKW ummelden', UMMELDEN],
    ['in a whole sentence', 'Ich möchte mein Auto ummelden', UMMELDEN],
    ['the name', 'Wohngeld', WOHNGELD],
    ['two letters exchanged', 'Wohngled', WOHNGELD],
    ['a letter heard wrongly', 'Wohngelt', WOHNGELD],
    ['a letter left out', 'Wohgeld', WOHNGELD],
    ['unfinished', 'wohng', WOHNGELD],
    ['unfinished and misspelt', 'mietzuschs', WOHNGELD],
    ['as a compound nobody wrote', 'Wohngeldantrag', WOHNGELD],
    ['what it is for', 'Zuschuss zur Miete', WOHNGELD],
    ['the everyday word', 'Perso', PERSONALAUSWEIS],
    ['a word that is a head of compounds', 'Ausweis', PERSONALAUSWEIS],
    ['a letter left out of a long word', 'Persnalausweis', PERSONALAUSWEIS],
    ['extension', 'Personalausweis verlängern', PERSONALAUSWEIS],
    ['a loss', 'Führerschein verloren', FUEHRERSCHEIN_ERSATZ],
    ['without umlaut', 'Fuehrerschein verloren', FUEHRERSCHEIN_ERSATZ],
    ['with the bare letter for the umlaut', 'Fuhrerschein verloren', FUEHRERSCHEIN_ERSATZ],
    ['a letter too few', 'Fürerschein verloren', FUEHRERSCHEIN_ERSATZ],
    ['theft', 'Führerschein geklaut', FUEHRERSCHEIN_ERSATZ],
    ['a move', 'Umzug', ANMELDUNG],
    ['a new address', 'neue Adresse', ANMELDUNG],
    ['a whole question', 'Wo kann ich meine Wohnung anmelden?', ANMELDUNG],
    ['in capitals', 'WOHNSITZ ANMELDEN', ANMELDUNG],
    ['two letters wrong', 'Reisepaas', '99085001012000'],
    ['the old spelling', 'Paß', '99085001012000'],
    ['taxes on a dog', 'Hundesteur', '99102013104000'],
    ['what people do', 'Hund anmelden', '99102013104000'],
    ['a marriage', 'heiraten', '00000000000016'],
    ['bulky waste with a slip', 'Sperrmuel', '00000000000031'],
    ['parking', 'Anwohnerparken', '99108001001000'],
    ['a business', 'Gewerbeanmeldung', '99050012104000'],
    ['a certificate misspelt', 'Geburtsurkude', '99027002012000'],
    ['a plate misspelt', 'Wunschkenzeichen', '99036049069000'],
    ['deregistration by an everyday word', 'Kfz abmelden', '99036026017000'],
    ['certificate of conduct', 'Führungszeugniss', '99049001001000'],
    ['an abbreviation', 'WBS', '99107022012000'],
    ['papers that are lost', 'Fahrzeugschein verloren', '00000000000002'],
    ['day care', 'Kindergartenplatz', '00000000000036'],
    ['a fine', 'Strafzettel', '00000000000060'],
    ['without any letter of the name', 'Hochzeit', '00000000000016'],
  ])('finds among the first three: %s (%s)', (_, query, key) => {
    expect(find(query).slice(0, 3)).toContain(key);
  });

  it.each([
    ['a word nobody knows', 'xyzzyq'],
    ['nothing but signs', '?!'],
    ['one letter', 'a'],
  ])('finds nothing for %s', (_, query) => {
    expect(find(query)).toEqual([]);
  });

  it('does not take three letters for a slip of other three', () => {
    expect(find('WPS')).not.toContain('99107022012000');
  });

  it('puts what is offered before what fits about as well, not before what fits', () => {
    const abmelden = stock.services.findIndex(({ key }) => key === '00000000000011');
    const offered = Uint8Array.from(stock.services, (_, document) => (document === abmelden ? 1 : 0));
    expect(find('Hundesteuer')[0]).toBe('99102013104000');
    expect(find('Hundesteuer', offered)[0]).toBe('00000000000011');
    expect(find('Hundesteuer anmelden', offered)[0]).toBe('99102013104000');
  });

  it('answers the same in the same order each time', () => {
    expect(search(stock.index, 'anmelden', null)).toEqual(search(stock.index, 'anmelden', null));
    const { documents, scores } = search(stock.index, 'anmelden', null);
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(documents).size).toBe(scores.length);
  });

  it('stops at twelve words', () => {
    const long = `${'unbekannt '.repeat(12)} Wohngeld`;
    expect(find(long)).not.toContain(WOHNGELD);
  });
});
