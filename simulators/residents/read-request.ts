import { ELEMENTS, type ElementName, MESSAGES, type MessageNumber, REFUSALS, Refusal } from './codes.js';
import type { Home } from './register.js';
import { all, at, type Node, parse, textAt } from './xml.js';

/** What every message says of itself and of who sends it. */
export interface Head {
  readonly uuid: string;
  readonly number: MessageNumber;
  readonly createdAt: string;
  /** Organisation keys of the directory: `ags:` and 8 digits, or `dbs:` and 12. */
  readonly reader: string;
  readonly author: { readonly key: string; readonly name: string };
}

export interface SearchData {
  /** All that are given: one is right, more or none are refused. */
  readonly ags: readonly string[];
  readonly familyName: string;
  readonly givenNames: string;
  readonly dateOfBirth: string;
  readonly placeOfBirth: string;
  readonly sex: string;
  readonly diedOn: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
}

export interface BatchEntry {
  readonly number: string;
  readonly ags: string;
  readonly key: string | null;
  readonly familyName: string;
  readonly givenName: string;
  readonly dateOfBirth: string;
  readonly home: Home | null;
  /** How many there are and nothing more. */
  readonly countOnly: boolean;
}

export interface Account extends Home {
  readonly ags: string;
  readonly familyName: string;
  readonly givenNames: string;
  readonly dateOfBirth: string;
}

export type Request =
  | { readonly kind: 'search'; readonly profile: SearchData | { readonly mark: string }; readonly elements: Elements }
  | {
      readonly kind: 'batch';
      readonly entries: readonly BatchEntry[];
      readonly account: Account | null;
      readonly elements: Elements;
    }
  | { readonly kind: 'disclosure'; readonly account: Account; readonly elements: Elements }
  | { readonly kind: 'followUp'; readonly data: SearchData; readonly office: AskingOffice };

/** § 11 BMeldDAV: who asks, for which file, for which reason. */
export interface AskingOffice {
  readonly authority: string;
  readonly fileReference: string;
  readonly occasion: string;
  readonly person: string;
}

export type Elements = ReadonlySet<ElementName>;

const MAX_ENTRIES = 500;
const MAX_OFFICE_TEXT = 120;

/** @throws Error where it is no message of this register at all: there is nothing that an answer could refer to. */
export function readHead(text: string): { head: Head; root: Node } {
  const root = parse(text);
  const own = at(root, 'nachrichtenkopf.g2g/identifikation.nachricht');
  const number = Object.keys(MESSAGES).find((key) => MESSAGES[key as MessageNumber].root === root.name);
  const uuid = textAt(own, 'nachrichtenUUID');
  if (number === undefined || uuid === '' || textAt(own, 'nachrichtentyp/code') !== number)
    throw new Error('no message of this register');
  const kopf = at(root, 'nachrichtenkopf.g2g');
  const author = { key: textAt(kopf, 'autor/kennung'), name: textAt(kopf, 'autor/name') };
  return {
    root,
    head: {
      uuid,
      number: number as MessageNumber,
      createdAt: textAt(own, 'erstellungszeitpunkt'),
      reader: textAt(kopf, 'leser/kennung'),
      author,
    },
  };
}

/** @throws Refusal where the message is not as the rules of retrieval want it. */
export function readRequest(root: Node, number: MessageNumber): Request {
  const office = readOffice(at(root, 'xmeld:datenAbrufendeStelle'));
  const elements = readElements(at(root, 'xmeld:steuerungsinformationen'));
  if (number === '1330') return { kind: 'search', profile: readProfile(root, elements), elements };
  if (number === '1322') return { kind: 'followUp', data: readData(root), office };
  if (number === '9708') return { kind: 'disclosure', account: readAccount(need(root, 'sim:konto')), elements };
  const entries = all(root, 'sim:eintrag').map(readEntry);
  if (entries.length === 0 || entries.length > MAX_ENTRIES)
    throw new Refusal(REFUSALS.other, `between 1 and ${MAX_ENTRIES} entries`);
  const account = at(root, 'sim:konto');
  return { kind: 'batch', entries, account: account ? readAccount(account) : null, elements };
}

/** 120 characters at most each. */
function readOffice(office: Node | undefined): AskingOffice {
  const [authority = '', reach = '', fileReference = '', occasion = '', person = ''] = [
    textAt(office, 'xmeld:abrufberechtigteStelle/xmeld:behoerdenname'),
    textAt(office, 'xmeld:abrufberechtigteStelle/xmeld:erreichbarkeit/kennung'),
    textAt(office, 'xmeld:aktenzeichen'),
    textAt(office, 'xmeld:anlassDesAbrufs'),
    textAt(office, 'xmeld:kennung'),
  ];
  const texts = [authority, reach, fileReference, occasion, person];
  if (texts.some((text) => text === '')) throw new Refusal(REFUSALS.other, '§ 11 BMeldDAV: incomplete');
  if (texts.some((text) => [...text].length > MAX_OFFICE_TEXT))
    throw new Refusal(REFUSALS.other, '§ 11 BMeldDAV: more than 120 characters');
  return { authority, fileReference, occasion, person };
}

