import { Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress, RedisTarget } from '../../lib/redis-target.js';

/** One connection to one node. It comes back by itself; nothing waits for it. */
export interface RedisLink {
  readonly address: RedisAddress;
  isReady(): boolean;
  /**
   * Sends commands in one go. Never rejects.
   *
   * @returns A reply for each, an Error where the node refuses one; `offline` at once where there is no connection,
   *   `timeout` where the node did not answer all of them in time.
   */
  run(commands: readonly Command[]): Promise<readonly unknown[] | 'offline' | 'timeout'>;
  close(): void;
}

export type Command = readonly [name: string, ...args: (string | number | Buffer)[]];

export interface RedisLinkParts {
  readonly address: RedisAddress;
  readonly access: RedisTarget['access'];
  /** Longest wait for the replies of one `run`, ms. */
  readonly deadlineMs: number;
  readonly onState: (state: 'up' | 'down') => void;
}

/** How a connection of ours behaves: what cannot be sent now is never sent, and what was sent is never sent again. */
export const LINK_OPTIONS = {
  disableClientInfo: true,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 1000,
  // A node that is silent while a connection is being set up: the next attempt may reach another one.
  socketTimeout: 1000,
  // Half-closed sockets of a node that has stopped are not waited for.
  disconnectTimeout: 1,
  retryStrategy: (attempt: number) => Math.min(25 * 2 ** attempt, 1000),
} satisfies RedisOptions;

/** After a timeout nothing is asked for so long, twice as long after the next one; a node that is slow costs little. */
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 1600;

/**
 * A reply that is late must never be taken for the reply to another question. Replies come in the order of the
 * questions, and a connection whose reply was given up is closed, with whatever is still on its way.
 */
export function createRedisLink({ address, access, deadlineMs, onState }: RedisLinkParts): RedisLink {
  const redis = new Redis({ ...access, ...address, ...LINK_OPTIONS });
  const rest = createRest();
  const mayReconnect = createInterval(RECONNECT_MS);
  redis.on('ready', () => onState('up'));
  redis.on('close', () => onState('down'));
  // Each failed attempt is one: `close` says enough.
  redis.on('error', () => undefined);
  const isReady = () => redis.status === 'ready' && !rest.isResting();
  return {
    address,
    isReady,
    run(commands) {
      if (!isReady()) return Promise.resolve('offline');
      return new Promise((resolve) => {
        const giveUp = () => {
          rest.begin();
          resolve('timeout');
          redis.disconnect(true);
        };
        // A process that was busy for so long may have the reply already, unread.
        let late: NodeJS.Immediate | undefined;
        const timer = setTimeout(() => {
          late = setImmediate(giveUp);
        }, deadlineMs);
        send(redis, commands).then((replies) => {
          clearTimeout(timer);
          clearImmediate(late);
          if (replies !== 'offline') rest.end();
          if (isDemoted(replies) && mayReconnect()) redis.disconnect(true);
          resolve(replies);
        });
      });
    },
    close: () => redis.disconnect(),
  };
}

/** Behind the address may be a new master by now. */
const isDemoted = (replies: readonly unknown[] | 'offline'): boolean =>
  replies !== 'offline' && replies.some((reply) => reply instanceof Error && reply.message.includes('READONLY'));

/** A store that stays read-only is still good for reading. */
const RECONNECT_MS = 1000;

function createInterval(intervalMs: number): () => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - last < intervalMs) return false;
    last = performance.now();
    return true;
  };
}

async function send(redis: Redis, commands: readonly Command[]): Promise<readonly unknown[] | 'offline'> {
  const pipeline = redis.pipeline(commands.map((command) => [...command]));
  try {
    const replies = (await pipeline.exec()) ?? [];
    if (redis.status !== 'ready') return 'offline';
    return replies.map(([error, reply]) => error ?? reply);
  } catch {
    return 'offline';
  }
}

function createRest() {
  let until = 0;
  let restMs = 0;
  return {
    isResting: () => performance.now() < until,
    begin() {
      // Those that were waiting together are one failure.
      if (performance.now() < until) return;
      restMs = Math.min(Math.max(2 * restMs, FIRST_REST_MS), LONGEST_REST_MS);
      until = performance.now() + restMs;
    },
    end() {
      restMs = 0;
    },
  };
}
