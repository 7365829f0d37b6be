import type { BlindIndex } from './blind-index.js';
import type { AuditCaller, AuditEntry, AuditRecord } from './entry.js';
import { toAsciiJson } from './line.js';
import { hasIdentificationNumber, type Retention, retentionOf } from './retention.js';
import type { Sealer } from './sealing.js';

/** What all accesses of one line have in common; equal ones are one object. */
export interface LineScope {
  readonly register: string;
  readonly controller: string | null;
  /** German date, YYYY-MM-DD. */
  readonly deleteFrom: string;
  /** Of the officer of the controller. */
  readonly sealer: Sealer;
}

/** One access as text, before it shares a line with the others of its commit: to seal and to hash each costs more. */
export interface Piece {
  readonly scope: LineScope;
  /** JSON of what may be read without the officer's key, in ASCII. */
  readonly open: string;
  /** JSON of what only the officer reads. */
  readonly secret: string;
}

export interface PieceTools {
  readonly blindIndex: BlindIndex;
  /** @throws AppError `AUDIT_UNAVAILABLE` where no officer answers for the controller. */
  readonly sealerOf: (controller: string | null) => Sealer;
  readonly germanDate: (atMs: number) => string;
}

/**
 * Writes entries, text by text: what many of them say alike is written once. Records in a frozen list and frozen callers
 * are taken to come again, and their text is kept for as long as they are.
 *
 * @throws What `sealerOf` throws.
 */
export function createPieceWriter({ blindIndex, sealerOf, germanDate }: PieceTools): (entry: AuditEntry) => Piece {
  const listOf = createLists();
  const callerOf = createCallers(listOf);
  const kept = new WeakMap<readonly AuditRecord[], RecordsText>();
  const deletionOf = createDeletionDates();
  const scopeOf = createScopes(sealerOf);
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
    if (said === null || !isSaid(said.entry, entry))
      said = { entry, caller: callerOf(entry.caller), date: germanDate(Date.parse(entry.at)), text: say(entry) };
    const { caller, text, date } = said;
    const records = recordsOf(entry);
    const criteria = entry.search === null ? 'null' : JSON.stringify(entry.search.criteria);
    return {
      scope: scopeOf(entry, deletionOf(records.retention, date)),
      open: `{${text},${caller.text},${writeOwn(entry)},${records.text}}`,
      secret: `{${caller.secret},"records":${records.secret},"criteria":${criteria}}`,
    };
  };
}

/** What all entries of a request say alike. */
interface Said {
  readonly entry: AuditEntry;
  readonly caller: CallerText;
  readonly text: string;
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

function say({ requestId, at, purpose, fileReference, occasion, operation, isWithheld }: AuditEntry): string {
  const when = `"requestId":${toAsciiJson(requestId)},"at":${toAsciiJson(at)}`;
  const why = `"purpose":${toText(purpose)},"fileReference":${toText(fileReference)},"occasion":${toText(occasion)}`;
  const { kind, hash, name } = operation;
  const what = `"operation":{"kind":"${kind}","hash":${toAsciiJson(hash)},"name":${toText(name)}}`;
  return `${when},${why},${what},"isWithheld":${isWithheld}`;
}

interface CallerText {
  readonly text: string;
  readonly secret: string;
}

function createCallers(listOf: Lists): (caller: AuditCaller) => CallerText {
  const kept = new WeakMap<AuditCaller, CallerText>();
  return (caller) => {
    const known = kept.get(caller);
    if (known) return known;
    const { role, office, municipalities, subject, actingFor } = caller;
    const made = {
      text: `"role":${toAsciiJson(role)},"office":${toText(office)},"municipalities":${listOf(municipalities).text}`,
      secret: `"subject":${JSON.stringify(subject)},"actingFor":${JSON.stringify(actingFor)}`,
    };
    if (Object.isFrozen(caller)) kept.set(caller, made);
    return made;
  };
}

/** What an entry says of its register alone. */
function writeOwn({ outcome, deniedFields, search }: AuditEntry): string {
  const denied = deniedFields.length === 0 ? '[]' : toAsciiJson(deniedFields);
  const found = search === null ? 'null' : `{"field":${toAsciiJson(search.field)},"hits":${search.hits}}`;
  return `"outcome":"${outcome}","deniedFields":${denied},"search":${found}`;
}

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
  }: { readonly register: string; readonly listOf: Lists } & Pick<PieceTools, 'blindIndex'>,
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

/** A register's name is ours, but who asks may name any municipality. */
const MOST_SCOPES = 10_000;

function createScopes(
  sealerOf: PieceTools['sealerOf'],
): (of: Pick<LineScope, 'register' | 'controller'>, deleteFrom: string) => LineScope {
  const known = new Map<string, LineScope>();
  return ({ register, controller }, deleteFrom) => {
    const id = `${deleteFrom} ${register} ${controller ?? ''}`;
    const found = known.get(id);
    if (found) return found;
    const made = { register, controller, deleteFrom, sealer: sealerOf(controller) };
    if (known.size >= MOST_SCOPES) known.clear();
    known.set(id, made);
    return made;
  };
}

const toText = (value: string | null): string => (value === null ? 'null' : toAsciiJson(value));
