import { readAccesses } from '../../lib/audit/accesses.js';
import type { BlindIndex, Subject } from '../../lib/audit/blind-index.js';
import type { AccessPlace, LineSource } from '../../lib/audit/source.js';
import type { OwnRecords } from '../../lib/own-record.js';
import { createSeal } from '../../lib/seal.js';
import type { Closable } from '../../lib/subgraph/define.js';
import { type AccessRecord, isOfOffice } from './record.js';

export interface Question {
  readonly subject: Subject;
  readonly first: number;
  /** Place of the last access of the page before; `null`: from the newest. */
  readonly after: AccessPlace | null;
}

export interface AccessLogConnector extends Closable {
  /** @returns Accesses of offices to the record, newest first, at most `first`. */
  read(question: Question): Promise<AccessRecord[]>;
  readonly ownRecords: OwnRecords;
  /** Places in the log, which tell how many accesses there are to anybody, as cursors show them. */
  position(subject: Subject): { seal(place: AccessPlace): string; open(position: string): AccessPlace | null };
}

/** The log, in files or in a database. */
export interface LogSource extends LineSource, Closable {}

export interface ConnectorParts {
  readonly source: LogSource;
  readonly blindIndex: BlindIndex;
  readonly ownRecords: OwnRecords;
  /** Key material for cursors. */
  readonly secret: string;
}

export function createAccessLogConnector({
  source,
  blindIndex,
  ownRecords,
  secret,
}: ConnectorParts): AccessLogConnector {
  return {
    ownRecords,
    async read({ subject, first, after }) {
      const found: AccessRecord[] = [];
      for (let from = after; found.length < first; ) {
        const asked = first + SPARE;
        const page = await readAccesses({ source, blindIndex }, { subjects: [subject], first: asked, after: from });
        found.push(...page.filter(isOfOffice));
        if (page.length < asked) break;
        from = page.at(-1) ?? null;
      }
      return found.slice(0, first);
    },
    position({ type, key }) {
      const { seal, open } = createSeal(secret, `access ${type} ${Object.values(key).join(' ')}`);
      return {
        seal: ({ sequence, item }) => seal(`${sequence}.${item}`),
        open: (position) => {
          const text = open(position);
          return text === null ? null : readPlace(text);
        },
      };
    },
    close: () => source.close(),
  };
}

function readPlace(text: string): AccessPlace {
  const [sequence, item] = text.split('.');
  return { sequence: Number(sequence), item: Number(item) };
}

/** Read beside, because one's own accesses are left out of the page. */
const SPARE = 50;
