import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { MOST_TAGS } from '../cache-tags.js';
import type { Log } from '../log.js';
import { createTagQueue } from './tag-queue.js';

/** Tags on their way to one gateway: kept until it has confirmed them. */
export interface Outbox {
  add(tags: readonly string[]): void;
  /** @returns Whether all that was added until now is confirmed within `deadlineMs`. */
  isConfirmed(deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface OutboxParts {
  /** Operators' port of the gateway. */
  readonly url: string;
  readonly token: string;
  /** What stands for everything, once more is waiting than is kept, or something is refused. */
  readonly all: () => readonly string[];
  readonly log: Log;
}

/** More are not kept one by one. */
const MOST_WAITING = 20_000;
const ATTEMPT_MS = 1000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;
/** What no repetition mends: the gateway does not understand it. What stands for everything is sent instead. */
const MALFORMED: readonly (number | string)[] = [400, 413];

export function createOutbox({ url, token, all, log }: OutboxParts): Outbox {
  const agent = new Agent({ connections: 1 });
  const closed = new AbortController();
  const queue = createTagQueue(MOST_WAITING, all);
  const waiters = createWaiters();
  const sendBatch = async () => {
    const tags = queue.take(MOST_TAGS);
    const status = await post({ url, token, agent }, tags, closed.signal);
    if (status === 200) queue.confirm();
    else if (!MALFORMED.includes(status)) queue.giveBack();
    else queue.giveBack(all());
    waiters.tell(queue.confirmed);
    return status;
  };
  let running: Promise<void> | null = null;
  const run = async () => {
    let failures = 0;
    while (!queue.isEmpty && !closed.signal.aborted) {
      const status = await sendBatch();
      if (status === 200 && failures > 0) log.info({ failures }, 'a gateway confirms again what it must forget');
      if (status !== 200 && failures === 0) log.warn({ status }, 'a gateway has not confirmed what it must forget');
      failures = status === 200 ? 0 : failures + 1;
      if (failures > 0) await delay(pauseMs(failures), undefined, { signal: closed.signal }).catch(() => undefined);
    }
    running = null;
  };
  return {
    add(tags) {
      queue.add(tags);
      if (!closed.signal.aborted) running ??= run();
    },
    isConfirmed: (deadlineMs) =>
      queue.confirmed >= queue.ticket ? Promise.resolve(true) : waiters.wait(queue.ticket, deadlineMs),
    async close() {
      closed.abort();
      await running;
      waiters.endAll();
      await agent.destroy();
    },
  };
}

const pauseMs = (failures: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);

interface Line {
  readonly url: string;
  readonly token: string;
  readonly agent: Agent;
}

/** @returns The HTTP status, or the kind of failure where there is none. */
async function post({ url, token, agent }: Line, tags: readonly string[], ends: AbortSignal): Promise<number | string> {
  try {
    const { statusCode, body } = await request(new URL('/invalidation', url), {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ tags }),
      signal: AbortSignal.any([ends, AbortSignal.timeout(ATTEMPT_MS)]),
    });
    await body.dump();
    return statusCode;
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    return code ?? name;
  }
}

/** Those who want to know when an addition is confirmed. */
function createWaiters() {
  const waiting = new Map<(isConfirmed: boolean) => void, number>();
  return {
    wait: (ticket: number, deadlineMs: number) =>
      new Promise<boolean>((resolve) => {
        const end = (isConfirmed: boolean) => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve(isConfirmed);
        };
        const timer = setTimeout(end, deadlineMs, false);
        waiting.set(end, ticket);
      }),
    tell(confirmed: number) {
      for (const [end, ticket] of waiting) if (ticket <= confirmed) end(true);
    },
    endAll() {
      for (const end of waiting.keys()) end(false);
    },
  };
}
