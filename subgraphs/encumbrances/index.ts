import { z } from 'zod';
import { wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { connectArchive } from './connector.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';
import { openSheet } from './sheet-file.js';
import { createSheetLinks, SHEET_PATH } from './sheet-link.js';

const MEGABYTE = 1024 * 1024;
const isSafe = (url: string) => url.startsWith('https:') || /^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(`${url}/`);

export const subgraph = defineSubgraph({
  name: 'encumbrances',
  schema: new URL('schema.graphql', import.meta.url),
  settings: {
    /** Folder into which the building authority's system puts its index export, with the folder of scans in it. */
    EXPORT_FOLDER: z.string(),
    /** Seals the links to scanned sheets; at least 32 characters, the same in all processes of one instance. */
    SHEET_LINK_KEY: z.string().min(32),
    /** How long a link leads to its sheet, seconds. */
    SHEET_LINK_SECONDS: wholeNumber(1, 900).default(300),
    /** Where browsers reach this instance, without the path: https, or http on the machine itself. */
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .refine(isSafe, { error: 'must be https, or http on the machine itself' }),
    /** Longest sheet that is sent, MB. */
    SHEET_MAX_MB: wholeNumber(1, 200).default(25),
    /** Longest wait for a scan to be opened, ms. */
    LEGACY_DEADLINE_MS: wholeNumber(1, 60_000).default(1400),
  },
  async connect({ settings, serves, log }) {
    const links = createSheetLinks({
      key: settings.SHEET_LINK_KEY,
      publicUrl: settings.PUBLIC_URL,
      lifetimeMs: settings.SHEET_LINK_SECONDS * 1000,
      now: Date.now,
    });
    const archive = await connectArchive(
      {
        folder: settings.EXPORT_FOLDER,
        deadlineMs: settings.LEGACY_DEADLINE_MS,
        maxSheetBytes: settings.SHEET_MAX_MB * MEGABYTE,
      },
      log,
    );
    return { ...archive, links, serves, log };
  },
  loaders: createLoaders,
  resolvers,
  files: { path: SHEET_PATH, open: openSheet },
});
