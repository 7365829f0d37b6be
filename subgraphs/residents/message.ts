import {
  type Content,
  element,
  find,
  findText,
  type Markup,
  malformed,
  needText,
  toDocument,
  type XmlElement,
} from '../../lib/connect/xml.js';
import { AppError } from '../../lib/errors.js';
import { ELEMENTS, type ElementName } from './elements.js';

/** The release of XMeld that is spoken. Another one is another file: namespaces, numbers and paths change together. */
const VERSION = '25.11a';
const XMELD = 'http://www.osci.de/xmeld2511a';
/** Messages of the simulated register that XMeld does not have; see simulators/residents/README.md. */
export const SIMULATED = 'urn:fachverbund:simulation:residents:1';

/** A message with the one that answers it. */
export interface Exchange {
  readonly number: string;
  readonly root: string;
  readonly answerNumber: string;
  readonly answerRoot: string;
  readonly answerNamespace: string;
}

/** Personensuche, § 34a (2) BMG. */
export const SEARCH: Exchange = {
  number: '1330',
  root: 'xmeld:datenabruf.personensuche.suchanfrage.1330',
  answerNumber: '1331',
  answerRoot: 'datenabruf.personensuche.antwort.1331',
  answerNamespace: XMELD,
};

/** Simulated: up to 500 persons at once. */
export const BATCH: Exchange = {
  number: '9330',
  root: 'sim:stapelabruf.anfrage.9330',
  answerNumber: '9331',
  answerRoot: 'stapelabruf.antwort.9331',
  answerNamespace: SIMULATED,
};

/** A case that goes on by hand (Aussteuerung); only its number is XMeld's. */
export const FOLLOW_UP: Exchange = {
  number: '1322',
  root: 'sim:aussteuerung.1322',
  answerNumber: '9322',
  answerRoot: 'aussteuerung.eingang.9322',
  answerNamespace: SIMULATED,
};

/** Simulated, after 1708 to 1710: what the register holds of the person who asks. */
export const DISCLOSURE: Exchange = {
  number: '9708',
  root: 'sim:selbstauskunft.anfrage.9708',
  answerNumber: '9710',
  answerRoot: 'selbstauskunft.antwort.9710',
  answerNamespace: SIMULATED,
};

/** The body that sends the messages, known to the registers by its key in the directory (DVDV). */
export interface Author {
  readonly key: string;
  readonly name: string;
  readonly mail: string;
  readonly street: string;
  readonly houseNumber: string;
  readonly postalCode: string;
  readonly place: string;
}

/** Form of an author in the settings: key, name, e-mail, street, house number, postal code and place, with `|` between. */
export const AUTHOR_FORM = /^(ags:\d{8}|dbs:\d{12})(\|[^|]+){6}$/;

/** @param text In `AUTHOR_FORM`. */
export function readAuthor(text: string): Author {
  const [key = '', name = '', mail = '', street = '', houseNumber = '', postalCode = '', place = ''] = text.split('|');
  return { key, name, mail, street, houseNumber, postalCode, place };
}

/** Who asks and why, as § 11 BMeldDAV wants it and the register logs it (§ 40 BMG). */
export interface Inquirer {
  readonly authority: string;
  /** Aktenzeichen. */
  readonly fileReference: string;
  /** Anlass des Abrufs. */
  readonly occasion: string;
  /** Kennung of the person who asks. */
  readonly person: string;
}

export interface Envelope {
  readonly exchange: Exchange;
  readonly uuid: string;
  readonly createdAt: string;
  /** Municipality whose register is asked. */
  readonly ags: string;
  readonly author: Author;
  readonly inquirer: Inquirer;
  readonly elements: ReadonlySet<ElementName>;
}

/** @param content What the message is about; it stands between who asks and which data are wanted. */
export function writeMessage(envelope: Envelope, content: Content): string {
  const { exchange, author } = envelope;
  const root = element(
    exchange.root,
    [
      element('nachrichtenkopf.g2g', writeHead(envelope)),
      element('anschrift.autor', writeBuilding(author)),
      element('xmeld:datenAbrufendeStelle', writeInquirer(envelope)),
      content,
      element('xmeld:steuerungsinformationen', writeControl(envelope)),
    ],
    {
      'xmlns:xmeld': XMELD,
      ...(exchange.answerNamespace === SIMULATED && { 'xmlns:sim': SIMULATED }),
      standard: 'XMeld',
      version: VERSION,
      produkt: 'Fachverbund',
      produkthersteller: 'Fachverbund',
    },
  );
  return toDocument(root);
}

/**
 * Proves that a message is the answer to ours: its kind, the register it comes from, and the message it refers to.
 *
 * @returns When the register answered, ISO 8601.
 * @throws AppError `LEGACY_MALFORMED`.
 */
