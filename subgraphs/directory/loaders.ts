import DataLoader from 'dataloader';
import type { RequestContext } from '../../lib/subgraph/context.js';
import type { DirectoryConnector } from './connector.js';
import type { Municipality } from './schema.generated.js';

export type Context = RequestContext<Loaders>;

export interface Loaders {
  readonly municipality: DataLoader<string, Municipality | null>;
  municipalities(): Municipality[];
}

export const createLoaders = (connector: DirectoryConnector): Loaders => ({
  municipality: new DataLoader(async (keys) => connector.byAgs(keys)),
  municipalities: connector.municipalities,
});
