import { childrenOf, find, findText, malformed, needText, type XmlElement } from '../../lib/connect/xml.js';
import { toList, toPlainText } from './plain-text.js';

/** A service (Leistung) as the catalogue describes it, the same for all areas. */
export interface ServiceRecord {
  /** The editorial system's own id. */
  readonly id: string;
  readonly leikaKey: string;
  readonly name: string;
  readonly synonyms: readonly string[];
  readonly teaser: string | null;
  readonly description: string | null;
  readonly requirements: string | null;
  readonly procedure: string | null;
  readonly remedy: string | null;
  readonly notes: string | null;
  readonly documents: readonly string[];
  readonly legalBasis: readonly string[];
  readonly forms: readonly LinkRecord[];
  readonly fees: readonly FeeRecord[];
  readonly deadlines: readonly DeadlineRecord[];
  readonly processingTime: string | null;
  /** ISO 8601; `null` where the catalogue does not say. */
  readonly changedAt: string | null;
}

export interface LinkRecord {
  readonly title: string;
  readonly url: string;
}

/** Euro cents. A fixed fee has `amountCents` alone, a range both, one that is computed neither. */
export interface FeeRecord {
  readonly description: string | null;
  readonly amountCents: number | null;
  readonly maximumCents: number | null;
}

export interface DeadlineRecord {
  readonly description: string;
  readonly days: number | null;
}

/** Who does a service where: an office, or an online service. */
export interface CompetenceRecord {
  readonly id: string;
  readonly ownerId: string;
  readonly serviceId: string;
  /** AGS of 8 digits, or fewer digits for a district or Land. */
  readonly areas: readonly string[];
  /** Where given, only addresses with one of these postal codes. */
  readonly postalCodes: readonly string[];
}

export interface OnlineServiceRecord {
  readonly id: string;
  readonly links: readonly LinkRecord[];
}

/** Code list `urn:de:xzufi:codeliste:leistungstextmodulleika`, 20240216. */
const TEXT_MODULE = {
  name: '02',
  short: '05',
  full: '06',
  law: '07',
  documents: '08',
  requirements: '09',
  procedure: '11',
  forms: '14',
  notes: '16',
  teaser: '24',
  remedy: '25',
} as const;

const POSTAL_CODE_SCHEME = /:plz$/;

/** @throws AppError `LEGACY_MALFORMED` for one without id, key or name, or with a fee that is no amount. */
export function readService(leistung: XmlElement): ServiceRecord {
  const module = (code: string) =>
    childrenOf(leistung, 'modulText').find((one) => findText(one, 'leikaTextmodul/code') === code);
  const html = (code: string) => german(module(code), 'inhalt');
  const text = (code: string) => toPlainText(html(code));
  const leikaKey = needText(leistung, 'referenzLeiKa/code');
  if (!/^[0-9]{14}$/.test(leikaKey)) throw malformed('a LeiKa key that has not 14 digits');
  const name = text(TEXT_MODULE.name);
  if (name === null) throw malformed('a service without a name');
  return {
    id: needText(leistung, 'id'),
    leikaKey,
    name,
    synonyms: childrenOf(leistung, 'modulBegriffImKontext')
      .flatMap((one) => childrenOf(one, 'begriffImKontext'))
      .flatMap((one) => toPlainText(german(one, 'begriff')) ?? []),
    teaser: text(TEXT_MODULE.teaser) ?? text(TEXT_MODULE.short),
    description: text(TEXT_MODULE.full) ?? text(TEXT_MODULE.short),
    requirements: text(TEXT_MODULE.requirements),
    procedure: text(TEXT_MODULE.procedure),
    remedy: text(TEXT_MODULE.remedy),
    notes: text(TEXT_MODULE.notes),
    documents: toList(html(TEXT_MODULE.documents)),
    legalBasis: toList(html(TEXT_MODULE.law)),
    forms: readLinks(module(TEXT_MODULE.forms), 'weiterfuehrenderLink'),
    fees: childrenOf(leistung, 'modulKosten').flatMap((one) => childrenOf(one, 'kosten').map(readFee)),
    deadlines: childrenOf(leistung, 'modulFrist').flatMap(readDeadline),
    processingTime: toPlainText(german(find(leistung, 'modulBearbeitungsdauer'), 'beschreibung')),
    changedAt: readInstant(findText(leistung, 'versionsinformation/geaendertDatumZeit')),
  };
}