export function checkAnswer(root: XmlElement, { exchange, uuid, ags }: Envelope): string {
  const head = find(root, 'nachrichtenkopf.g2g');
  const identification = find(root, 'nachrichtenkopf.g2g/identifikation.nachricht');
  if (root.name !== exchange.answerRoot || root.namespace !== exchange.answerNamespace)
    throw malformed(`no ${exchange.answerNumber}`);
  if (head === null || identification === null) throw malformed('no message head');
  if (findText(identification, 'nachrichtentyp/code') !== exchange.answerNumber)
    throw malformed('another message number');
  if (findText(head, 'autor/kennung') !== `ags:${ags}`) throw malformed('answer of another register');
  if (findText(root, 'ursprungsnachricht/nachrichtenUUID') !== uuid) throw malformed('answer to another message');
  return readInstant(needText(identification, 'erstellungszeitpunkt'));
}

/**
 * @returns The part of an answer that says something of residents.
 * @throws AppError for a refusal: `BAD_USER_INPUT` for what is wrong with the search itself, `LEGACY_UNAVAILABLE` for a
 *   fault inside the register (16), `LEGACY_MALFORMED` for what our messages must never bring about.
 */
export function readBody(root: XmlElement, name: string): XmlElement {
  const body = find(root, name);
  if (body === null) throw malformed(`no ${name}`);
  const refusal = find(body, 'rueckweisung');
  if (refusal === null) return body;
  const code = needText(refusal, 'grundDerRueckweisung/code');
  const refused = REFUSED_SEARCHES[code];
  if (refused)
    throw new AppError('BAD_USER_INPUT', refused.message, { detail: { argument: 'search', ...refused.detail } });
  if (code === '16') throw new AppError('LEGACY_UNAVAILABLE', undefined, { cause: new Error('refusal 16') });
  throw malformed(`refusal ${code}`);
}

/** By code of urn:xoev-de:xmeld:codeliste:datenabruf.nichterstellung.grund. */
const REFUSED_SEARCHES: Readonly<Record<string, { message: string; detail: Record<string, string | number> }>> = {
  '02': { message: 'The register knows no such street.', detail: { reason: 'STREET_UNKNOWN' } },
  '12': { message: 'More than 1,000 people fit.', detail: { reason: 'TOO_MANY_HITS', limit: 1000 } },
  '18': {
    message: 'One of date of birth, place of birth, sex or street is needed beside the names (§ 38 (1) BMG).',
    detail: { reason: 'TOO_LITTLE_GIVEN' },
  },
};

export const writeCode = (name: string, code: string): Markup => element(name, element('code', code));

/** @param date YYYY-MM-DD, YYYY-MM or YYYY. */
export function writeDate(date: string): Markup {
  const name = date.length === 4 ? 'jahr' : date.length === 7 ? 'jahrMonat' : 'jahrMonatTag';
  return element('teilbekanntesDatum', element(name, date));
}

function writeHead({ exchange, uuid, createdAt, ags, author }: Envelope): Content {
  return [
    element('identifikation.nachricht', [
      element('nachrichtenUUID', uuid),
      element('nachrichtentyp', element('code', exchange.number), {
        listURI: 'urn:de:xmeld:schluesseltabelle:xmeld.nachrichten',
        listVersionID: VERSION,
      }),
      element('erstellungszeitpunkt', createdAt),
    ]),
    element('leser', writeParty(`ags:${ags}`, 'Meldebehörde')),
    element('autor', [...writeParty(author.key, author.name), writeReachability('erreichbarkeit', author)]),
  ];
}

const writeParty = (key: string, name: string): Markup[] => [
  element('verzeichnisdienst', element('code', 'DVDV'), { listURI: 'urn:xoev-de:kosit:codeliste:verzeichnisdienst' }),
  element('kennung', key),
  element('name', name),
];

/** Kanal 01: e-mail. */
const writeReachability = (name: string, { mail }: Author): Markup =>
  element(name, [writeCode('kanal', '01'), element('kennung', mail)]);

const writeBuilding = ({ houseNumber, postalCode, street, place }: Author): Markup =>
  element('gebaeude', [
    element('hausnummer', houseNumber),
    element('postleitzahl', postalCode),
    element('strasse', street),
    element('wohnort', place),
  ]);

function writeInquirer({ author, inquirer }: Envelope): Content {
  return [
    element('xmeld:sicherheitsbehoerde', 'false'),
    element('xmeld:abrufberechtigteStelle', [
      writeReachability('xmeld:erreichbarkeit', author),
      element('xmeld:anschrift', writeBuilding(author)),
      element('xmeld:behoerdenname', short(inquirer.authority)),
    ]),
    element('xmeld:aktenzeichen', short(inquirer.fileReference)),
    element('xmeld:anlassDesAbrufs', short(inquirer.occasion)),
    element('xmeld:kennung', short(inquirer.person)),
  ];
}

/** § 38 (5) BMG: a neutral answer is final; whoever needs more says so with `FOLLOW_UP`. */
const writeControl = ({ exchange, elements }: Envelope): Content => [
  ...[...elements].map((name) => writeCode('xmeld:anforderungselement', ELEMENTS[name])),
  element('xmeld:verzichtAufMitteilung', String(exchange !== FOLLOW_UP)),
];

/** BMeldDAV, annex no. 8: 120 characters at most. */
const short = (text: string): string => [...text].slice(0, 120).join('');

function readInstant(text: string): string {
  const instant = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(instant.getTime())) throw malformed('no instant of the answer');
  return instant.toISOString();
}
