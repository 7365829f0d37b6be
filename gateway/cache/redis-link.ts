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
} satisfies RedisOptions;

/** Before a new connection, twice as long each time until commands are answered in time. */
const FIRST_REST_MS = 50;
const LONGEST_REST_MS = 1000;

/**
 * A reply that is late must never be taken for the reply to another question. Replies come in the order of the
 * questions, and a connection whose reply was given up is closed, with whatever is still on its way. A new one has to
 * answer a question of its own in time before anybody's is sent: nobody waits to find out whether a slow node still is.
 */
export function createRedisLink({ address, access, deadlineMs, onState }: RedisLinkParts): RedisLink {
  let failures = 0;
  let state: 'untried' | 'in-time' | 'left' = 'untried';
  const retryStrategy = () => Math.min(FIRST_REST_MS * 2 ** failures++, LONGEST_REST_MS);
  const redis = new Redis({ ...access, ...address, ...LINK_OPTIONS, retryStrategy });
  const leave = () => {
    if (state !== 'left') redis.disconnect(true);
    state = 'left';
  };
  const ask = createAsk({ redis, deadlineMs, onLate: leave });
  const mayReconnect = createInterval(RECONNECT_MS);
  redis.on('ready', async () => {
    const replies = await ask([['time']]);
    if (typeof replies === 'string') return;
    state = 'in-time';
    onState('up');
  });
  redis.on('close', () => {
    state = 'untried';
    onState('down');
  });
  // Each failed attempt is one: `close` says enough.
  redis.on('error', () => undefined);
  const isReady = () => state === 'in-time' && redis.status === 'ready';
  return {
    address,
    isReady,
    async run(commands) {
      if (!isReady()) return 'offline';
      const replies = await ask(commands);
      if (typeof replies === 'string') return replies;
      failures = 0;
      if (isDemoted(replies) && mayReconnect()) leave();
      return replies;
    },
    close: () => redis.disconnect(),
  };
}

interface AskParts {
  readonly redis: Redis;
  readonly deadlineMs: number;
  readonly onLate: () => void;
}

/** @returns As `run` does, whatever is known of the connection. */
function createAsk({ redis, deadlineMs, onLate }: AskParts): RedisLink['run'] {
  return (commands) =>
    new Promise((resolve) => {
      const giveUp = () => {
        resolve('timeout');
        onLate();
      };
      // A process that was busy for so long may have the reply already, unread.
      let late: NodeJS.Immediate | undefined;
      const timer = setTimeout(() => {
        late = setImmediate(giveUp);
      }, deadlineMs);
      send(redis, commands).then((replies) => {
        clearTimeout(timer);
        clearImmediate(late);
        resolve(replies);
      });
    });
}

/** Behind the address may be a new master by now. */
const isDemoted = (replies: readonly unknown[]): boolean =>
  replies.some((reply) => reply instanceof Error && reply.message.includes('READONLY'));

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
