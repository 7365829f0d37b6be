import { randomUUID } from 'node:crypto';
import type { Area, CatalogueObject, Competence, Link, Office, OnlineService, Service } from './model.js';
import { CLASS_OF } from './model.js';

/** One line of a transfer message: an object as it is now, or one that is gone. */
export type Entry =
  | { readonly write: CatalogueObject }
  | { readonly erase: { readonly kind: CatalogueObject['kind']; readonly id: string } };

export const NAMESPACE = 'http://xoev.de/schemata/xzufi/2_2_0';
const AGENCY = 'fachverbund-simulation';
const TEXT_MODULES = 'urn:de:xzufi:codeliste:leistungstextmodulleika';

/** An XZuFi 2.2.0 transfer message. The name of its root is ours: no source gives one; see README.md. */
export function writeMessage(entries: readonly Entry[], createdAt: string): string {
  const lines = entries.map((entry) =>
    'write' in entry ? group('schreibe', [write(entry.write)]) : erase(entry.erase),
  );
  const head = group('nachrichtenkopf', [
    leaf('nachrichtUUID', randomUUID()),
    leaf('erstelltDatumZeit', createdAt),
    leaf('sender', 'Simuliertes Redaktionssystem'),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?><xzufi:transfer xmlns:xzufi="${NAMESPACE}" xzufiVersion="2.2.0" produktbezeichnung="Simulation" produkthersteller="Fachverbund">${head}${lines.join('')}</xzufi:transfer>`;
}

const erase = ({ kind, id }: { kind: CatalogueObject['kind']; id: string }): string =>
  `<xzufi:loesche klasse="${CLASS_OF[kind]}">${identifier('id', id, kind)}</xzufi:loesche>`;

function write(object: CatalogueObject): string {
  switch (object.kind) {
    case 'leistung':
      return writeService(object);
    case 'organisationseinheit':
      return writeOffice(object);
    case 'zustaendigkeitTransferObjekt':
      return writeCompetence(object);
    case 'onlinedienst':
      return writeOnlineService(object);
  }
}

function writeService(service: Service): string {
  return group('leistung', [
    identifier('id', service.id, 'leistung'),
    group('struktur', [identifier('leistungsobjektID', service.key.slice(0, 8), 'leistungsobjekt')]),
    code('referenzLeiKa', service.key),
    text('02', service.name, 1),
    text('05', service.short, 2),
    text('06', service.full, 3),
    text('07', service.law.map((one) => `<li>${one}</li>`).join(''), 4),
    text('08', service.documents.map((one) => `<li>${one}</li>`).join(''), 5),
    text('09', service.requirements, 6),
    text('11', service.procedure, 7),
    text('14', null, 8, service.forms),
    text('24', service.short, 9),
    service.period &&
      group('modulFrist', [
        german('beschreibung', service.period.text),
        service.period.days === null
          ? null
          : group('frist', [leaf('dauer', String(service.period.days)), code('einheit', 'D')]),
      ]),
    group(
      'modulKosten',
      service.fees.map(({ what, cents, most }) =>
        group('kosten', [
          german('beschreibung', what),
          ...(most === null
            ? [leaf('betrag', euro(cents))]
            : [leaf('betragUntergrenze', euro(cents)), leaf('betragObergrenze', euro(most))]),
          leaf('waehrung', 'EUR'),
        ]),
      ),
    ),
    group('modulBearbeitungsdauer', [german('beschreibung', service.processing)]),
    group(
      'modulBegriffImKontext',
      service.aliases.map((alias) => group('begriffImKontext', [german('begriff', alias), code('typ', '001')])),
    ),
    group('versionsinformation', [leaf('geaendertDatumZeit', service.changedAt)]),
    group('sprachversion', [leaf('languageCode', 'de')]),
  ]);
}

function writeOffice(office: Office): string {
  return group('organisationseinheit', [
    identifier('id', office.id, 'organisationseinheit'),
    group('name', [german('name', office.name)]),
    german('infoOeffnungszeitenText', office.hoursNote),
    ...office.hours.map(({ day, opens, closes }) =>
      group('infoOeffnungszeitenStrukturiert', [code('tag', String(day)), leaf('von', opens), leaf('bis', closes)]),
    ),
    group('anschrift', [
      leaf('strasse', office.street),
      leaf('hausnummer', office.houseNumber),
      leaf('postleitzahl', office.postalCode),
      leaf('ort', office.place),
      group('verwaltungspolitischeKodierung', [code('gemeindeschluessel', office.ags)]),
    ]),
    // Channels as in XInneres: 01 mail, 02 telephone.
    group('erreichbarkeit', [code('kanal', '02'), leaf('kennung', '115')]),
    group('erreichbarkeit', [code('kanal', '01'), leaf('kennung', office.email)]),
    group('internetadresse', [leaf('uri', office.website)]),
  ]);
}

const writeCompetence = (competence: Competence): string =>
  group('zustaendigkeitTransferObjekt', [
    identifier('uebergeordnetesObjektID', competence.ownerId, competence.ownerKind),
    group('zustaendigkeit', [
      identifier('id', competence.id, 'zustaendigkeit'),
      identifier('leistungID', competence.serviceId, 'leistung'),
      ...competence.areas.map(area),
      code('rolle', '01'),
    ]),
  ]);

const writeOnlineService = ({ id, name, link, trustLevel }: OnlineService): string =>
  group('onlinedienst', [
    identifier('id', id, 'onlinedienst'),
    german('bezeichnung', name),
    writeLink('link', link),
    code('vertrauensniveau', trustLevel),
  ]);

const area = ({ scheme, value }: Area): string =>
  `<xzufi:gebietID schemeID="${scheme === 'ars' ? 'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs' : 'urn:fachverbund:simulation:plz'}">${value}</xzufi:gebietID>`;

function text(module: string, content: string | null, position: number, links: readonly Link[] = []): string | null {
  if ((content === null || content === '') && links.length === 0) return null;
  return group('modulText', [
    leaf('positionDarstellung', String(position)),
    german('inhalt', content === '' ? null : content),
    ...links.map((link) => writeLink('weiterfuehrenderLink', link)),
    code('leikaTextmodul', module, TEXT_MODULES),
  ]);
}

const writeLink = (name: string, { title, url }: Link): string => group(name, [leaf('titel', title), leaf('uri', url)]);

const euro = (cents: number): string => (cents / 100).toFixed(2);

const identifier = (name: string, value: string, scheme: string): string =>
  `<xzufi:${name} schemeAgencyID="${AGENCY}" schemeID="${scheme}">${toXmlText(value)}</xzufi:${name}>`;

const german = (name: string, content: string | null): string | null =>
  content === null ? null : `<xzufi:${name} languageCode="de">${toXmlText(content)}</xzufi:${name}>`;

const leaf = (name: string, content: string): string => `<xzufi:${name}>${toXmlText(content)}</xzufi:${name}>`;

/** A value of a code list; `code` itself stands in no namespace. */
const code = (name: string, value: string, list?: string): string =>
  `<xzufi:${name}${list ? ` listURI="${list}"` : ''}><code>${toXmlText(value)}</code></xzufi:${name}>`;

const group = (name: string, parts: readonly (string | null)[]): string => {
  const inner = parts.filter((part) => part !== null).join('');
  return inner === '' ? '' : `<xzufi:${name}>${inner}</xzufi:${name}>`;
};

const toXmlText = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
