import { z } from 'zod';
import { createBlindIndex } from '../../lib/audit/blind-index.js';
import { createFileSource } from '../../lib/audit/file-source.js';
import { createPostgresSource } from '../../lib/audit/postgres-source.js';
import { createSqlSource } from '../../lib/connect/sql.js';
import type { Log } from '../../lib/log.js';
import { createOwnRecords } from '../../lib/own-record.js';
import { SettingsError, wholeNumber } from '../../lib/settings.js';
import { defineSubgraph } from '../../lib/subgraph/define.js';
import { createAccessLogConnector, type LogSource } from './connector.js';
import { createLoaders } from './loaders.js';
import { resolvers } from './resolvers.js';

const key = () => z.string().min(32, 'must have at least 32 characters');

const SETTINGS = {
  /** Folder of the gateway's audit log; read only. */
  AUDIT_DIR: z.string().optional(),
  /** Where several replicas write one log: with a role that may read it and no more. */
  AUDIT_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional(),
  /** Finds people in the log; the gateway's. */
  AUDIT_INDEX_KEY: key(),
  /** Known to this subgraph and the registers alone. */
  OWN_RECORD_KEY: key(),
  /** Longest wait for one call of the database. */
  LEGACY_DEADLINE_MS: wholeNumber(50, 60_000).default(1400),
};

type Settings = z.output<z.ZodObject<typeof SETTINGS>>;

const MOST_CONNECTIONS = 8;

export const subgraph = defineSubgraph({
  name: 'access-log',
  schema: new URL('schema.graphql', import.meta.url),
  settings: SETTINGS,
  connect: async ({ settings, log }) =>
    createAccessLogConnector({
      source: openLog(settings, log),
      blindIndex: createBlindIndex(settings.AUDIT_INDEX_KEY),
      ownRecords: createOwnRecords(settings.OWN_RECORD_KEY),
      secret: settings.OWN_RECORD_KEY,
    }),
  loaders: createLoaders,
  resolvers,
});

/** @throws SettingsError unless exactly one place is named: with two, half of the accesses might stand in the other. */
function openLog(settings: Settings, log: Log): LogSource {
  const { AUDIT_DIR: dir, AUDIT_DATABASE_URL: url, LEGACY_DEADLINE_MS: deadlineMs } = settings;
  if (dir !== undefined && url === undefined) {
    const nothing = async () => undefined; // files are opened for each question
    return { ...createFileSource(dir), close: nothing };
  }
  if (dir !== undefined || url === undefined)
    throw new SettingsError(['AUDIT_DIR, AUDIT_DATABASE_URL: exactly one of the two is needed']);
  const { read, close } = createSqlSource({ url, deadlineMs, maxConnections: MOST_CONNECTIONS, log });
  return { ...createPostgresSource(async (reading) => (await read([reading]))[0] ?? []), close };
}
