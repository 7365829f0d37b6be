import { z } from 'zod';
import { wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { connectCatalogue } from './connector.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';

export const subgraph = defineSubgraph({
  name: 'services',
  schema: new URL('schema.graphql', import.meta.url),
  settings: {
    /** Base URL of the editorial system's delivery service. */
    LEGACY_URL: z.url({ protocol: /^https?$/ }),
    /** Longest wait for one page of objects, ms. */
    LEGACY_DEADLINE_MS: wholeNumber(1, 60_000).default(10_000),
    /** Between two looks for changes, ms. */
    POLL_INTERVAL_MS: wholeNumber(50, 3_600_000).default(60_000),
    /** Between two readings of the whole stock, minutes. */
    FULL_LOAD_INTERVAL_MINUTES: wholeNumber(1, 44_640).default(1440),
  },
  connect: ({ settings, ...parts }) =>
    connectCatalogue(
      {
        url: settings.LEGACY_URL,
        deadlineMs: settings.LEGACY_DEADLINE_MS,
        pollIntervalMs: settings.POLL_INTERVAL_MS,
        fullLoadIntervalMs: settings.FULL_LOAD_INTERVAL_MINUTES * 60_000,
      },
      parts,
    ),
  loaders: createLoaders,
  resolvers,
});
