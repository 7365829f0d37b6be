import DataLoader from 'dataloader';
import { type Connection, listScope, readCursor, toConnection } from '../../lib/connection.js';
import type { RequestContext } from '../../lib/subgraph/context.js';
import { type LostItemKey, type LostPropertyConnector, MAX_KEYS } from './connector.js';
import type { LostItem } from './record.js';
import type { QueryLostItemsArgs } from './schema.generated.js';

export type Context = RequestContext<Loaders>;

export interface Loaders {
  /** `null` also for a municipality that this instance does not serve. */
  item(key: LostItemKey): Promise<LostItem | null>;
  page(args: QueryLostItemsArgs): Promise<Connection<LostItem> | null>;
}

/** Made anew for each request: one call of the register for all keys that are asked for at once. */
export function createLoaders(
  connector: LostPropertyConnector,
  { serves, signal }: Omit<RequestContext, 'loaders'>,
): Loaders {
  const items = new DataLoader<LostItemKey, LostItem | null, string>((keys) => connector.byKey(keys, signal), {
    maxBatchSize: MAX_KEYS,
    cacheKeyFn: ({ ags, number }) => `${ags} ${number}`,
  });
  return {
    item: async (key) => (serves(key.ags) ? items.load({ ags: key.ags, number: key.number }) : null),
    async page({ ags, first, after }) {
      const scope = listScope('Query.lostItems', { ags });
      const page = { scope, first: first ?? 20, after: readCursor(scope, after) };
      if (!serves(ags)) return null;
      const found = await connector.list(ags, { after: page.after, count: page.first + 1 }, signal);
      return toConnection(found, page, ({ number }) => number);
    },
  };
}
