import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
import { type DatabaseServer, startEmbedded } from './embedded.js';

/** Most connections the adapter's role may have at once. */
export const CONNECTION_LIMIT = 60;

/** The simulated system's own database, and the role that adapters get. */
export interface Database {
  readonly server: Pick<DatabaseServer, 'host' | 'port' | 'ownSignals'>;
  /** As the owner of the tables. */
  readonly owner: Pool;
  readonly reader: Reader;
  /** A connection of the adapter's role, past everything that stands in front of the server. */
  connectAsReader(): Promise<Client>;
  /** Ends every connection of the adapter's role and waits until they are gone. */
  endReaders(): Promise<void>;
  /** From now on every change of a case is announced (`NOTIFY`). */
  announceChanges(): Promise<void>;
  close(): Promise<void>;
}

export interface Reader {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly search: string;
}

/**
 * Creates the database with its empty tables and a role for adapters that may read the tables and nothing else.
 *
 * @param url A PostgreSQL server as superuser; on it a database and a role of their own are made, and dropped at the
 *   end. Without it a server of its own is started.
 */
export async function createDatabase(url: string | null): Promise<Database> {
  const server = url === null ? await startEmbedded() : toServer(url);
  const name = `wohngeld_${randomBytes(6).toString('hex')}`;
  const reader = {
    user: `${name}_lesen`,
    password: randomBytes(18).toString('hex'),
    database: name,
    search: server.search,
  };
  const root = connectionOf(server, url === null ? 'postgres' : new URL(url).pathname.slice(1) || 'postgres');
  await run(root, [`CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`]);
  const owner = new Pool({ ...connectionOf(server, name), max: 4 });
  owner.on('error', () => undefined);
  await owner.query(readStatements('layout.sql'));
  await owner.query(grantsOf(reader));
  return {
    server,
    owner,
    reader,
    async connectAsReader() {
      const client = new Client({ ...connectionOf(server, name), user: reader.user, password: reader.password });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    endReaders: async () =>
      void (await owner.query('SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = $1', [
        reader.user,
      ])),
    // Not before the tables are filled: nobody needs to hear of that case by case.
    announceChanges: async () => void (await owner.query(readStatements('announcements.sql'))),
    async close() {
      await owner.end();
      if (url !== null) await run(root, [`DROP DATABASE "${name}" WITH (FORCE)`, `DROP ROLE "${reader.user}"`]);
      await server.close();
    },
  };
}

const readStatements = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

/** Read-only, no temporary tables, nothing of its own, no way around row security. */
const grantsOf = ({ user, password, database }: Reader): string => `
  CREATE ROLE "${user}" LOGIN PASSWORD '${password}' CONNECTION LIMIT ${CONNECTION_LIMIT}
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS;
  ALTER ROLE "${user}" SET default_transaction_read_only = on;
  REVOKE ALL ON DATABASE "${database}" FROM PUBLIC;
  REVOKE ALL ON SCHEMA public FROM PUBLIC;
  GRANT CONNECT ON DATABASE "${database}" TO "${user}";
  GRANT USAGE ON SCHEMA "WOHNGELD" TO "${user}";
  GRANT SELECT ON ALL TABLES IN SCHEMA "WOHNGELD" TO "${user}";
`;

function toServer(url: string): DatabaseServer {
  const { hostname, port, username, password, search } = new URL(url);
  return {
    host: decodeURIComponent(hostname).replace(/^\[|\]$/g, ''),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    search,
    ownSignals: () => undefined,
    close: async () => undefined,
  };
}

const connectionOf = ({ host, port, user, password, search }: DatabaseServer, database: string) => ({
  host,
  port,
  user,
  password,
  database,
  ...(new URLSearchParams(search).get('sslmode') === 'require' ? { ssl: { rejectUnauthorized: false } } : {}),
});

async function run(connection: ReturnType<typeof connectionOf>, statements: readonly string[]): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
