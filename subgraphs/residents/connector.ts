import { randomUUID } from 'node:crypto';
import type { Account, Caller } from '../../lib/caller.js';
import type { SoapClient, SoapUser } from '../../lib/connect/soap.js';
import { type Content, childrenOf, malformed, readXml } from '../../lib/connect/xml.js';
import { AppError } from '../../lib/errors.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { type Entry, type Found, readEntry, readFound, writeAccount, writeEntry } from './batch-message.js';
import type { ElementName } from './elements.js';
import {
  type Author,
  BATCH,
  checkAnswer,
  DISCLOSURE,
  type Envelope,
  type Exchange,
  FOLLOW_UP,
  type Inquirer,
  readBody,
  SEARCH,
  writeMessage,
} from './message.js';
import type { Pseudonyms } from './pseudonyms.js';
import type { ResidentSearch } from './schema.generated.js';
import { type Hit, readHits, readReceipt, writeSearch } from './search-message.js';

export type { Entry, Found } from './batch-message.js';
export type { Hit } from './search-message.js';

/** On whose behalf the register is asked, and for what. */
export interface Asking {
  readonly caller: Caller;
  /** A citizen's: then nobody's data come back but their own, and those also under a block. */
  readonly account: Account | null;
  readonly elements: ReadonlySet<ElementName>;
  readonly signal: AbortSignal;
}

/** What the office has taken on. */
export interface Receipt {
  readonly ags: string;
  /** The register's number of the case. */
  readonly reference: string;
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** A function is one call. All of them throw AppError `LEGACY_*` as `lib/connect/soap.ts` says. */
export interface ResidentsConnector extends Closable {
  /**
   * A Personensuche in one municipality.
   *
   * @returns At most 1,000 hits in a fixed order.
   * @throws AppError `BAD_USER_INPUT` where the register refuses what is searched for.
   */
  search(ags: string, search: ResidentSearch, asking: Asking): Promise<Hit[]>;
  /**
   * One call for each municipality among the entries, side by side.
   *
   * @param entries 1 to 500.
   * @returns One answer an entry, in the same order; an error where the call for its municipality failed.
   */
  findMany(entries: readonly Entry[], asking: Asking): Promise<(Found | AppError)[]>;
  /** Self-disclosure: the person whose names, date of birth and address the account gives. */
  disclose(ags: string, asking: Asking): Promise<Found>;
  /**
   * Leaves a case to the office, § 34a (5) BMG. The register looks for nobody: it answers alike whoever is meant.
   *
   * @throws AppError `BAD_USER_INPUT` as `search`.
   */
  followUp(ags: string, search: ResidentSearch, asking: Asking): Promise<Receipt>;
  readonly pseudonyms: Pseudonyms;
  /** Whether the municipality belongs to the cooperation. */
  isMember(ags: string): boolean;
}

export interface ConnectorPieces {
  readonly soap: SoapClient;
  /** Technical users by AGS: each sees the register of its municipality and no other. */
  readonly users: ReadonlyMap<string, SoapUser>;
  readonly author: Author;
  readonly pseudonyms: Pseudonyms;
  readonly isMember: (ags: string) => boolean;
}

/** Speaks XMeld to the residents registers of a data centre, to each as the technical user of its municipality. */
export function createResidentsConnector(pieces: ConnectorPieces): ResidentsConnector {
  const { soap, author, users, pseudonyms, isMember } = pieces;
  const send = async (exchange: Exchange, ags: string, asking: Asking, content: Content) => {
    const { caller, elements, signal } = asking;
    const user = users.get(ags);
    if (!user)
      throw new AppError('LEGACY_UNAVAILABLE', undefined, { cause: new Error(`no technical user for ${ags}`) });
    const createdAt = new Date().toISOString();
    const inquirer = toInquirer(caller);
    const envelope: Envelope = { exchange, uuid: randomUUID(), createdAt, ags, author, inquirer, elements };
    const root = await readXml(await soap.call(writeMessage(envelope, content), { user, signal }));
    return { root, asOf: checkAnswer(root, envelope) };
  };
  const findIn = async (ags: string, entries: readonly Entry[], asking: Asking) => {
    const content = [writeAccount(ags, asking.account), entries.map(writeEntry)];
    const { root, asOf } = await send(BATCH, ags, asking, content);
    const answers = childrenOf(readBody(root, 'antwort'), 'eintrag');
    if (answers.length !== entries.length) throw malformed('another number of entries');
    return answers.map((answer, number) => readEntry(answer, { entry: entries[number] as Entry, number, asOf }));
  };
  return {
    async search(ags, search, asking) {
      const { root, asOf } = await send(SEARCH, ags, asking, writeSearch(ags, search));
      return readHits(root, { ags, asOf });
    },
    async findMany(entries, asking) {
      const found = new Map<Entry, Found | AppError>();
      const calls = [...byMunicipality(entries)].map(async ([ags, own]) => {
        const answers = await findIn(ags, own, asking).catch(toAppError);
        own.forEach((entry, place) => {
          found.set(entry, Array.isArray(answers) ? (answers[place] as Found | AppError) : answers);
        });
      });
      await Promise.all(calls);
      return entries.map((entry) => found.get(entry) as Found | AppError);
    },
    async disclose(ags, asking) {
      const { root, asOf } = await send(DISCLOSURE, ags, asking, writeAccount(ags, asking.account));
      return readFound(readBody(root, 'antwort'), { ags, asOf });
    },
    async followUp(ags, search, asking) {
      const { root, asOf } = await send(FOLLOW_UP, ags, asking, writeSearch(ags, search));
      return { ags, reference: readReceipt(root), receivedAt: asOf };
    },
    pseudonyms,
    isMember,
    close: () => soap.close(),
  };
}

function byMunicipality(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.ags, [...(groups.get(entry.ags) ?? []), entry]);
  return groups;
}

/** What is no failure of the register's goes on: nobody may take it for one. */
function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}

const AUTHORITIES = {
  residents: 'Meldebehörde',
  'housing-benefit': 'Wohngeldbehörde',
  vehicles: 'Zulassungsbehörde',
  building: 'Bauaufsichtsbehörde',
};

/** A citizen asks for themself, without a file. */
function toInquirer({ role, office, municipalities, purpose, fileReference, subject, actingFor }: Caller): Inquirer {
  if (role === 'citizen')
    return { authority: 'Selbstauskunft', fileReference: '§ 10 BMG', occasion: 'Selbstauskunft', person: subject };
  const authority = `${office === null ? 'Behörde' : AUTHORITIES[office]} ${municipalities.join(' ')}`;
  return {
    authority,
    fileReference: fileReference ?? 'ohne',
    occasion: purpose ?? 'ohne',
    person: actingFor ?? subject,
  };
}
