import {
  type Connection,
  foreignCursor,
  listScope,
  NO_RECORDS,
  readCursor,
  toConnection,
} from '../../lib/connection.js';
import type { RequestContext } from '../../lib/subgraph/context.js';
import type { AccessLogConnector } from './connector.js';
import type { AccessRecord } from './record.js';

/** A record whose log is asked for, with the register's word whose it is. */
export interface Asked {
  readonly type: string;
  readonly key: Readonly<Record<string, string>>;
  readonly proof: string | null | undefined;
  readonly page: { readonly first?: number | null; readonly after?: string | null };
}

export interface Loaders {
  /**
   * @returns `null` for a record that is not proven to be the caller's own.
   * @throws AppError `BAD_USER_INPUT` for a cursor of another list.
   */
  accesses(asked: Asked): Promise<Connection<AccessRecord> | null>;
}

export type Context = RequestContext<Loaders>;

const PAGE_SIZE = 20;

export function createLoaders(connector: AccessLogConnector, { caller }: Omit<RequestContext, 'loaders'>): Loaders {
  return {
    async accesses({ type, key, proof, page }) {
      if (caller?.role !== 'citizen' || caller.trustLevel !== 'hoch') return null;
      const record = { subject: caller.subject, type, key: Object.values(key) };
      if (!connector.ownRecords.isProven(record, proof)) return null;
      const first = page.first ?? PAGE_SIZE;
      const scope = listScope(`${type}.accessLog`, key);
      const position = connector.position({ type, key });
      const sealed = readCursor(scope, page.after);
      const after = sealed === null ? null : position.open(sealed);
      if (sealed !== null && after === null) throw foreignCursor();
      const found = await connector.read({ subject: { type, key }, first: first + 1, after });
      if (found.length === 0) return NO_RECORDS;
      return toConnection(found, { first, scope }, position.seal);
    },
  };
}