/** @param transfer `zustaendigkeitTransferObjekt`: the owner, and for which service and areas it is competent. */
export function readCompetence(transfer: XmlElement): CompetenceRecord {
  const inner = find(transfer, 'zustaendigkeit');
  if (inner === null) throw malformed('a competence without content');
  const areas = childrenOf(inner, 'gebietID');
  const isPostal = (area: XmlElement) => POSTAL_CODE_SCHEME.test(area.attributes.schemeID ?? '');
  return {
    id: needText(inner, 'id'),
    ownerId: needText(transfer, 'uebergeordnetesObjektID'),
    serviceId: needText(inner, 'leistungID'),
    areas: areas.filter((area) => !isPostal(area)).map((area) => toArea(area.text.trim())),
    postalCodes: areas.filter(isPostal).map((area) => area.text.trim()),
  };
}

export const readOnlineService = (element: XmlElement): OnlineServiceRecord => ({
  id: needText(element, 'id'),
  links: readLinks(element, 'link'),
});

/** Links that lead somewhere else than to a web page are dropped: nobody may be sent a script. */
export function readLinks(parent: XmlElement | null | undefined, name: string): LinkRecord[] {
  return childrenOf(parent ?? NOTHING, name).flatMap((link) => {
    const url = findText(link, 'uri') ?? findText(link, 'link') ?? '';
    if (!/^https?:\/\/\S+$/i.test(url) || !URL.canParse(url)) return [];
    return [{ title: findText(link, 'titel') ?? url, url }];
  });
}

/** The German text of several in different languages, or the only one that names no language. */
export function german(parent: XmlElement | null | undefined, name: string): string | null {
  const texts = childrenOf(parent ?? NOTHING, name);
  const language = ({ attributes }: XmlElement) => attributes.languageCode?.toLowerCase() ?? 'de';
  return texts.find((one) => /^de(-DE)?$/i.test(language(one)))?.text ?? null;
}

/** Regionalschlüssel of 12 digits: without the four of the association of municipalities it is the AGS. */
function toArea(key: string): string {
  if (/^[0-9]{12}$/.test(key)) return key.slice(0, 5) + key.slice(9);
  if (/^([0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{8})$/.test(key)) return key;
  throw malformed('an area that is no key of a municipality, district or Land');
}

function readFee(fee: XmlElement): FeeRecord {
  const currency = findText(fee, 'waehrung');
  if (currency !== null && currency !== 'EUR') throw malformed('a fee in another currency than the euro');
  return {
    description: toPlainText(german(fee, 'beschreibung')),
    amountCents: toCents(findText(fee, 'betrag') ?? findText(fee, 'betragUntergrenze')),
    maximumCents: toCents(findText(fee, 'betragObergrenze')),
  };
}

function toCents(amount: string | null): number | null {
  if (amount === null) return null;
  if (!/^[0-9]{1,7}([.][0-9]{1,2})?$/.test(amount)) throw malformed('a fee that is no amount');
  const [euro = '0', cents = ''] = amount.split('.');
  return Number(euro) * 100 + Number(cents.padEnd(2, '0'));
}

/** A period in another unit than days is told in words alone. */
function readDeadline(module: XmlElement): DeadlineRecord[] {
  const description = toPlainText(german(module, 'beschreibung'));
  const days = findText(module, 'frist/einheit/code') === 'D' ? findText(module, 'frist/dauer') : null;
  if (description === null) return [];
  return [{ description, days: days !== null && /^[0-9]{1,5}$/.test(days) ? Number(days) : null }];
}

const readInstant = (text: string | null): string | null =>
  text !== null && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;

const NOTHING: XmlElement = { name: '', namespace: '', attributes: {}, children: [], text: '' };
