import DataLoader from 'dataloader';
import type { RequestContext } from '../../lib/subgraph/context.js';
import type { EncumbranceConnector } from './connector.js';
import type { EncumbranceIndex } from './encumbrance-index.js';
import type { Encumbrance, Parcel } from './record.js';
import type { SheetLink, SheetLinks } from './sheet-link.js';

export type Context = RequestContext<Loaders>;

/** What loaders are made from; lives as long as the process. */
export interface EncumbranceSource extends EncumbranceConnector {
  readonly links: SheetLinks;
}

export interface Loaders {
  readonly parcel: DataLoader<{ readonly ags: string; readonly key: string }, Parcel | null, string>;
  /** Made anew for each request: nobody gets a link that another one asked for. */
  sheet(encumbrance: Encumbrance): Promise<SheetLink | null>;
}

/** Per request: all of it reads one export, the one in force when it first asks. */
export function createLoaders(
  { current, sheets, links }: EncumbranceSource,
  { caller, requestId, signal }: Pick<Context, 'caller' | 'requestId' | 'signal'>,
): Loaders {
  let taken: EncumbranceIndex | null = null;
  const index = () => {
    taken ??= current();
    return taken;
  };
  const lengths = new DataLoader<string, number | null>(
    async (files) => {
      const measured = await Promise.allSettled(files.map((file) => sheets.measure(file, signal)));
      return measured.map((one) => (one.status === 'fulfilled' ? one.value : one.reason));
    },
    { maxBatchSize: 16 },
  );
  return {
    parcel: new DataLoader(async (keys) => keys.map(({ ags, key }) => index().parcel(ags, key)), {
      cacheKeyFn: ({ ags, key }) => `${ags} ${key}`,
    }),
    async sheet({ ags, file }) {
      if (file instanceof Error) throw file;
      const bytes = file === null || caller === null ? null : await lengths.load(file);
      if (file === null || caller === null || bytes === null) return null;
      return { ...links.make({ ags, file, subject: caller.subject, requestId }), bytes };
    },
  };
}
