import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import type { Account, Caller } from '../../lib/caller.js';
import { type Connection, NO_RECORDS } from '../../lib/connection.js';
import { AppError } from '../../lib/errors.js';
import type { LinkedPerson, Linker } from '../../lib/link.js';
import type { RequestContext } from '../../lib/subgraph/context.js';
import { accessTo } from './access.js';
import type { Asking, Entry, Found, Receipt, ResidentsConnector } from './connector.js';
import type { ElementName } from './elements.js';
import { formerPersonsOf, linkedPersonOf, type OtherRegister, type Pseudonyms } from './pseudonyms.js';
import type { ResidentRecord } from './record.js';
import { requestedElements } from './requested-elements.js';
import { type Page, readPage, toPage } from './resident-page.js';
import type {
  FederationReferenceTypes,
  FormerLink,
  MutationRequestManualFollowUpArgs,
  QueryResidentsArgs,
} from './schema.generated.js';

type Operation = Pick<GraphQLResolveInfo, 'operation' | 'fragments'>;

/** What the register is asked for in one request. All that is asked at the same moment travels as one message. */
export interface Loaders {
  /** @throws AppError `UNAUTHENTICATED`, `INSUFFICIENT_TRUST_LEVEL`, or `MATCH_UNCERTAIN` where several fit the account. */
  me(info: Operation): Promise<ResidentRecord | null>;
  /** @throws AppError `UNAUTHENTICATED`. */
  byId(key: { readonly ags: string; readonly id: string }, info: Operation): Promise<ResidentRecord | null>;
  byReference(reference: FederationReferenceTypes['Resident'], info: Operation): Promise<ResidentRecord | null>;
  /** The person another register means, `null` without a link and for nobody or more than one. */
  byLink(reference: LinkReference, other: OtherRegister, info: Operation): Promise<ResidentRecord | null>;
  /** @throws AppError `UNAUTHENTICATED`, `BAD_USER_INPUT` for a cursor of another list or a search the register refuses. */
  search(args: QueryResidentsArgs, info: Operation): Promise<Connection<ResidentRecord>>;
  /**
   * The same for somebody unknown, blocked, or there.
   *
   * @throws AppError `UNAUTHENTICATED`, `FORBIDDEN` for whoever may not search there, `BAD_USER_INPUT` as `search`.
   */
  requestFollowUp(args: MutationRequestManualFollowUpArgs): Promise<Receipt>;
  idOf(resident: ResidentRecord): string;
  /** @returns `null` where the register holds more than one such person. */
  linkOf(resident: ResidentRecord, register: OtherRegister, info: Operation): Promise<string | null>;
  /** For the access log: that the record is the caller's. @returns `null` on all but the caller's own record. */
  proofOf(resident: ResidentRecord): string | null;
  /** @returns `null` on all but the caller's own record. */
  formerLinksOf(resident: ResidentRecord, register: OtherRegister): FormerLink[] | null;
}

export interface LinkReference {
  readonly ags: string;
  readonly link?: string | null | undefined;
}

export type Context = RequestContext<Loaders>;

/** What one batch message of the register takes. */
const MAX_ENTRIES = 500;

export function createLoaders(connector: ResidentsConnector, request: Omit<RequestContext, 'loaders'>): Loaders {
  const { caller, signal } = request;
  const { pseudonyms } = connector;
  const register = createRegister(connector, request);
  const byEntry = async (entry: Entry | null, info: Operation) =>
    entry && ((await register.find(entry, info))?.resident ?? null);
  return {
    me: (info) => register.self(info),
    async byId({ ags, id }, info) {
      requireCaller(caller);
      return (await register.find({ ags, registerKey: pseudonyms.keyOf(ags, id) }, info))?.resident ?? null;
    },
    byReference: (reference, info) => byEntry(toEntry(reference, pseudonyms), info),
    byLink: ({ ags, link }, other, info) => byEntry(openLink({ ags, link }, pseudonyms.links[other]), info),
    async search(args, info) {
      requireCaller(caller);
      const page = readPage(args, pseudonyms);
      return accessTo(args.ags, request).to === 'register' ? register.search(args, page, info) : NO_RECORDS;
    },
    async requestFollowUp({ ags, search }) {
      const known = requireCaller(caller);
      if (accessTo(ags, request).to !== 'register') throw new AppError('FORBIDDEN');
      return connector.followUp(ags, search, { caller: known, account: null, elements: new Set(), signal });
    },
    idOf: ({ ags, registerKey }) => pseudonyms.idOf(ags, registerKey),
    async linkOf(resident, other, info) {
      const person = linkedPersonOf(resident);
      const count = person && (await register.count({ ags: resident.ags, person }, info));
      return person && count === 1 ? pseudonyms.links[other].seal(person) : null;
    },
    proofOf({ ags, registerKey }) {
      // As in formerLinksOf: the register answers a citizen with their own record alone.
      if (caller?.role !== 'citizen') return null;
      const key = [ags, pseudonyms.idOf(ags, registerKey)];
      return pseudonyms.ownRecords.prove({ subject: caller.subject, type: 'Resident', key });
    },
    formerLinksOf(resident, other) {
      if (caller?.role !== 'citizen') return null;
      const former = formerPersonsOf(resident).filter(({ ags }) => connector.isMember(ags));
      return former.map(({ ags, person }) => ({ ags, link: pseudonyms.links[other].seal(person) }));
    },
  };
}

