import { find, findText, malformed, needText, type XmlElement } from '../../lib/connect/xml.js';
import { splitGivenNames } from '../../lib/names.js';
import { SIMULATED } from './message.js';
import { readDate } from './record.js';

/** What a register says by itself of one person. */
export interface RegisterEvent {
  readonly kind: 'address-changed' | 'block-set' | 'block-lifted';
  readonly uuid: string;
  readonly ags: string;
  /** Key in the register of `ags`. */
  readonly registerKey: string;
  /** Family name, and name at birth where there is another: other registers may know the person by either. */
  readonly familyNames: readonly string[];
  /** The first one; `null` for a person without. */
  readonly givenName: string | null;
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly dateOfBirth: string | null;
}

/** Only the numbers are XMeld's; see simulators/residents/README.md. */
const EVENTS: Readonly<Record<string, { readonly number: string; readonly kind: RegisterEvent['kind'] }>> = {
  'fortschreibung.anschrift.0090': { number: '0090', kind: 'address-changed' },
  'auskunftssperre.setzen.0093': { number: '0093', kind: 'block-set' },
  'auskunftssperre.aufheben.0094': { number: '0094', kind: 'block-lifted' },
};

/**
 * @param ags Of the municipality whose technical user has sent it.
 * @throws AppError `LEGACY_MALFORMED` for another message, and for one of another register.
 */
export function readEvent(root: XmlElement, ags: string): RegisterEvent {
  const event = Object.hasOwn(EVENTS, root.name) && root.namespace === SIMULATED ? EVENTS[root.name] : undefined;
  if (event === undefined) throw malformed('no message that registers send by themselves');
  const head = 'nachrichtenkopf.g2g';
  if (findText(root, `${head}/identifikation.nachricht/nachrichtentyp/code`) !== event.number)
    throw malformed('another message number');
  if (findText(root, `${head}/autor/kennung`) !== `ags:${ags}`) throw malformed('a message of another register');
  const person = find(root, 'person/personendaten');
  if (person === null) throw malformed('nobody is meant');
  const names = ['name/familienname.unstrukturiert/nachname/name', 'name/geburtsname.unstrukturiert/name'];
  return {
    kind: event.kind,
    uuid: needText(root, `${head}/identifikation.nachricht/nachrichtenUUID`),
    ags,
    registerKey: needText(root, 'ordnungsmerkmal'),
    familyNames: names.map((path) => findText(person, path)).filter((name) => name !== null),
    givenName: splitGivenNames(findText(person, 'name/vornamen/vornamen/name') ?? '')[0] ?? null,
    dateOfBirth: readDate(find(person, 'geburtsangaben/geburt/geburtsdatum')),
  };
}
