import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { isFault, readReceipt, writeCall } from './envelope.js';
import { type EventNumber, writeEvent } from './event.js';
import type { Entry } from './register.js';

/** What the register says by itself, to one recipient: in order, each message until it is acknowledged. */
export interface Push {
  report(number: EventNumber, entry: Entry): void;
  /** `refused`: the recipient will never take it. */
  counts(): { readonly acknowledged: number; readonly refused: number; readonly waiting: number };
  close(): Promise<void>;
}

export interface PushSettings {
  /** SOAP service of the recipient; empty: there is none. */
  readonly url: string;
  /** Technical users as which each register sends: `AGS:name:password`, by commas. */
  readonly credentials: string;
  readonly now: () => number;
}

const MOST_WAITING = 10_000;
const ATTEMPT_MS = 5000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

export function createPush({ url, credentials, now }: PushSettings): Push {
  const users = new Map(credentials.split(',').map((entry) => [entry.slice(0, 8), entry.slice(9)]));
  const waiting: { readonly ags: string; readonly uuid: string; readonly message: string }[] = [];
  const closed = new AbortController();
  const counts = { acknowledged: 0, refused: 0 };
  let running: Promise<void> | null = null;
  const run = async () => {
    let pauseMs = FIRST_PAUSE_MS;
    for (let [next] = waiting; next && !closed.signal.aborted; [next] = waiting) {
      const outcome = await send(url, { ...next, user: users.get(next.ags) ?? '' }, closed.signal);
      if (outcome !== 'again') {
        counts[outcome] += 1;
        waiting.shift();
        pauseMs = FIRST_PAUSE_MS;
        continue;
      }
      await wait(pauseMs, undefined, { signal: closed.signal }).catch(() => undefined);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
    running = null;
  };
  return {
    report(number, entry) {
      if (url === '') return;
      const uuid = randomUUID();
      const createdAt = new Date(now()).toISOString();
      waiting.push({ ags: entry.ags, uuid, message: writeEvent(number, entry, { uuid, createdAt }) });
      if (waiting.length > MOST_WAITING) throw new Error('too many messages wait for their recipient');
      running ??= run();
    },
    counts: () => ({ ...counts, waiting: waiting.length }),
    async close() {
      closed.abort();
      await running;
    },
  };
}

interface Letter {
  readonly uuid: string;
  readonly message: string;
  /** `name:password` */
  readonly user: string;
}

/** Only a fault of the sender is final: everything else may be better the next time. */
async function send(url: string, letter: Letter, closed: AbortSignal): Promise<'acknowledged' | 'refused' | 'again'> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.any([closed, AbortSignal.timeout(ATTEMPT_MS)]),
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: '""',
        authorization: `Basic ${Buffer.from(letter.user).toString('base64')}`,
      },
      body: writeCall(letter.message),
    });
    const text = await response.text();
    if (response.status === 200) return readReceipt(text) === letter.uuid ? 'acknowledged' : 'again';
    return response.status === 500 && isFault(text, 'Client') ? 'refused' : 'again';
  } catch {
    return 'again';
  }
}
