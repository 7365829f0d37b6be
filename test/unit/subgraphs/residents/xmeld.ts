import { readXml, type XmlElement } from '../../../../lib/connect/xml.js';
import type { Author, Envelope, Exchange } from '../../../../subgraphs/residents/message.js';

/** Hand-written XMeld, so that the adapter is not measured by the simulator alone. */
const AUTHOR: Author = {
  key: 'dbs:100410000001',
  name: 'Fachverbund',
  mail: 'portal@fachverbund.example',
  street: 'Rathausplatz',
  houseNumber: '1',
  postalCode: '66111',
  place: 'Saarbrücken',
};

export const envelopeOf = (exchange: Exchange, change: Partial<Envelope> = {}): Envelope => ({
  exchange,
  uuid: 'b47016cf-bec4-5980-9a23-38b421c2c9d8',
  createdAt: '2026-11-22T10:00:00.000Z',
  ags: '10045114',
  author: AUTHOR,
  inquirer: {
    authority: 'Wohngeldbehörde 10045*',
    fileReference: 'AZ 1',
    occasion: 'housing-benefit.case',
    person: 'c1',
  },
  elements: new Set(['familyName', 'dateOfBirth']),
  ...change,
});

export const NAME = `<xmeld:name>
  <xmeld:familienname.unstrukturiert><xmeld:nachname><name>Ștefănescu-Großbach</name></xmeld:nachname></xmeld:familienname.unstrukturiert>
  <xmeld:geburtsname.unstrukturiert><name>Ștefănescu</name></xmeld:geburtsname.unstrukturiert>
  <xmeld:vornamen><xmeld:vornamen><name>Mirela Anna-Lena</name></xmeld:vornamen></xmeld:vornamen>
  <xmeld:gebraeuchlicherVorname><name>Anna-Lena</name></xmeld:gebraeuchlicherVorname>
  <xmeld:doktorgrad>Dr.</xmeld:doktorgrad></xmeld:name>`;

export const birth = (date: string): string =>
  `<xmeld:geburtsangaben><xmeld:geburt><xmeld:geburtsort>Cluj</xmeld:geburtsort>
   <xmeld:geburtsdatum>${date}</xmeld:geburtsdatum></xmeld:geburt></xmeld:geburtsangaben>`;

export const residence = (home: {
  ags?: string;
  number?: string;
  mark?: boolean;
  status?: string;
  current?: boolean;
  dates?: string;
}): string => `<xmeld:wohnung><xmeld:anschrift><xmeld:anschrift.inland>
  <xmeld:anschrift.inland><gemeindeschluessel><code>${home.ags ?? '10045114'}</code></gemeindeschluessel>
   ${home.number ?? '<hausnummer>115</hausnummer>'}
   <postleitzahl>01067</postleitzahl><strasse>Grubenweg</strasse><wohnort>Homburg</wohnort></xmeld:anschrift.inland>
  ${home.mark ? '<xmeld:bedingterSperrvermerk>true</xmeld:bedingterSperrvermerk>' : ''}
  </xmeld:anschrift.inland></xmeld:anschrift>${home.dates ?? ''}
  <xmeld:statusderwohnung><code>${home.status ?? '0'}</code></xmeld:statusderwohnung>
  <xmeld:wohnung.aktuell>${home.current ?? true}</xmeld:wohnung.aktuell></xmeld:wohnung>`;

export const personXml = (data: string, mark = ''): string =>
  `<xmeld:person><xmeld:personendaten>${data}</xmeld:personendaten>${mark}</xmeld:person>`;

export const readPart = (xml: string): Promise<XmlElement> =>
  readXml(
    xml.replace(
      /^<([\w:.]+)/,
      (start) =>
        `${start} xmlns:xmeld="http://www.osci.de/xmeld2511a" xmlns:sim="urn:fachverbund:simulation:residents:1"`,
    ),
  );

export interface AnswerChange {
  readonly root?: string;
  readonly number?: string;
  readonly author?: string;
  readonly origin?: string;
  readonly createdAt?: string;
  readonly namespace?: string;
  readonly extension?: string;
}

/** A 1331 around its body. */
export const answerXml = (body: string, change: AnswerChange = {}): string => {
  const root = change.root ?? 'datenabruf.personensuche.antwort.1331';
  return `<?xml version="1.0" encoding="UTF-8"?><xmeld:${root} xmlns:xmeld="${change.namespace ?? 'http://www.osci.de/xmeld2511a'}" xmlns:sim="urn:fachverbund:simulation:residents:1">
  <nachrichtenkopf.g2g><identifikation.nachricht><nachrichtenUUID>c63180d1-6e43-452a-ae2c-ced11fcad0bf</nachrichtenUUID>
  <nachrichtentyp><code>${change.number ?? '1331'}</code></nachrichtentyp>
  <erstellungszeitpunkt>${change.createdAt ?? '2026-11-22T11:00:01.500+01:00'}</erstellungszeitpunkt></identifikation.nachricht>
  <leser><kennung>dbs:100410000001</kennung></leser><autor><kennung>${change.author ?? 'ags:10045114'}</kennung></autor>
  </nachrichtenkopf.g2g>${body}
  <xmeld:ursprungsnachricht><nachrichtenUUID>${change.origin ?? 'b47016cf-bec4-5980-9a23-38b421c2c9d8'}</nachrichtenUUID></xmeld:ursprungsnachricht>
  ${change.extension ?? ''}</xmeld:${root}>`;
};
