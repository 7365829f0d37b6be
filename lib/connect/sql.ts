import { type CustomTypesConfig, DatabaseError, Pool, type PoolClient } from 'pg';
import { withDeadline } from '../deadline.js';
import { AppError, type ErrorCode } from '../errors.js';
import type { Log } from '../log.js';

export type SqlValue = string | number | null | readonly (string | number | null)[];

/** One statement; values travel beside the text, never in it. */
export interface Statement {
  /** Under which a connection keeps it prepared: one name, one text. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** A record as the database wrote it: text by column name, `null` for NULL. What it means is for `record.ts` to say. */
export type SqlRow = Readonly<Record<string, string | null>>;

export interface SqlSource {
  /**
   * Runs the statements in their order in one read-only transaction, all of it in one round trip: they are sent without
   * waiting for each other, so a setting made `is_local` by one holds for those behind it and for nobody else.
   *
   * @param signal Ends the wait earlier than the deadline.
   * @returns The rows of each statement, in the order of the statements.
   * @throws AppError `BAD_USER_INPUT` for text a database cannot hold (NUL, lone surrogates), before anything is sent;
   *   `LEGACY_TIMEOUT`, `LEGACY_UNAVAILABLE`, or `LEGACY_MALFORMED` where the database refuses a statement.
   */
  read(statements: readonly Statement[], signal?: AbortSignal): Promise<readonly SqlRow[][]>;
  close(): Promise<void>;
}

export interface SqlSettings {
  /** postgres:// URL with a role that may read what the statements read, and no more. */
  readonly url: string;
  /** Longest wait for one `read`, for a free connection included; statements are ended by the database after it too. */
  readonly deadlineMs: number;
  readonly maxConnections: number;
  readonly log: Log;
}

/**
 * A pool of connections to a PostgreSQL database. Nothing is connected before the first `read`, so a database that is
 * down at the start costs its fields and not the process. A connection that failed in any way is never used again.
 */
export function createSqlSource({ url, deadlineMs, maxConnections, log }: SqlSettings): SqlSource {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: deadlineMs,
    statement_timeout: deadlineMs,
    idle_in_transaction_session_timeout: deadlineMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    pipeline: true,
    application_name: 'fachverbund',
    types: AS_WRITTEN,
  });
  // A lost connection is an event of its own, beside the failure of the read it may have had; unheard, it would end
  // the process.
  pool.on('error', (error) => log.warn({ cause: error.message }, 'idle database connection lost'));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    async read(statements, signal) {
      refuseBrokenText(statements);
      try {
        const limit = { deadlineMs, code: 'LEGACY_TIMEOUT', parent: signal } as const;
        return await withDeadline(limit, (ended) => transact(pool, statements, ended));
      } catch (error) {
        throw toAppError(error);
      }
    },
    close: () => pool.end(),
  };
}

async function transact(pool: Pool, statements: readonly Statement[], ended: AbortSignal): Promise<SqlRow[][]> {
  const client = await pool.connect();
  const release = releaseOnce(client);
  // The database may still answer: whoever got this connection next would read that answer as theirs.
  const abandon = () => release('destroy');
  ended.addEventListener('abort', abandon, { once: true });
  try {
    ended.throwIfAborted();
    const [, ...answers] = await Promise.all([
      client.query('BEGIN READ ONLY'),
      ...statements.map(({ name, text, values }) => client.query<SqlRow>({ name, text, values: [...values] })),
      client.query('COMMIT'),
    ]);
    release('keep');
    return answers.slice(0, statements.length).map(({ rows }) => rows as SqlRow[]);
  } catch (error) {
    release('destroy');
    throw error;
  } finally {
    ended.removeEventListener('abort', abandon);
  }
}

/** To destroy is to close the socket: a polite goodbye would wait behind the answer that does not come. */
function releaseOnce(client: PoolClient): (fate: 'keep' | 'destroy') => void {
  let isReleased = false;
  return (fate) => {
    if (isReleased) return;
    isReleased = true;
    if (fate === 'destroy') client.connection.stream.destroy();
    client.release(fate === 'destroy');
  };
}

/** PostgreSQL has no NUL in text, and a lone surrogate would silently become another character. */
function refuseBrokenText(statements: readonly Statement[]): void {
  const isBroken = (value: SqlValue | undefined): boolean =>
    Array.isArray(value)
      ? value.some(isBroken)
      : typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());
  if (statements.some(({ values }) => values.some(isBroken)))
    throw new AppError('BAD_USER_INPUT', 'A text holds characters that no register can hold.');
}

const toAppError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError(codeOfFailure(error), undefined, { cause: error });

/** What a caller is told of a failure: by SQLSTATE where the database itself spoke; otherwise the connection failed. */
export function codeOfFailure(error: unknown): ErrorCode {
  if (error instanceof DatabaseError) {
    const state = error.code ?? '';
    if (TIMED_OUT.has(state)) return 'LEGACY_TIMEOUT';
    return UNAVAILABLE_CLASSES.has(state.slice(0, 2)) ? 'LEGACY_UNAVAILABLE' : 'LEGACY_MALFORMED';
  }
  const { message = '', code = '' } = (error ?? {}) as { message?: string; code?: string };
  return code === 'ETIMEDOUT' || /timeout/i.test(message) ? 'LEGACY_TIMEOUT' : 'LEGACY_UNAVAILABLE';
}

/** Cancelled by statement_timeout, lock not available, idle transaction ended. */
const TIMED_OUT: ReadonlySet<string> = new Set(['57014', '55P03', '25P03']);

/** Connection, authorization, no such database, rollback, resources, operator intervention, system. */
const UNAVAILABLE_CLASSES: ReadonlySet<string> = new Set(['08', '28', '3D', '40', '53', '57', '58']);

const AS_WRITTEN = { getTypeParser: () => (text: string) => text } as unknown as CustomTypesConfig;
