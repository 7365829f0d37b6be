import type { RedisOptions } from 'ioredis';

/** Where a shared store is, and how to sign in. */
export interface RedisTarget {
  /** Several, or one with `redis-cluster:`: any nodes of a Redis Cluster; all others are learnt from them. */
  readonly isCluster: boolean;
  readonly addresses: readonly RedisAddress[];
  /** The same for every node. */
  readonly access: Pick<RedisOptions, 'username' | 'password' | 'db' | 'tls'>;
}

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

const FORMS = 'redis://, rediss://, redis-cluster:// or rediss-cluster:// URLs, separated by commas';

/**
 * Reads REDIS_URL: `redis://[user:password@]host[:port][/db]`, `rediss://` for TLS; `redis-cluster://` and
 * `rediss-cluster://`, or several URLs, for a Redis Cluster. User and password are those of the first URL.
 *
 * @throws TypeError that never holds what was given: there may be a password in it.
 */
export function readRedisUrl(text: string): RedisTarget {
  const urls = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map(readUrl);
  const [first] = urls;
  if (!first) throw new TypeError(`must be ${FORMS}`);
  const isCluster = urls.length > 1 || first.protocol.includes('-cluster');
  const isTls = first.protocol.startsWith('rediss');
  if (urls.some(({ protocol }) => protocol.startsWith('rediss') !== isTls))
    throw new TypeError('must be all with TLS, or all without');
  const db = Number(first.pathname.slice(1) || '0');
  if (!Number.isInteger(db) || db < 0 || (isCluster && db !== 0))
    throw new TypeError('names a database that cannot be');
  return {
    isCluster,
    addresses: urls.map(({ hostname, port }) => ({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || '6379'),
    })),
    access: {
      ...(first.username !== '' && { username: decodeURIComponent(first.username) }),
      ...(first.password !== '' && { password: decodeURIComponent(first.password) }),
      ...(db !== 0 && { db }),
      ...(isTls && { tls: {} }),
    },
  };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^rediss?(-cluster)?:$/.test(url.protocol) || url.hostname === '')
    throw new TypeError(`must be ${FORMS}`);
  return url;
}
