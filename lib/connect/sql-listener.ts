import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../log.js';

/** Follows what a PostgreSQL database announces (`NOTIFY`), on a connection of its own. */
export interface SqlListener {
  close(): Promise<void>;
}

export interface SqlListening {
  /** postgres:// URL; the role needs no right but to connect. */
  readonly url: string;
  readonly channel: string;
  /** Announcements come from now on; what was announced before, or while there was no connection, is lost. */
  readonly onListening: () => void;
  readonly onNotice: (payload: string) => void;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
/** A connection over which nothing more can come looks like one on which nothing happens: it is asked. */
const ASK_EVERY_MS = 2000;
const ANSWER_WITHIN_MS = 2000;

/** Connects, and again and again where it fails or is lost; a database that is down stops nobody. */
export function listenToSql(listening: SqlListening): SqlListener {
  const closed = new AbortController();
  const ended = keepListening(listening, closed.signal);
  return {
    async close() {
      closed.abort();
      await ended;
    },
  };
}

async function keepListening(listening: SqlListening, closed: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  let isKnown = false;
  while (!closed.aborted) {
    const reason = await listenOnce(listening, closed, () => {
      listening.log.info({ channel: listening.channel }, 'listening to the database');
      pauseMs = FIRST_PAUSE_MS;
      isKnown = false;
    });
    if (closed.aborted) return;
    if (!isKnown) listening.log.warn({ cause: reason }, 'the database cannot be listened to');
    isKnown = true;
    await delay(pauseMs, undefined, { signal: closed }).catch(() => undefined);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }
}

/** @returns Why it is over. */
async function listenOnce(
  { url, channel, onListening, onNotice }: SqlListening,
  closed: AbortSignal,
  onReady: () => void,
): Promise<string> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    application_name: 'fachverbund listener',
  });
  const over = new AbortController();
  let reason = 'the connection ended';
  const end = (error?: Error) => {
    if (error) reason = error.message;
    over.abort();
  };
  // A polite goodbye would wait for a server that may not answer.
  over.signal.addEventListener('abort', () => client.connection.stream.destroy());
  client.on('error', end).on('end', () => end());
  client.on('notification', ({ payload = '' }) => onNotice(payload));
  closed.addEventListener('abort', () => end(), { once: true, signal: over.signal });
  try {
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    onReady();
    onListening();
    while (!over.signal.aborted) {
      await delay(ASK_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
      if (!over.signal.aborted) await client.query('SELECT 1');
    }
  } catch (error) {
    reason = (error as Error).message;
  } finally {
    over.abort();
  }
  return reason;
}
