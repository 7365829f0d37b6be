import { describe, expect, it } from '@jest/globals';
import type { CatalogueObject } from '../../../../simulators/services/model.js';
import { writeMessage } from '../../../../simulators/services/write-message.js';
import { readTransferMessage } from '../../../../subgraphs/services/transfer-message.js';
import { stockOf } from './catalogue-stock.js';

const MALFORMED = expect.objectContaining({ extensions: { code: 'LEGACY_MALFORMED' } });
const NOW = '2026-03-20T10:00:00Z';

const message = (content: string, attributes = 'xzufiVersion="2.2.0"') =>
  `<?xml version="1.0" encoding="UTF-8"?><x:t xmlns:x="http://xoev.de/schemata/xzufi/2_2_0" ${attributes}><x:nachrichtenkopf/>${content}</x:t>`;
const text = (module: string, content: string, language = 'de') =>
  `<x:modulText><x:inhalt languageCode="${language}">${content}</x:inhalt><x:leikaTextmodul><code>${module}</code></x:leikaTextmodul></x:modulText>`;
const service = (inner: string, key = '99107023037000') =>
  `<x:schreibe><x:leistung><x:id schemeID="s">L.1</x:id><x:referenzLeiKa><code>${key}</code></x:referenzLeiKa>${inner}</x:leistung></x:schreibe>`;
const fee = (inner: string) => `<x:modulKosten><x:kosten>${inner}</x:kosten></x:modulKosten>`;
const competence = (areas: string) =>
  `<x:schreibe><x:zustaendigkeitTransferObjekt><x:uebergeordnetesObjektID>OE.1</x:uebergeordnetesObjektID><x:zustaendigkeit><x:id>Z.1</x:id><x:leistungID>L.1</x:leistungID>${areas}<x:rolle><code>01</code></x:rolle></x:zustaendigkeit></x:zustaendigkeitTransferObjekt></x:schreibe>`;

const readOne = async (content: string) => (await readTransferMessage(message(content)))[0]?.record;

