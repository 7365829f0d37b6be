import { type ElementName, EVENT_ROOTS } from './codes.js';
import type { Entry } from './register.js';
import { writePerson } from './write-person.js';
import { code, group, leaf, NAMESPACES } from './xml.js';

/** 0090 another address · 0093 a block is set · 0094 it is lifted. */
export type EventNumber = keyof typeof EVENT_ROOTS;

/** By what another register knows the person; an address only where that is what the message is about. */
const ABOUT_BLOCK: readonly ElementName[] = ['familyName', 'birthName', 'givenNames', 'dateOfBirth'];
const ABOUT_ADDRESS: readonly ElementName[] = [...ABOUT_BLOCK, 'currentAddress', 'moveDates'];
/** Who gets what this data centre's registers report. */
const READER = 'dbs:100410000001';

/** Only the numbers are XMeld's: what stands in the message is simulated. */
export function writeEvent(
  number: EventNumber,
  entry: Entry,
  { uuid, createdAt }: { readonly uuid: string; readonly createdAt: string },
): string {
  const root = EVENT_ROOTS[number];
  const head = group('nachrichtenkopf.g2g', [
    group('identifikation.nachricht', [
      leaf('nachrichtenUUID', uuid),
      code('nachrichtentyp', number, 'urn:de:xmeld:schluesseltabelle:xmeld.nachrichten'),
      leaf('erstellungszeitpunkt', createdAt),
    ]),
    group('leser', [leaf('kennung', READER)]),
    group('autor', [leaf('kennung', `ags:${entry.ags}`), leaf('name', 'Melderegister (simuliert)')]),
  ]);
  const person = writePerson(entry, new Set(number === '0090' ? ABOUT_ADDRESS : ABOUT_BLOCK));
  const xmlns = `xmlns:xmeld="${NAMESPACES.xmeld}" xmlns:sim="${NAMESPACES.sim}"`;
  const body = `${head}${leaf('sim:ordnungsmerkmal', entry.key)}${group('xmeld:person', [person])}`;
  return `<?xml version="1.0" encoding="UTF-8"?><${root} ${xmlns} standard="XMeld" version="25.11a">${body}</${root}>`;
}
