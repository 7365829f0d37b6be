import { type Connection, listScope, readCursor, toConnection } from '../../lib/connection.js';
import { AppError } from '../../lib/errors.js';
import type { Found, Hit } from './connector.js';
import type { Pseudonyms } from './pseudonyms.js';
import type { ResidentRecord } from './record.js';
import type { QueryResidentsArgs } from './schema.generated.js';

/** Which part of the hits of a search is wanted. */
export interface Page {
  readonly first: number;
  readonly scope: string;
  /** Order of the hit before the page; `null`: from the beginning. */
  readonly after: string | null;
  /** Cursors are made of names, so they are encrypted. */
  readonly seal: (order: string) => string;
}

/** @throws AppError `BAD_USER_INPUT` for a cursor of another list. */
export function readPage(args: QueryResidentsArgs, pseudonyms: Pseudonyms): Page {
  const scope = listScope('Query.residents', { ...args });
  const position = pseudonyms.position(args.ags);
  const sealed = readCursor(scope, args.after);
  const after = sealed === null ? null : position.open(sealed);
  if (sealed !== null && after === null)
    throw new AppError('BAD_USER_INPUT', 'The cursor does not belong to this list.', { detail: { argument: 'after' } });
  return { first: args.first ?? 20, scope, after, seal: position.seal };
}

/**
 * @param load Called for the hits of the page alone: what is not shown is not asked for (§ 38 (4) BMG).
 * @returns The page; who has gone, or has got a block, since the list was made is left out.
 */
export async function toPage(
  hits: readonly Hit[],
  { first, scope, after, seal }: Page,
  load: (hit: Hit) => Promise<Found>,
): Promise<Connection<ResidentRecord>> {
  const rest = after === null ? hits : hits.filter(({ order }) => order > after);
  const page = toConnection(rest.slice(0, first + 1), { first, scope }, ({ order }) => seal(order));
  const found = await Promise.all(page.edges.map(({ node }) => load(node)));
  const edges = page.edges.flatMap(({ cursor }, index) => {
    const resident = found[index]?.resident;
    return resident ? [{ cursor, node: resident }] : [];
  });
  return { edges, pageInfo: page.pageInfo };
}
