import type { BlindIndex } from './blind-index.js';
import type { AuditEntry, AuditRecord } from './entry.js';
import { type Draft, digestOf, toAsciiJson } from './line.js';
import { sealContext } from './payload.js';
import { hasIdentificationNumber, type Retention, retentionOf } from './retention.js';
import type { Sealed } from './sealing.js';

export interface DraftTools {
  readonly blindIndex: BlindIndex;
  /** Seals for the officer of a controller. */
  readonly seal: (controller: string | null, text: string, context: string) => Sealed;
  readonly germanDate: (atMs: number) => string;
}

/**
 * Writes entries as payloads, text by text: what many of them say alike is written once. Records in a frozen list are
 * taken to come again, and their text is kept for as long as the list is.
 *
 * @throws What `seal` throws.
 */
export function createDrafter({ blindIndex, seal, germanDate }: DraftTools): (entry: AuditEntry) => Draft {
  const listOf = createLists();
  const kept = new WeakMap<readonly AuditRecord[], RecordsText>();
  const deletionOf = createDeletionDates();
  let said: Said | null = null;
  const recordsOf = ({ register, records }: AuditEntry): RecordsText => {
    const known = kept.get(records);
    if (known?.register === register) return known;
    const text = writeRecords(records, { register, blindIndex, listOf });
    if (Object.isFrozen(records)) kept.set(records, text);
    return text;
  };
  return (entry) => {
    // The entries of one request come one after the other.
    if (said === null || !isSaid(said.entry, entry)) said = say(entry, { listOf, germanDate });
    const { register, controller, search } = entry;
    const records = recordsOf(entry);
    const criteria = search === null ? 'null' : JSON.stringify(search.criteria);
    const secret = `${said.secret},"records":${records.secret},"criteria":${criteria}}`;
    const sealed = writeSealed(seal(controller, secret, sealContext(entry)));
    const payload = `${said.head},${writeOwn(entry)},${said.text},${records.text},"sealed":${sealed}}`;
    const deleteFrom = deletionOf(records.retention, said.date);
    return { kind: 'access', register, deleteFrom, digest: digestOf(payload), payload };
  };
}

/** What all entries of a request say alike. */
interface Said {
  readonly entry: AuditEntry;
  readonly head: string;
  readonly text: string;
  /** Beginning of what is sealed. */
  readonly secret: string;
  /** German date. */
  readonly date: string;
}

const isSaid = (a: AuditEntry, b: AuditEntry): boolean =>
  a.requestId === b.requestId &&
  a.at === b.at &&
  a.caller === b.caller &&
  a.operation === b.operation &&
  a.purpose === b.purpose &&
  a.fileReference === b.fileReference &&
  a.occasion === b.occasion &&
  a.isWithheld === b.isWithheld;

function say(entry: AuditEntry, { listOf, germanDate }: { listOf: Lists } & Pick<DraftTools, 'germanDate'>): Said {
  const { caller, operation } = entry;
  const head = `{"requestId":${toAsciiJson(entry.requestId)},"at":${toAsciiJson(entry.at)}`;
  const who = `"role":${toAsciiJson(caller.role)},"office":${toText(caller.office)},"municipalities":${listOf(caller.municipalities).text}`;
  const why = `"purpose":${toText(entry.purpose)},"fileReference":${toText(entry.fileReference)},"occasion":${toText(entry.occasion)}`;
  const what = `"operation":{"kind":"${operation.kind}","hash":${toAsciiJson(operation.hash)},"name":${toText(operation.name)}}`;
  return {
    entry,
    head,
    text: `${who},${why},${what},"isWithheld":${entry.isWithheld}`,
    secret: `{"subject":${JSON.stringify(caller.subject)},"actingFor":${JSON.stringify(caller.actingFor)}`,
    date: germanDate(Date.parse(entry.at)),
  };
}

/** What an entry says of its register alone. */
function writeOwn({ register, controller, outcome, deniedFields, search }: AuditEntry): string {
  const denied = deniedFields.length === 0 ? '[]' : toAsciiJson(deniedFields);
  const found = search === null ? 'null' : `{"field":${toAsciiJson(search.field)},"hits":${search.hits}}`;
  return `"register":${toAsciiJson(register)},"controller":${toText(controller)},"outcome":"${outcome}","deniedFields":${denied},"search":${found}`;
}

const writeSealed = ({ recipient, sender, nonce, data }: Sealed): string =>
  `{"recipient":"${recipient}","sender":"${sender}","nonce":"${nonce}","data":"${data}"}`;

interface RecordsText {
  readonly register: string;
  readonly text: string;
  /** For what is sealed. */
  readonly secret: string;
  readonly retention: Retention;
}

function writeRecords(
  records: readonly AuditRecord[],
  {
    register,
    blindIndex,
    listOf,
  }: { readonly register: string; readonly listOf: Lists } & Pick<DraftTools, 'blindIndex'>,
): RecordsText {
  const places = new Map<string, number>();
  let [text, secret, hasNumber] = ['', '', false];
  for (const record of records) {
    const fields = listOf(record.fields);
    const place = places.get(fields.text) ?? places.size;
    places.set(fields.text, place);
    hasNumber ||= fields.hasNumber;
    const comma = text === '' ? '' : ',';
    text += `${comma}{"index":"${blindIndex(register, record)}","fields":${place}}`;
    secret += `${comma}{"type":${JSON.stringify(record.type)},"key":${JSON.stringify(record.key)}}`;
  }
  return {
    register,
    text: `"fieldSets":[${[...places.keys()].join()}],"records":[${text}]`,
    secret: `[${secret}]`,
    retention: retentionOf(register, hasNumber),
  };
}

interface ListText {
  readonly text: string;
  readonly hasNumber: boolean;
}

type Lists = (list: readonly string[]) => ListText;

/** Fields of records sent alike are one array, and so are the municipalities of a caller. */
function createLists(): Lists {
  const known = new WeakMap<readonly string[], ListText>();
  return (list) => {
    const found = known.get(list);
    if (found) return found;
    const made = { text: toAsciiJson(list), hasNumber: hasIdentificationNumber(list) };
    known.set(list, made);
    return made;
  };
}

/** @returns A function that reckons once a day for each retention. */
function createDeletionDates(): (retention: Retention, date: string) => string {
  const known = new Map<Retention, string>();
  let today = '';
  return (retention, date) => {
    if (date !== today) known.clear();
    today = date;
    const deleteFrom = known.get(retention) ?? retention.deleteFrom(date);
    known.set(retention, deleteFrom);
    return deleteFrom;
  };
}

const toText = (value: string | null): string => (value === null ? 'null' : toAsciiJson(value));
