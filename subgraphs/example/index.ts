import { z } from 'zod';
import { createRestClient } from '../../lib/connect/rest.js';
import { wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { createLostPropertyConnector } from './connector.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';

export const subgraph = defineSubgraph({
  name: 'lost-property',
  schema: new URL('schema.graphql', import.meta.url),
  settings: {
    LEGACY_URL: z.url({ protocol: /^https?$/ }),
    LEGACY_DEADLINE_MS: wholeNumber(1, 60_000).default(1400),
  },
  connect: async ({ settings }) =>
    createLostPropertyConnector(
      createRestClient({ url: settings.LEGACY_URL, deadlineMs: settings.LEGACY_DEADLINE_MS }),
    ),
  loaders: createLoaders,
  resolvers,
});
