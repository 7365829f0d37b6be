import type { RedisTarget } from '../../lib/redis-target.js';
import type { Bus } from './bus.js';
import { createConfirmation } from './bus-confirmation.js';
import { CHANNEL, SET, sealPieces } from './bus-message.js';
import { createNumbers } from './bus-numbers.js';
import { INVALIDATE } from './bus-scripts.js';
import { createSession } from './bus-session.js';
import type { Epochs } from './epochs.js';
import type { OnCacheEvent } from './events.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Vault } from './vault.js';

export interface RedisBusParts {
  readonly nodes: RedisNodes;
  readonly access: RedisTarget['access'];
  /** Seals what is told: there are people's keys in it, and nobody else may tell anything. */
  readonly vault: Vault;
  readonly epochs: Epochs;
  /** No entry is of any use after so long; older invalidations need not be remembered. */
  readonly longestLifetimeMs: number;
  readonly onEvent: OnCacheEvent;
}

const BEAT_MS = 250;
/** Invalidations that Redis remembers for those who start later. */
const MOST_KEPT = 10_000;

/**
 * Invalidations over Redis: numbered, remembered and published in one step on one node. A process hears its own signs of
 * life on the connection that also brings the invalidations, so that one heard means that all before it were heard.
 *
 * Redis is not trusted. What is told is sealed with its number; by what is not, everything is forgotten. What it remembers
 * is believed for public data alone: nothing private that was kept before a stay on a node is current in it.
 */
export function openRedisBus(parts: RedisBusParts): Bus {
  const { nodes, vault, epochs, onEvent } = parts;
  const link = createConfirmation(onEvent);
  const onForged = () => {
    onEvent({ kind: 'rejected', cache: 'invalidation', reason: 'seal' });
    link.lose();
  };
  const numbers = createNumbers({ nodes, vault, epochs, onForged });
  const session = createSession({ ...parts, numbers, link, onForged });
  const timer = setInterval(() => void session.beat(), BEAT_MS);
  timer.unref();
  void session.beat();
  const lifetime = parts.longestLifetimeMs * 1000;
  return {
    async invalidate(tags) {
      // At once, whatever becomes of the others; the message that comes back counts once more.
      epochs.invalidate(tags, epochs.watermark() + 1);
      onEvent({ kind: 'invalidated', tags: tags.length, from: 'here' });
      const answered = await numbers.ask((number, isAnew) => {
        const pieces = sealPieces(vault, number, tags);
        return ['eval', INVALIDATE, 1, SET, CHANNEL, number, isAnew, lifetime, MOST_KEPT, ...pieces];
      });
      return answered !== null;
    },
    isConfirmed: link.isConfirmed,
    close() {
      clearInterval(timer);
      session.close();
    },
  };
}
