import { z } from 'zod';
import type { RestClient } from '../../lib/connect/rest.js';
import { malformed } from '../../lib/connect/xml.js';
import { type Change, readTransferMessage } from './transfer-message.js';

/** How far the changes of the editorial system have been read. */
export interface Position {
  /** Number of the next change. */
  readonly next: number;
  /** Which stock the numbers belong to: after a restore they may begin anew. */
  readonly stockId: string;
  /** Entity tag of the last answer, which said that there was nothing more. */
  readonly tag: string | null;
}

/** `isFull`: the changes are the whole stock, not what has been added to one. */
export interface Delivery {
  readonly isFull: boolean;
  readonly changes: readonly Change[];
  readonly position: Position;
}

const PATH = '/bereitstelldienst/objekte';
const PAGE_OBJECTS = 250;
/** Ten thousand services with all that belongs to them are 150 pages; this is what no honest stock has. */
const MOST_PAGES = 4000;

/** A page as the national delivery service (PVOG Bereitstelldienst) gives it: XML inside JSON. */
const Page = z.object({
  bestandId: z.string().min(1).max(100),
  naechsterIndex: z.int().min(0),
  vollstaendig: z.boolean(),
  xzufiObjekte: z.string(),
});

/**
 * Reads everything that has changed since `position`, or the whole stock.
 *
 * @param position `null`: from the beginning.
 * @returns `null` where nothing has changed.
 * @throws AppError `LEGACY_TIMEOUT`, `LEGACY_UNAVAILABLE`, `LEGACY_MALFORMED`: then nothing of it may be taken over.
 */
export async function readDelivery(
  client: RestClient,
  position: Position | null,
  signal: AbortSignal,
): Promise<Delivery | null> {
  const changes: Change[] = [];
  let next = position?.next ?? 0;
  let stockId = position?.stockId ?? null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const parameters = { abIndex: String(next), anzahl: String(PAGE_OBJECTS) };
    const answer = await client.get(
      PATH,
      { parameters, knownTag: pages === 0 ? (position?.tag ?? null) : null },
      signal,
    );
    if (answer.state === 'unchanged') return null;
    const page = answer.state === 'gone' ? null : readPage(answer.body);
    // Another stock, or one that no longer knows our number: what we have may be anything.
    if (page === null || (stockId !== null && page.bestandId !== stockId)) {
      if (position === null) throw malformed('the stock changed while it was read');
      return readDelivery(client, null, signal);
    }
    changes.push(...(await readTransferMessage(page.xzufiObjekte)));
    if (!page.vollstaendig && page.naechsterIndex <= next) throw malformed('a page that leads nowhere');
    next = page.naechsterIndex;
    stockId = page.bestandId;
    const tag = answer.state === 'changed' && next === Number(parameters.abIndex) ? answer.tag : null;
    if (page.vollstaendig) return { isFull: position === null, changes, position: { next, stockId, tag } };
  }
  throw malformed('more pages than any honest stock has');
}

function readPage(body: unknown): z.output<typeof Page> {
  const result = Page.safeParse(body);
  if (!result.success) throw malformed('the page has another form');
  return result.data;
}
