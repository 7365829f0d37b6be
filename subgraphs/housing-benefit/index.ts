import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { createSqlSource } from '../../lib/connect/sql.js';
import { listenToSql } from '../../lib/connect/sql-listener.js';
import { createLinker } from '../../lib/link.js';
import type { Log } from '../../lib/log.js';
import { createOwnRecords } from '../../lib/own-record.js';
import { wholeNumber } from '../../lib/settings.js';
import { type Closable, defineSubgraph } from '../../lib/subgraph/define.js';
import { CHANGE_CHANNEL, type ChangeParts, followChanges } from './changes.js';
import { createConnector } from './connector.js';
import { createEstimate } from './estimate.js';
import { createLoaders, type Loaders, type Parts } from './loaders.js';
import { readParameterSets } from './parameters.js';
import { resolvers } from './resolvers.js';

const SETTINGS = {
  /** postgres:// URL of the housing-benefit database, with a role that may only read. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Shared with the residents subgraph of the same municipalities alone. */
  HOUSING_BENEFIT_LINK_KEY: z.string().min(32),
  /** Proves to the access log whose case it is asked about; without it nobody reads the log of one. */
  OWN_RECORD_KEY: z.string().min(32).optional(),
  /** Longest wait for one call of the database. */
  LEGACY_DEADLINE_MS: wholeNumber(50, 60_000).default(1400),
  /** Most connections to the database at once. */
  LEGACY_CONNECTIONS: wholeNumber(1, 500).default(32),
  /** Folder of parameter sets of the Wohngeldgesetz; those of this release without it. */
  WOHNGELD_PARAMETERS_PATH: z.string().optional(),
};

export const subgraph = defineSubgraph<typeof SETTINGS, Parts & { close(): Promise<void> }, Loaders>({
  name: 'housing-benefit',
  schema: new URL('schema.graphql', import.meta.url),
  settings: SETTINGS,
  async connect({ settings, serves, invalidations, log }) {
    const folder = settings.WOHNGELD_PARAMETERS_PATH;
    const parameters = folder ? pathToFileURL(`${folder}/`) : new URL('parameters/', import.meta.url);
    const estimate = createEstimate(readParameterSets(parameters), today);
    const linker = createLinker(settings.HOUSING_BENEFIT_LINK_KEY, 'housing-benefit');
    const ownRecords = settings.OWN_RECORD_KEY === undefined ? null : createOwnRecords(settings.OWN_RECORD_KEY);
    const source = createSqlSource({
      url: settings.DATABASE_URL,
      deadlineMs: settings.LEGACY_DEADLINE_MS,
      maxConnections: settings.LEGACY_CONNECTIONS,
      log,
    });
    const connector = createConnector(source);
    const listening = invalidations.isHeard
      ? listen({ url: settings.DATABASE_URL, log }, { connector, linker, serves, invalidations })
      : null;
    const close = async () => {
      await listening?.close();
      await connector.close();
    };
    return { connector, linker, ownRecords, estimate, close };
  },
  loaders: createLoaders,
  resolvers,
});

/** Nobody knows what has changed while nobody listened: before the start, and before each new connection. */
function listen(database: { readonly url: string; readonly log: Log }, parts: ChangeParts): Closable {
  const changes = followChanges(parts);
  const listener = listenToSql({
    ...database,
    channel: CHANGE_CHANNEL,
    onListening: changes.missed,
    onNotice: changes.take,
  });
  return {
    async close() {
      await listener.close();
      await changes.close();
    },
  };
}

/** The day it is in Germany, YYYY-MM-DD. */
const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(new Date());
