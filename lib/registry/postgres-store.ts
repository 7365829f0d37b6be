import pg from 'pg';
import { hashText, readEvent } from './event.js';
import { addUsage, RegistryConflict, type RegistryStore, type Usage } from './store.js';

/** Tables of a registry in PostgreSQL; events and texts are only ever added. */
const TABLES = `
CREATE TABLE IF NOT EXISTS registry_event (sequence integer PRIMARY KEY CHECK (sequence > 0), event jsonb NOT NULL);
CREATE TABLE IF NOT EXISTS registry_text (hash text PRIMARY KEY, content text NOT NULL);
CREATE TABLE IF NOT EXISTS registry_usage (
  day date NOT NULL, writer text NOT NULL, usage jsonb NOT NULL, PRIMARY KEY (day, writer)
);`;

const UNIQUE_VIOLATION = '23505';
const DEADLINE_MS = 5000;

/** @throws What the database says where it cannot be reached or the tables cannot be made. */
export async function createPostgresStore(url: string): Promise<RegistryStore> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: DEADLINE_MS,
    query_timeout: DEADLINE_MS,
  });
  // A connection that breaks while nobody uses it is replaced with the next question.
  pool.on('error', () => undefined);
  await pool.query(TABLES);
  return {
    async readEvents(after) {
      const { rows } = await pool.query('SELECT event FROM registry_event WHERE sequence > $1 ORDER BY sequence', [
        after,
      ]);
      return rows.map(({ event }) => readEvent(event));
    },
    async appendEvent(event) {
      const { rowCount } = await pool
        .query(
          `INSERT INTO registry_event SELECT $1::integer, $2::jsonb
           WHERE $1::integer = (SELECT coalesce(max(sequence), 0) + 1 FROM registry_event)`,
          [event.sequence, JSON.stringify(event)],
        )
        .catch((error: { code?: string }) => {
          throw error.code === UNIQUE_VIOLATION ? new RegistryConflict() : error;
        });
      if (rowCount !== 1) throw new RegistryConflict();
    },
    async readText(hash) {
      const { rows } = await pool.query('SELECT content FROM registry_text WHERE hash = $1', [hash]);
      const text: unknown = rows[0]?.content;
      return typeof text === 'string' && hashText(text) === hash ? text : null;
    },
    async writeText(text) {
      const hash = hashText(text);
      await pool.query('INSERT INTO registry_text VALUES ($1, $2) ON CONFLICT DO NOTHING', [hash, text]);
      return hash;
    },
    async writeUsage(day, writer, usage) {
      await pool.query(
        `INSERT INTO registry_usage VALUES ($1, $2, $3)
         ON CONFLICT (day, writer) DO UPDATE SET usage = excluded.usage`,
        [day, writer, JSON.stringify(usage)],
      );
    },
    async readUsage(since) {
      const { rows } = await pool.query('SELECT usage FROM registry_usage WHERE day >= $1', [since]);
      return addUsage(rows.map(({ usage }) => usage as Usage));
    },
    close: () => pool.end(),
  };
}