/** By another register's link or by names only who may search; by its key also who knows that. */
function mayFind(entry: Entry, request: Omit<RequestContext, 'loaders'>): boolean {
  const { to } = accessTo(entry.ags, request);
  return to === 'register' || to === 'self' || (to === 'key' && 'registerKey' in entry);
}

/** What one request has asked the register for. */
interface Register {
  self(info: Operation): Promise<ResidentRecord | null>;
  /** @returns `null` without a call where the caller may not see the municipality's register. */
  find(entry: Entry, info: Operation): Promise<Found | null>;
  count(who: { readonly ags: string; readonly person: LinkedPerson }, info: Operation): Promise<number | null>;
  search(args: QueryResidentsArgs, page: Page, info: Operation): Promise<Connection<ResidentRecord>>;
}

function createRegister(connector: ResidentsConnector, request: Omit<RequestContext, 'loaders'>): Register {
  const asking = createAsking(request);
  const persons = new DataLoader<Entry, Found, string>((entries) => connector.findMany(entries, asking.now()), {
    maxBatchSize: MAX_ENTRIES,
    cacheKeyFn: keyOf,
  });
  const asked = new Set<string>();
  const find: Register['find'] = async (entry, info) => {
    if (!mayFind(entry, request)) return null;
    asking.reads(info);
    asked.add(keyOf(entry));
    return persons.load(entry);
  };
  let self: Promise<ResidentRecord | null> | undefined;
  return {
    self(info) {
      asking.reads(info);
      self ??= findSelf(connector, request, asking);
      return self;
    },
    find,
    async count(who, info) {
      const whole: Entry = { ...who, wants: 'person' };
      return (await find(asked.has(keyOf(whole)) ? whole : { ...who, wants: 'count' }, info))?.count ?? null;
    },
    async search({ ags, search }, page, info) {
      asking.reads(info);
      const hits = await connector.search(ags, search, asking.now());
      for (const { registerKey, resident } of hits)
        if (resident) persons.prime({ ags, registerKey }, { count: 1, resident });
      return toPage(hits, page, ({ registerKey }) => persons.load({ ags, registerKey }));
    },
  };
}

interface AskingNow {
  /** Which data the operation reads; one request has one operation. */
  reads(info: Operation): void;
  now(): Asking;
}

function createAsking({ caller, signal }: Pick<RequestContext, 'caller' | 'signal'>): AskingNow {
  let elements: ReadonlySet<ElementName> = new Set();
  let isRead = false;
  return {
    reads(info) {
      if (!isRead) elements = requestedElements(info);
      isRead = true;
    },
    now: () => ({ caller: requireCaller(caller), account: accountOf(caller), elements, signal }),
  };
}

/** Only citizens' accounts count: everybody else reads with the rights of their office. */
const accountOf = (caller: Caller | null): Account | null => (caller?.role === 'citizen' ? caller.account : null);

async function findSelf(
  connector: ResidentsConnector,
  request: Omit<RequestContext, 'loaders'>,
  asking: AskingNow,
): Promise<ResidentRecord | null> {
  const caller = requireCaller(request.caller);
  if (caller.role !== 'citizen') return null;
  if (caller.trustLevel !== 'hoch') throw new AppError('INSUFFICIENT_TRUST_LEVEL', undefined, { detail: NEEDED });
  const [ags = ''] = caller.municipalities;
  if (accessTo(ags, request).to !== 'self') return null;
  const { count, resident } = await connector.disclose(ags, asking.now());
  if (count > 1) throw new AppError('MATCH_UNCERTAIN');
  return resident;
}

const NEEDED = { requiredTrustLevel: 'hoch', requiredAcr: 'STORK-QAA-Level-4' };

function requireCaller(caller: Caller | null): Caller {
  if (caller === null) throw new AppError('UNAUTHENTICATED');
  return caller;
}

const keyOf = (entry: Entry): string => JSON.stringify(entry);

/** @returns `null` for a link that is none: only the subgraph of the other register makes them. */
function toEntry(reference: FederationReferenceTypes['Resident'], pseudonyms: Pseudonyms): Entry | null {
  const { ags } = reference;
  if ('id' in reference) return { ags, registerKey: pseudonyms.keyOf(ags, reference.id) };
  return 'vehiclesLink' in reference
    ? openLink({ ags, link: reference.vehiclesLink }, pseudonyms.links.vehicles)
    : openLink({ ags, link: reference.housingBenefitLink }, pseudonyms.links['housing-benefit']);
}

function openLink({ ags, link }: LinkReference, linker: Linker): Entry | null {
  const person = linker.open(link ?? '');
  return person && { ags, person, wants: 'person' };
}
