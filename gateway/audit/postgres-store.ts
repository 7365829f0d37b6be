import { readFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
import { readAccesses } from '../../lib/audit/accesses.js';
import { createGermanDate } from '../../lib/audit/german-date.js';
import { createPostgresSource } from '../../lib/audit/postgres-source.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import { createGroupCommit } from './group-commit.js';
import { readHeadFile } from './head-file.js';
import { createHeadKeeper } from './head-keeper.js';
import type { AuditKeys } from './keys.js';
import { createNotes } from './notes.js';
import { createPostgresWriter, readEnd } from './postgres-writer.js';
import { type AuditStore, type CommitItem, draftThen, noteRestored, tellCommits, writePieces } from './store.js';

export interface PostgresStoreOptions {
  /** `postgres://…`, with a role as postgres-schema.sql says. */
  readonly url: string;
  readonly headPath: string;
  readonly keys: AuditKeys;
  readonly log: Log;
  readonly now?: () => number;
  readonly deadlineMs?: number;
  readonly probeMs?: number;
}

/** One for commits, the rest for people who read what is recorded about them. */
const CONNECTIONS = 4;
const DAY_MS = 86_400_000;

/**
 * Opens the log of all replicas in one database: one chain, whose next sequence the database gives to one of them at a
 * time. Makes the tables where there are none.
 *
 * @throws Error where the database cannot be reached or used.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<AuditStore> {
  const { keys, log, now = Date.now, deadlineMs = 1500 } = options;
  const pool = new Pool({
    connectionString: options.url,
    max: CONNECTIONS,
    connectionTimeoutMillis: deadlineMs,
    query_timeout: 2 * deadlineMs,
    statement_timeout: 2 * deadlineMs,
  });
  pool.on('error', () => undefined);
  const start = await prepare(pool).catch(async (error: unknown) => {
    await pool.end();
    throw new Error('AUDIT_DATABASE_URL: the database cannot be used for the audit log', { cause: error });
  });
  const notes = createNotes(now);
  noteRestored(notes, { end: start, head: readHeadFile(options.headPath, keys.publicKeys), log });
  notes.add('opened', {});
  const writer = createPostgresWriter(pool, keys.signingKey, start);
  const commits = createGroupCommit<CommitItem>({
    ...options,
    commit: draftThen(writer.commit),
    repair: async (refused) => {
      // What was refused may be there all the same: the answer to COMMIT can be lost.
      if (refused > 0) notes.add('interrupted', { refused });
      await notes.writeTo(writer.commit);
    },
    onEvent: tellCommits(log),
  });
  await commits.append(notes.peek()).then(notes.clear, () => undefined);
  const head = createHeadKeeper({
    path: options.headPath,
    signingKey: keys.signingKey,
    end: writer.end,
    log,
    now,
    onBeat: () => undefined,
  });
  const retention = keepRetention(options.url, log);
  const toPiece = writePieces(keys, createGermanDate());
  const isWritable = () => head.isKept() && commits.isWritable();
  const source = createPostgresSource(async ({ text, values }) => (await pool.query(text, [...values])).rows);
  const readable = { source, blindIndex: keys.blindIndex };
  return {
    isWritable,
    async append(entries) {
      if (!isWritable()) throw new AppError('AUDIT_UNAVAILABLE');
      await commits.append(entries.map(toPiece));
    },
    readAccesses: (question) => readAccesses(readable, question),
    async close() {
      clearInterval(retention);
      await commits.close();
      await head.close();
      await pool.end();
    },
  };
}

async function prepare(pool: Pool) {
  const { rows } = await pool.query<{ found: string | null }>("SELECT to_regclass('audit_line') AS found");
  if (!rows[0]?.found) await pool.query(readFileSync(new URL('postgres-schema.sql', import.meta.url), 'utf8'));
  return readEnd(pool);
}

/** On a connection of its own: to delete a month of entries may take longer than any request may wait. */
function keepRetention(url: string, log: Log): NodeJS.Timeout {
  const expire = async () => {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT audit_expire()');
    } catch (error) {
      log.error({ code: (error as { code?: string }).code }, 'audit log: retention has failed');
    } finally {
      await client.end();
    }
  };
  void expire();
  return setInterval(expire, DAY_MS).unref();
}
