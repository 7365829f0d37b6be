import { createHmac, randomBytes } from 'node:crypto';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Log } from '../../lib/log.js';
import { readRedisUrl } from '../../lib/redis-target.js';
import { type CheckGuesses, createCheckGuesses, createSharedGuesses, GUESS_WINDOW_SECONDS } from './guesses.js';
import type { ReadPersonSearches } from './person-searches.js';
import { createRate, type Rate } from './rate.js';
import { createSharedRate } from './shared-rate.js';

export interface BudgetSettings {
  /** Requests per client and second; `off`: nothing is counted. */
  readonly perSecond: number | 'off';
  /** Different searches for one person by one caller in ten minutes; `null`: as many as they like. */
  readonly guesses: number | null;
  /** In the schema that the operation is judged by. */
  readonly readSearches: ReadPersonSearches;
  /** Where replicas count together; `undefined`: each by itself. */
  readonly redisUrl: string | undefined;
  /** What the replicas share and nobody else knows: names in the store are made with it. */
  readonly secret: Buffer | undefined;
  readonly log: Log;
}

export interface Budgets {
  readonly rate: Rate | null;
  readonly checkGuesses: CheckGuesses;
  close(): void;
}

/** Opens what is counted over several requests. A store that is down is told once, and each replica counts alone. */
export function openBudgets({ perSecond, guesses, readSearches, redisUrl, secret, log }: BudgetSettings): Budgets {
  const nameOf = createNaming(secret ?? randomBytes(32));
  const store = redisUrl === undefined ? null : openStore(redisUrl, log);
  const onFailure = () => undefined; // the connection itself says so, once
  const limiter = (use: string, points: number, duration: number) =>
    store &&
    new RateLimiterRedis({ storeClient: store, keyPrefix: `fv:${use}`, points, duration, rejectIfRedisNotReady: true });
  const ofClients = perSecond === 'off' ? null : limiter('rate', perSecond, 1);
  const shared = ofClients && createSharedRate({ store: ofClients, nameOf, onFailure });
  const most = guesses ?? Number.POSITIVE_INFINITY;
  // Only the first time counts; no number of times is too many.
  const seen = limiter('guess', Number.MAX_SAFE_INTEGER, GUESS_WINDOW_SECONDS);
  const persons = guesses === null ? null : limiter('person', guesses, GUESS_WINDOW_SECONDS);
  return {
    rate: perSecond === 'off' ? null : createRate({ perSecond, shared }),
    checkGuesses:
      guesses === null
        ? () => null
        : createCheckGuesses({
            most,
            read: readSearches,
            nameOf,
            shared: seen && persons && createSharedGuesses({ guesses: seen, persons, onFailure }),
          }),
    close() {
      shared?.close();
      store?.disconnect();
    },
  };
}

/** Names in memory and store say nothing about people, not even to whoever tries all of them. */
function createNaming(secret: Buffer): (text: string) => string {
  // The secret has other uses; this key has one.
  const key = createHmac('sha256', secret).update('fachverbund budgets').digest();
  return (text) => createHmac('sha256', key).update(text).digest('base64url');
}

/** Longest wait for the store: a search waits for it, everything else does not. */
const STORE_DEADLINE_MS = 50;

/** What cannot be counted now is not counted later. */
const STORE_OPTIONS = {
  connectTimeout: 1000,
  commandTimeout: STORE_DEADLINE_MS,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (times: number) => Math.min(times * 50, 1000),
} satisfies RedisOptions;

function openStore(url: string, log: Log): Redis | Cluster {
  const { isCluster, addresses, access } = readRedisUrl(url);
  const options = { ...access, ...STORE_OPTIONS };
  const { retryStrategy: clusterRetryStrategy, enableOfflineQueue } = STORE_OPTIONS;
  const store = isCluster
    ? new Cluster([...addresses], { redisOptions: options, clusterRetryStrategy, enableOfflineQueue })
    : new Redis({ ...options, ...addresses[0] });
  let isDown = false;
  store.on('error', (error: NodeJS.ErrnoException) => {
    if (!isDown) log.warn({ reason: error.code ?? error.name }, 'rate budgets are not shared');
    isDown = true;
  });
  store.on('ready', () => {
    isDown = false;
  });
  return store;
}
