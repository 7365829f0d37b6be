import { find, malformed, needText, readXml, type XmlElement } from '../../lib/connect/xml.js';
import { type OfficeRecord, readOffice } from './office-record.js';
import {
  type CompetenceRecord,
  type OnlineServiceRecord,
  readCompetence,
  readOnlineService,
  readService,
  type ServiceRecord,
} from './record.js';

/** What a transfer message says of one object. Its kind and id together name an object. */
export type Change =
  | { readonly kind: 'service'; readonly id: string; readonly record: ServiceRecord | null }
  | { readonly kind: 'office'; readonly id: string; readonly record: OfficeRecord | null }
  | { readonly kind: 'competence'; readonly id: string; readonly record: CompetenceRecord | null }
  | { readonly kind: 'online'; readonly id: string; readonly record: OnlineServiceRecord | null };

const NAMESPACE = 'http://xoev.de/schemata/xzufi/2_2_0';
const VERSIONS: readonly unknown[] = ['2.2', '2.2.0'];
const ATTRIBUTES = ['xzufiVersion', 'klasse', 'schemeID', 'languageCode'];

/**
 * Reads an XZuFi 2.2.0 transfer message. Its root is known by namespace and version, not by name: no source that we know
 * gives one.
 *
 * @returns The changes in the order of the message; `record` is `null` where an object is erased.
 * @throws AppError `LEGACY_MALFORMED` for everything else: a message is taken as a whole or not at all.
 */
export async function readTransferMessage(xml: string): Promise<readonly Change[]> {
  const root = await readXml(xml, ATTRIBUTES);
  if (root.namespace !== NAMESPACE) throw malformed('the message is not XZuFi 2.2.0');
  if (!VERSIONS.includes(root.attributes.xzufiVersion)) throw malformed('the version of the message is unknown');
  if (find(root, 'nachrichtenkopf') === null) throw malformed('the message has no head');
  return root.children.filter(({ name }) => name !== 'nachrichtenkopf').flatMap(readEntry);
}

function readEntry(entry: XmlElement): readonly Change[] {
  if (entry.name === 'loesche') return readErasure(entry);
  if (entry.name !== 'schreibe') throw malformed('the message says something else than write and erase');
  return entry.children.flatMap(readObject);
}

/** Specialisations (Spezialisierung) are no part of what is served. */
function readObject(object: XmlElement): readonly Change[] {
  switch (object.name) {
    case 'leistung':
      return [toChange('service', readService(object))];
    case 'organisationseinheit':
      return [toChange('office', readOffice(object))];
    case 'zustaendigkeitTransferObjekt':
      return [toChange('competence', readCompetence(object))];
    case 'onlinedienst':
      return [toChange('online', readOnlineService(object))];
    case 'spezialisierung':
      return [];
    default:
      throw malformed('an object of an unknown kind');
  }
}

const toChange = <Kind extends Change['kind']>(kind: Kind, record: { readonly id: string }): Change =>
  ({ kind, id: record.id, record }) as Change; // each call stands beside the reader of its kind

const CLASSES: Readonly<Record<string, Change['kind'] | null>> = {
  Leistung: 'service',
  Organisationseinheit: 'office',
  Zustaendigkeit: 'competence',
  Onlinedienst: 'online',
  LeistungSpezialisierung: null,
};

function readErasure(entry: XmlElement): readonly Change[] {
  const kind = CLASSES[entry.attributes.klasse ?? ''];
  if (kind === undefined) throw malformed('an erasure of an unknown kind');
  return kind === null ? [] : [{ kind, id: needText(entry, 'id'), record: null }];
}
