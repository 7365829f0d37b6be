import { createHash } from 'node:crypto';
import { AppError } from './errors.js';

/** A page of a list after the Relay cursor connections specification. */
export interface Connection<Node> {
  readonly edges: { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What a list is for a caller who may see nothing of it: like one without records. */
export const NO_RECORDS: Connection<never> = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

/**
 * Names the list that a cursor belongs to: a cursor of one list means nothing in another.
 *
 * @param coordinate Schema coordinate of the list field, for example `Query.vehicles`.
 * @param args All its arguments but `first` and `after`; for a field below the root also the key of its parent.
 */
export const listScope = (coordinate: string, args: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(`${coordinate} ${canonical({ ...args, first: null, after: null })}`)
    .digest('base64url')
    .slice(0, 11);

export const toCursor = (scope: string, position: string): string =>
  `${scope}.${Buffer.from(position).toString('base64url')}`;

/** Whether a cursor has the form of ours and belongs to the list; needs no knowledge of the list's records. */
export const isCursorOf = (scope: string, cursor: string): boolean =>
  /^[\w-]{11}\.[\w-]*$/.test(cursor) && cursor.startsWith(`${scope}.`);

/**
 * @returns The position after which the page begins; `null` without a cursor: the beginning.
 * @throws AppError `BAD_USER_INPUT` for a cursor of another list.
 */
export function readCursor(scope: string, cursor: string | null | undefined): string | null {
  if (cursor === null || cursor === undefined) return null;
  if (!isCursorOf(scope, cursor)) throw foreignCursor();
  return Buffer.from(cursor.slice(scope.length + 1), 'base64url').toString('utf8');
}

export const foreignCursor = (): AppError =>
  new AppError('BAD_USER_INPUT', 'The cursor does not belong to this list.', { detail: { argument: 'after' } });

/**
 * @param records One more than `first`, where more follow.
 * @param position Where a record stands in the list's order; what `readCursor` gives back.
 */
export function toConnection<Node>(
  records: readonly Node[],
  page: { readonly first: number; readonly scope: string },
  position: (record: Node) => string,
): Connection<Node> {
  const edges = records.slice(0, page.first).map((node) => ({ cursor: toCursor(page.scope, position(node)), node }));
  return { edges, pageInfo: { hasNextPage: records.length > page.first, endCursor: edges.at(-1)?.cursor ?? null } };
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const given = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return `{${given
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
    .join(',')}}`;
}
