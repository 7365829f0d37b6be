import type { Fault } from '../control.js';

/** What goes back over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The answer as the fault leaves it; faults that send nothing at all are the server's. */
export function spoil(fault: Fault, page: { readonly xzufiObjekte: string }): HttpAnswer {
  if (fault.error === 'http500') return { status: 500, type: 'text/plain', body: LEAK };
  if (fault.error === 'html') return { status: 200, type: 'text/html', body: `<html><body>${LEAK}</body></html>` };
  const special = SPECIAL[String(fault.special ?? '')];
  const xzufiObjekte = special ? special(page.xzufiObjekte) : page.xzufiObjekte;
  const body = JSON.stringify({ ...page, xzufiObjekte });
  const sent = fault.error === 'truncated' ? body.slice(0, body.length / 2) : body;
  return { status: 200, type: 'application/json; charset=utf-8', body: sent };
}

export const isSpecial = (name: unknown): boolean => name === undefined || Object.hasOwn(SPECIAL, String(name));

/** Nothing of this may ever be seen by anyone but a log. */
const LEAK = 'ORA-00942: table or view REDAKTION.LEISTUNG does not exist at 10.1.2.3';

const BOMB = `<!DOCTYPE x [<!ENTITY a0 "bomb">${Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
).join('')}]>`;

const afterHead = (message: string, what: string): string =>
  message.replace('</xzufi:nachrichtenkopf>', () => `</xzufi:nachrichtenkopf>${what}`);

/** Malformed messages: `PUT /fault {"special": …}`. */
const SPECIAL: Readonly<Record<string, (message: string) => string>> = {
  'truncated-xml': (message) => message.slice(0, message.length / 2),
  doctype: (message) => message.replace('?>', () => '?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'),
  'entity-bomb': (message) =>
    afterHead(
      message.replace('?>', () => `?>${BOMB}`),
      '<x>&a9;</x>',
    ),
  'deep-nesting': (message) => afterHead(message, `${'<x>'.repeat(50_000)}${'</x>'.repeat(50_000)}`),
  'wrong-version': (message) => message.replace('xzufiVersion="2.2.0"', 'xzufiVersion="3.0.0"'),
  'wrong-namespace': (message) => message.replaceAll('xzufi/2_2_0', 'xzufi/9_9_9'),
  'unknown-class': (message) =>
    afterHead(message, '<xzufi:loesche klasse="Raumschiff"><xzufi:id>1</xzufi:id></xzufi:loesche>'),
  'without-id': (message) =>
    afterHead(message, '<xzufi:schreibe><xzufi:leistung><xzufi:id/></xzufi:leistung></xzufi:schreibe>'),
  'wrong-key': (message) =>
    afterHead(message, service('L.x', '<xzufi:referenzLeiKa><code>12</code></xzufi:referenzLeiKa>')),
  'wrong-fee': (message) =>
    afterHead(
      message,
      service(
        'L.00000000000001',
        '<xzufi:referenzLeiKa><code>00000000000001</code></xzufi:referenzLeiKa><xzufi:modulKosten><xzufi:kosten><xzufi:betrag>viel</xzufi:betrag></xzufi:kosten></xzufi:modulKosten>',
      ),
    ),
};

const service = (id: string, rest: string): string =>
  `<xzufi:schreibe><xzufi:leistung><xzufi:id>${id}</xzufi:id>${rest}<xzufi:modulText><xzufi:inhalt languageCode="de">Fehler</xzufi:inhalt><xzufi:leikaTextmodul><code>02</code></xzufi:leikaTextmodul></xzufi:modulText></xzufi:leistung></xzufi:schreibe>`;
