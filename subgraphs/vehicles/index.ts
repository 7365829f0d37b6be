import { z } from 'zod';
import { createLinker } from '../../lib/link.js';
import { createOwnRecords } from '../../lib/own-record.js';
import { wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { TAGS_OF_ALL, tagsOfVehicle } from './change-tags.js';
import { connectVehicleExport } from './connector.js';
import { createLoaders } from './loaders.js';
import type { Vehicle } from './record.js';
import { resolvers } from './resolvers.js';

export const subgraph = defineSubgraph({
  name: 'vehicles',
  schema: new URL('schema.graphql', import.meta.url),
  settings: {
    /** Folder into which the registration office's system puts its nightly export. */
    EXPORT_FOLDER: z.string(),
    /** Key material that only this subgraph and the residents subgraph have; at least 32 characters. */
    VEHICLES_LINK_KEY: z.string().min(32),
    /** Proves to the access log whose vehicle it is asked about; without it nobody reads the log of one. */
    OWN_RECORD_KEY: z.string().min(32).optional(),
    /** Longest wait for one list, ms. */
    LEGACY_DEADLINE_MS: wholeNumber(1, 60_000).default(1400),
  },
  async connect({ settings, invalidations, log }) {
    const linker = createLinker(settings.VEHICLES_LINK_KEY, 'vehicles');
    const onChange = (vehicles: readonly Vehicle[] | null) =>
      invalidations.forget(vehicles?.flatMap((vehicle) => tagsOfVehicle(vehicle, linker)) ?? TAGS_OF_ALL);
    const connector = await connectVehicleExport({
      folder: settings.EXPORT_FOLDER,
      onChange: invalidations.isHeard ? onChange : null,
      log,
    });
    const ownRecords = settings.OWN_RECORD_KEY === undefined ? null : createOwnRecords(settings.OWN_RECORD_KEY);
    return { connector, linker, ownRecords, deadlineMs: settings.LEGACY_DEADLINE_MS, close: connector.close };
  },
  loaders: (source, { signal }) => createLoaders(source, signal),
  resolvers,
});
