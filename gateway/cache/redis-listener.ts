import { Redis } from 'ioredis';
import type { RedisAddress, RedisTarget } from '../../lib/redis-target.js';
import { LINK_OPTIONS } from './redis-link.js';

/** One subscription on one connection. What ends it ends it for good: nobody knows what was missed meanwhile. */
export interface Listener {
  readonly address: RedisAddress;
  hasEnded(): boolean;
  close(): void;
}

export interface ListenerParts {
  readonly address: RedisAddress;
  readonly access: RedisTarget['access'];
  readonly channels: readonly string[];
  readonly onMessage: (channel: string, text: string) => void;
}

/** @returns The subscription once it holds, or `null` where it cannot be had now. */
export async function openListener({ address, access, channels, onMessage }: ListenerParts): Promise<Listener | null> {
  const redis = new Redis({ ...access, ...address, ...LINK_OPTIONS, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined);
  redis.on('message', onMessage);
  try {
    await redis.connect();
    await redis.subscribe(...channels);
  } catch {
    redis.disconnect();
    return null;
  }
  return { address, hasEnded: () => redis.status !== 'ready', close: () => redis.disconnect() };
}