describe('readTransferMessage', () => {
  it('reads everything the simulated system writes', async () => {
    const stock = stockOf(99);
    const changes = await readTransferMessage(
      writeMessage(
        stock.map((write: CatalogueObject) => ({ write })),
        NOW,
      ),
    );
    expect(changes).toHaveLength(stock.length);
    expect(changes.find(({ id }) => id === 'L.00000000000001')?.record).toMatchObject({
      leikaKey: '00000000000001',
      name: 'Fahrzeug ummelden (Halterwechsel oder Umzug)',
      synonyms: expect.arrayContaining(['Auto ummelden']),
      documents: expect.arrayContaining(['Zulassungsbescheinigung Teil I und II']),
      fees: [{ description: 'Umschreibung', amountCents: 1900, maximumCents: 3000 }],
      deadlines: [{ description: 'Unverzüglich nach Umzug oder Kauf.', days: null }],
      legalBasis: ['§ 15 FZV'],
      changedAt: '2026-01-15T08:00:00.000Z',
    });
    expect(changes.find(({ id }) => id === 'OE.buergeramt-10045114')?.record).toMatchObject({
      name: 'Bürgeramt Homburg',
      phone: '115',
      email: 'buergeramt-10045114@verwaltung.example',
      address: { postalCode: '66424', place: 'Homburg' },
      openingHours: expect.arrayContaining([{ day: 'THURSDAY', opens: '07:30', closes: '18:00' }]),
    });
    expect(changes.find(({ id }) => id === 'Z.L.99115005104000.OE.buergeramt-10041100-nord')?.record).toMatchObject({
      areas: ['10041100'],
      postalCodes: ['66117', '66119', '66121'],
    });
  });

  it('reads deletions by class and id', async () => {
    expect(await readTransferMessage(message('<x:loesche klasse="Leistung"><x:id>L.1</x:id></x:loesche>'))).toEqual([
      { kind: 'service', id: 'L.1', record: null },
    ]);
  });

  it.each([
    ['paragraphs as lines', '&lt;p&gt;Eins&lt;/p&gt;&lt;p&gt;Zwei&lt;br/&gt;Drei&lt;/p&gt;', 'Eins\nZwei\nDrei'],
    ['entities', 'Gebühr &amp;amp; Auslagen &amp;#228;&amp;nbsp;x', 'Gebühr & Auslagen ä x'],
    ['nothing of a script', '&lt;script&gt;alert(1)&lt;/script&gt;', 'alert(1)'],
    ['no markup that decoding makes', '&amp;lt;img src=x&amp;gt;', 'img src=x'],
  ])('makes plain text: %s', async (_, html, plain) => {
    expect(await readOne(service(text('02', 'Name') + text('06', html)))).toMatchObject({ description: plain });
  });

  it('takes the German text', async () => {
    const names = text('02', 'Housing benefit', 'en');
    await expect(readTransferMessage(message(service(names)))).rejects.toEqual(MALFORMED);
    const both =
      '<x:modulText><x:inhalt languageCode="en">Housing</x:inhalt><x:inhalt languageCode="de">Wohngeld</x:inhalt><x:leikaTextmodul><code>02</code></x:leikaTextmodul></x:modulText>';
    expect(await readOne(service(both))).toMatchObject({ name: 'Wohngeld' });
  });

  it.each([
    ['5', 500],
    ['5.1', 510],
    ['0.00', 0],
    ['1022.05', 102205],
  ])('reads a fee of %s euro as %i cents', async (amount, amountCents) => {
    const content = service(text('02', 'Name') + fee(`<x:betrag>${amount}</x:betrag>`));
    expect(await readOne(content)).toMatchObject({ fees: [{ amountCents, maximumCents: null }] });
  });

  it.each([
    ['100450114114', '10045114'],
    ['10045', '10045'],
    ['10', '10'],
    ['10045114', '10045114'],
  ])('reads the area %s as %s', async (key, area) => {
    expect(await readOne(competence(`<x:gebietID>${key}</x:gebietID>`))).toMatchObject({ areas: [area] });
  });

  it('drops a link that is no web page', async () => {
    const link = (uri: string) =>
      `<x:weiterfuehrenderLink><x:titel>T</x:titel><x:uri>${uri}</x:uri></x:weiterfuehrenderLink>`;
    const forms = `<x:modulText>${link('javascript:alert(1)')}${link('https://formulare.example/a')}<x:leikaTextmodul><code>14</code></x:leikaTextmodul></x:modulText>`;
    expect(await readOne(service(text('02', 'Name') + forms))).toMatchObject({
      forms: [{ title: 'T', url: 'https://formulare.example/a' }],
    });
  });

  it.each([
    ['another namespace', message('').replace('2_2_0', '2_1_0')],
    ['another version', message('', 'xzufiVersion="3.0"')],
    ['no version', message('', '')],
    ['no head', message('').replace('<x:nachrichtenkopf/>', '')],
    ['a document type', message('').replace('?>', '?><!DOCTYPE x>')],
    ['half a message', message(service(text('02', 'Name'))).slice(0, 200)],
    ['an unknown verb', message('<x:aendere/>')],
    ['an unknown object', message('<x:schreibe><x:raumschiff/></x:schreibe>')],
    ['an unknown class', message('<x:loesche klasse="Raumschiff"><x:id>1</x:id></x:loesche>')],
    ['a deletion without id', message('<x:loesche klasse="Leistung"/>')],
    ['a key of 12 digits', message(service(text('02', 'Name'), '123456789012'))],
    ['a service without name', message(service(text('05', 'Kurz')))],
    ['a fee that is a word', message(service(text('02', 'Name') + fee('<x:betrag>viel</x:betrag>')))],
    ['a negative fee', message(service(text('02', 'Name') + fee('<x:betrag>-5.00</x:betrag>')))],
    ['a fee in francs', message(service(text('02', 'Name') + fee('<x:waehrung>CHF</x:waehrung>')))],
    ['an area of 4 digits', message(competence('<x:gebietID>1004</x:gebietID>'))],
  ])('refuses %s', async (_, xml) => {
    await expect(readTransferMessage(xml)).rejects.toEqual(MALFORMED);
  });
});
