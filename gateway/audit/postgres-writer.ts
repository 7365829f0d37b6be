import type { KeyObject } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { type Chained, chainCommit, type Draft, FIRST_PREVIOUS, linkOf } from '../../lib/audit/line.js';
import { signLine } from '../../lib/audit/signing.js';
import type { End } from './segment-writer.js';

export interface PostgresWriter {
  /** Chains the drafts behind whatever is last in the database, and makes them durable in one transaction. */
  commit(drafts: readonly Draft[], signal?: AbortSignal): Promise<void>;
  /** The end of the log as this replica saw it last. */
  end(): End;
}

/** Of the whole database: one replica at a time has the end of the chain. */
const LOCK = 7_266_824_405;
const BEGIN = `BEGIN; SET LOCAL synchronous_commit TO on; SELECT pg_advisory_xact_lock(${LOCK})`;
const LAST = 'SELECT sequence, hash, signature FROM audit_line ORDER BY sequence DESC LIMIT 1';
const INSERT_LINES = `INSERT INTO audit_line (sequence, header, hash, payload, signature, delete_from)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[])`;
const INSERT_PEOPLE = 'INSERT INTO audit_index SELECT DISTINCT * FROM unnest($1::text[], $2::bigint[])';
const INSERT_REGISTERS = 'INSERT INTO audit_register SELECT unnest($1::text[]) ON CONFLICT DO NOTHING';

interface Last {
  readonly sequence: string;
  readonly hash: string;
  readonly signature: string | null;
}

export function createPostgresWriter(pool: Pool, signingKey: KeyObject, start: End): PostgresWriter {
  const registers = new Set<string>();
  let end = start;
  const sign = (sequence: number, hash: string) => signLine(signingKey, sequence, hash);
  return {
    end: () => end,
    async commit(drafts, signal) {
      const lines = await inTransaction(pool, async (client) => {
        const { rows } = await client.query<Last>(LAST);
        const [last] = rows;
        const start = { sequence: Number(last?.sequence ?? 0), link: last ? linkOf(last) : FIRST_PREVIOUS };
        const made = chainCommit(drafts, start, sign);
        await insert(client, made, registers);
        signal?.throwIfAborted();
        return made;
      });
      for (const { register } of drafts) if (register !== null) registers.add(register);
      const { sequence, hash } = lines.at(-1) ?? {};
      if (sequence !== undefined && hash !== undefined) end = { sequence, hash };
    },
  };
}

export async function readEnd(pool: Pool): Promise<End> {
  const { rows } = await pool.query<Last>(LAST);
  return { sequence: Number(rows[0]?.sequence ?? 0), hash: rows[0]?.hash ?? null };
}

async function insert(client: PoolClient, lines: readonly Chained[], registers: ReadonlySet<string>): Promise<void> {
  await client.query(INSERT_LINES, [
    lines.map(({ sequence }) => sequence),
    lines.map(({ header }) => header),
    lines.map(({ hash }) => hash),
    lines.map(({ draft }) => draft.payload),
    lines.map(({ signature }) => signature),
    lines.map(({ draft }) => draft.deleteFrom),
  ]);
  const people = lines.flatMap(({ sequence, draft }) =>
    [...draft.payload.matchAll(/"index":"([\w-]{22})"/g)].map(([, index]) => ({ index, sequence })),
  );
  if (people.length > 0)
    await client.query(INSERT_PEOPLE, [people.map(({ index }) => index), people.map(({ sequence }) => sequence)]);
  const fresh = lines.flatMap(({ draft: { register } }) =>
    register === null || registers.has(register) ? [] : [register],
  );
  if (fresh.length > 0) await client.query(INSERT_REGISTERS, [fresh]);
}

async function inTransaction<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN);
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // Whatever it was doing ends with its connection.
    client.release(true);
    throw error;
  }
}
