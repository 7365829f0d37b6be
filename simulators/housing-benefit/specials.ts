import type { Client } from 'pg';
import type { Fault } from '../control.js';
import { CONNECTION_LIMIT, type Database } from './database.js';

/** Faults that only a database knows; `{ "special": "lock" }` in the control API. */
export interface Specials {
  /** Mends the fault before and brings about the one asked for. @throws Error for a name that is none. */
  follow(fault: Fault): Promise<void>;
  /** Whether each call finds its connection killed. */
  killsBackends(): boolean;
}

type Mend = () => Promise<unknown>;

export function createSpecials(database: Database): Specials {
  let mend: Mend = async () => undefined;
  let current: unknown = null;
  const begin: Readonly<Record<string, () => Promise<Mend>>> = {
    'kill-backend': async () => {
      await database.endReaders();
      return async () => undefined;
    },
    lock: () => lockCases(database),
    'pool-full': () => takeConnections(database),
    'unknown-code': async () => {
      await database.owner.query(`UPDATE "WOHNGELD"."WOHNGELDFALL" SET "STATUS" = '9' || right("STATUS", 1)`);
      return () => database.owner.query(`UPDATE "WOHNGELD"."WOHNGELDFALL" SET "STATUS" = '0' || right("STATUS", 1)`);
    },
  };
  return {
    async follow({ special = null }) {
      if (special === current) return;
      if (special !== null && !Object.hasOwn(begin, String(special)))
        throw new Error(`special must be one of ${Object.keys(begin).join(', ')}`);
      await mend();
      mend = async () => undefined;
      current = special;
      mend = (await begin[String(special)]?.()) ?? mend;
    },
    killsBackends: () => current === 'kill-backend',
  };
}

async function lockCases({ owner }: Database): Promise<Mend> {
  const client = await owner.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE "WOHNGELD"."WOHNGELDFALL" IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await client.query('ROLLBACK');
    client.release();
  };
}

/** Takes every connection the adapter's role may have, those that adapters hold first. */
async function takeConnections(database: Database): Promise<Mend> {
  const taken: Client[] = [];
  for (let attempt = 0; taken.length < CONNECTION_LIMIT && attempt < 5; attempt += 1) {
    await database.endReaders();
    // Ending readers ends the ones taken before as well: begin anew.
    await Promise.all(taken.splice(0).map((client) => client.end()));
    const opened = await Promise.allSettled(Array.from({ length: CONNECTION_LIMIT }, () => database.connectAsReader()));
    taken.push(...opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
  }
  return () => Promise.all(taken.map((client) => client.end()));
}