function readElements(control: Node | undefined): Elements {
  const numbers = all(control, 'xmeld:anforderungselement').map((node) => textAt(node, 'code'));
  const names = Object.keys(ELEMENTS) as ElementName[];
  const unknown = numbers.find((number) => !names.some((name) => ELEMENTS[name] === number));
  if (unknown !== undefined) throw new Refusal(REFUSALS.technical, `anforderungselement ${unknown}`);
  return new Set(names.filter((name) => numbers.includes(ELEMENTS[name])));
}

function readProfile(root: Node, elements: Elements): SearchData | { mark: string } {
  if (elements.size === 0) throw new Refusal(REFUSALS.technical, 'anforderungselement is missing');
  const mark = at(root, 'xmeld:suchprofil/xmeld:identifikationsmerkmal');
  return mark ? { mark: mark.text.trim() } : readData(root);
}

function readData(root: Node): SearchData {
  const data = need(root, 'xmeld:suchprofil/xmeld:auswahldaten');
  checkOffered(data);
  const name = at(data, 'xmeld:name/xmeld:name/xmeld:nachnameUndVornamen');
  const address = at(data, 'xmeld:anschrift');
  return {
    ags: all(address, 'gemeindeschluessel').map((node) => textAt(node, 'code')),
    familyName: textAt(name, 'xmeld:nachname/name'),
    givenNames: textAt(name, 'xmeld:vornamen/name'),
    dateOfBirth: readDate(at(data, 'xmeld:geburtsdatum/xmeld:geburtsdatum')),
    placeOfBirth: textAt(data, 'xmeld:geburtsort/xmeld:geburtsort.inland'),
    sex: textAt(data, 'xmeld:geschlecht/code'),
    diedOn: textAt(data, 'xmeld:sterbetag'),
    street: textAt(address, 'strasse'),
    houseNumber: textAt(address, 'hausnummer') + textAt(address, 'hausnummerBuchstabeZusatzziffer'),
    postalCode: textAt(address, 'postleitzahl'),
  };
}

const OFFERED = ['xmeld:name', 'xmeld:anschrift', 'xmeld:geburtsdatum', 'xmeld:geschlecht', 'xmeld:sterbetag'];

/** All given data must be used, so what cannot be used is refused, never skipped. */
function checkOffered(data: Node): void {
  for (const { name } of data.children) {
    if (name === 'xmeld:azrNummer') throw new Refusal(REFUSALS.azrNumber);
    if (name === 'xmeld:geburtsort' && at(data, 'xmeld:geburtsort/xmeld:geburtsort.inland')) continue;
    if (!OFFERED.includes(name)) throw new Refusal(REFUSALS.other, `${name} is not offered`);
  }
  if (at(data, 'xmeld:name/xmeld:phonetik')) throw new Refusal(REFUSALS.other, 'no phonetic search is offered');
}

function readEntry(node: Node): BatchEntry {
  const person = at(node, 'sim:person');
  const home = at(person, 'sim:wohnung');
  return {
    number: textAt(node, 'sim:nummer'),
    ags: textAt(node, 'gemeindeschluessel/code'),
    key: at(node, 'sim:ordnungsmerkmal')?.text.trim() ?? null,
    familyName: textAt(person, 'sim:familienname'),
    givenName: textAt(person, 'sim:ersterVorname'),
    dateOfBirth: readDate(person),
    home: home ? readHome(home) : null,
    countOnly: textAt(node, 'sim:nurAnzahl') === 'true',
  };
}

const readAccount = (node: Node): Account => ({
  ags: textAt(node, 'sim:anschrift/gemeindeschluessel/code'),
  familyName: textAt(node, 'sim:familienname'),
  givenNames: textAt(node, 'sim:vornamen'),
  dateOfBirth: readDate(node),
  ...readHome(need(node, 'sim:anschrift')),
});

const readHome = (node: Node): Home => ({
  postalCode: textAt(node, 'postleitzahl'),
  street: textAt(node, 'strasse'),
  houseNumber: textAt(node, 'hausnummer'),
});

/** A day, a month or a year, as the element says that holds it. */
const readDate = (node: Node | undefined): string => {
  const date = at(node, 'teilbekanntesDatum');
  return textAt(date, 'jahrMonatTag') || textAt(date, 'jahrMonat') || textAt(date, 'jahr');
};

function need(node: Node, path: string): Node {
  const found = at(node, path);
  if (found === undefined) throw new Refusal(REFUSALS.technical, `${path} is missing`);
  return found;
}
