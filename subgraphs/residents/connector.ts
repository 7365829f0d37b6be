import { randomUUID } from 'node:crypto';
import type { Account, Caller } from '../../lib/caller.js';
import type { SoapClient } from '../../lib/connect/soap.js';
import { type Content, childrenOf, malformed, readXml } from '../../lib/connect/xml.js';
import type { AppError } from '../../lib/errors.js';
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
  type Inquirer,
  readBody,
  SEARCH,
  writeMessage,
} from './message.js';
import type { Pseudonyms } from './pseudonyms.js';
import type { ResidentSearch } from './schema.generated.js';
import { type Hit, readHits, writeSearch } from './search-message.js';

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

/** A function is one call. All of them throw AppError `LEGACY_*` as `lib/connect/soap.ts` says. */
export interface ResidentsConnector extends Closable {
  /**
   * A Personensuche in one municipality.
   *
   * @returns At most 1,000 hits in a fixed order.
   * @throws AppError `BAD_USER_INPUT` where the register refuses what is searched for.
   */
  search(ags: string, search: ResidentSearch, asking: Asking): Promise<Hit[]>;
  /** @param entries 1 to 500. @returns One answer an entry, in the same order. */
  findMany(entries: readonly Entry[], asking: Asking): Promise<(Found | AppError)[]>;
  /** Self-disclosure: the person whose names, date of birth and address the account gives. */
  disclose(ags: string, asking: Asking): Promise<Found>;
  readonly pseudonyms: Pseudonyms;
  /** Whether the municipality belongs to the cooperation. */
  isMember(ags: string): boolean;
}

export interface ConnectorPieces {
  readonly soap: SoapClient;
  readonly author: Author;
  readonly pseudonyms: Pseudonyms;
  readonly isMember: (ags: string) => boolean;
}

/** Speaks XMeld to the residents registers of a data centre. */
export function createResidentsConnector({ soap, author, pseudonyms, isMember }: ConnectorPieces): ResidentsConnector {
  const send = async (exchange: Exchange, ags: string, asking: Asking, content: Content) => {
    const { caller, elements, signal } = asking;
    const createdAt = new Date().toISOString();
    const inquirer = toInquirer(caller);
    const envelope: Envelope = { exchange, uuid: randomUUID(), createdAt, ags, author, inquirer, elements };
    const root = await readXml(await soap.call(writeMessage(envelope, content), signal));
    return { root, asOf: checkAnswer(root, envelope) };
  };
  return {
    async search(ags, search, asking) {
      const { root, asOf } = await send(SEARCH, ags, asking, writeSearch(ags, search));
      return readHits(root, { ags, asOf });
    },
    async findMany(entries, asking) {
      const ags = entries[0]?.ags ?? '';
      const content = [writeAccount(ags, asking.account), entries.map(writeEntry)];
      const { root, asOf } = await send(BATCH, ags, asking, content);
      const answers = childrenOf(readBody(root, 'antwort'), 'eintrag');
      return entries.map((entry, number) => {
        const answer = answers[number];
        if (answer === undefined || answers.length !== entries.length) throw malformed('another number of entries');
        return readEntry(answer, { entry, number, asOf });
      });
    },
    async disclose(ags, asking) {
      const { root, asOf } = await send(DISCLOSURE, ags, asking, writeAccount(ags, asking.account));
      return readFound(readBody(root, 'antwort'), { ags, asOf });
    },
    pseudonyms,
    isMember,
    close: () => soap.close(),
  };
}

const AUTHORITIES = { residents: 'Meldebehörde', 'housing-benefit': 'Wohngeldbehörde', vehicles: 'Zulassungsbehörde' };

/** A citizen asks for themself, without a file. */
function toInquirer({ role, office, municipalities, purpose, fileReference, subject }: Caller): Inquirer {
  if (role === 'citizen')
    return { authority: 'Selbstauskunft', fileReference: '§ 10 BMG', occasion: 'Selbstauskunft', person: subject };
  const authority = `${office === null ? 'Behörde' : AUTHORITIES[office]} ${municipalities.join(' ')}`;
  return { authority, fileReference: fileReference ?? 'ohne', occasion: purpose ?? 'ohne', person: subject };
}
