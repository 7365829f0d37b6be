import { randomUUID } from 'node:crypto';
import type { RedisAddress, RedisTarget } from '../../lib/redis-target.js';
import type { Seal } from '../../lib/seal.js';
import type { Bus } from './bus.js';
import { BEAT, INVALIDATE, LOAD } from './bus-scripts.js';
import type { Epochs } from './epochs.js';
import type { OnCacheEvent } from './events.js';
import type { Command, RedisLink } from './redis-link.js';
import { type Listener, openListener } from './redis-listener.js';
import type { RedisNodes } from './redis-nodes.js';

export interface RedisBusParts {
  readonly nodes: RedisNodes;
  readonly access: RedisTarget['access'];
  /** One for each secret: the first seals tags, all open them, for there are people's keys in them. */
  readonly seals: readonly Seal[];
  readonly epochs: Epochs;
  /** No entry is of any use after so long; older invalidations need not be remembered. */
  readonly longestLifetimeMs: number;
  readonly onEvent: OnCacheEvent;
}

/** Keys and channels; the hash tag keeps them on one node of a cluster, whose order of messages is everybody's. */
const SET = '{fachverbund:invalidation}';
const CHANNEL = `${SET}:tags`;

const BEAT_MS = 250;
/** Without a sign of life of its own for so long a process cannot know what it missed. */
const SILENCE_MS = 1000;
/** Invalidations that Redis remembers for those who start later. */
const MOST_TAGS = 10_000;

/**
 * Invalidations over Redis: numbered, remembered and published in one step on one node. A process hears its own signs of
 * life on the connection that also brings the invalidations, so that one heard means that all before it were heard.
 */
export function openRedisBus(parts: RedisBusParts): Bus {
  const { nodes, epochs, seals, onEvent } = parts;
  const [seal] = seals;
  if (!seal) throw new TypeError('A bus needs a seal.');
  const link = createConfirmation(onEvent);
  const session = createSession(parts, link);
  const timer = setInterval(() => void session.beat(), BEAT_MS);
  timer.unref();
  void session.beat();
  return {
    async invalidate(tags) {
      const sealed = tags.map((tag) => seal.seal(tag));
      const lifetime = parts.longestLifetimeMs * 1000;
      const known = epochs.watermark();
      // At once, whatever becomes of the others; the message that comes back counts once more.
      epochs.invalidate(tags, known + 1);
      onEvent({ kind: 'invalidated', tags: tags.length, from: 'here' });
      const reply = await runOn(nodes, ['eval', INVALIDATE, 1, SET, CHANNEL, known, lifetime, MOST_TAGS, ...sealed]);
      return typeof reply === 'string';
    },
    isConfirmed: link.isConfirmed,
    close() {
      clearInterval(timer);
      session.close();
    },
  };
}

/** @returns The reply, `null` where there is none. */
async function runOn(nodes: RedisNodes, command: Command): Promise<unknown> {
  const replies = await nodes.linkOf(SET)?.run([command]);
  if (!Array.isArray(replies)) return null;
  const [reply] = replies as readonly unknown[];
  if (!(reply instanceof Error)) return reply;
  nodes.onRefused(reply);
  return null;
}

type Confirmation = ReturnType<typeof createConfirmation>;

function createConfirmation(onEvent: OnCacheEvent) {
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let wasConfirmed = false;
  const isConfirmed = () => performance.now() - confirmedAt <= SILENCE_MS;
  return {
    isConfirmed,
    /** @param sentAt When the sign of life was sent that has now been heard. */
    confirm(sentAt: number) {
      confirmedAt = Math.max(confirmedAt, sentAt);
    },
    report() {
      if (isConfirmed() === wasConfirmed) return;
      wasConfirmed = !wasConfirmed;
      onEvent({ kind: 'link', isConfirmed: wasConfirmed });
    },
  };
}

/** One stay on one node: subscribed, then told of what was missed, then alive. */
function createSession({ nodes, access, seals, epochs, onEvent }: RedisBusParts, link: Confirmation) {
  const own = `${SET}:beat:${randomUUID()}`;
  let stay: Stay | null = null;
  let isBusy = false;
  let isClosed = false;
  const onMessage = (channel: string, text: string): void => {
    if (channel === own) {
      if (stay?.isLoaded && Number(text) > stay.beganAt) link.confirm(Number(text));
      return;
    }
    const [number = '', ...tags] = text.split(' ');
    apply(tags, Number(number), { seals, epochs });
    onEvent({ kind: 'invalidated', tags: tags.length, from: 'elsewhere' });
  };
  const leave = () => {
    stay?.listener.close();
    stay = null;
  };
  const settle = async (node: RedisLink): Promise<void> => {
    if (stay && (!isSame(stay.listener.address, node.address) || stay.listener.hasEnded() || isSilent(stay))) leave();
    // What is heard before the rest is loaded must not hide it.
    const since = epochs.watermark();
    if (!stay) {
      const listener = await openListener({ address: node.address, access, channels: [CHANNEL, own], onMessage });
      if (isClosed) listener?.close();
      else if (listener) stay = { listener, since, beganAt: performance.now(), isLoaded: false };
    }
    if (stay && !stay.isLoaded) stay.isLoaded = await load(nodes, stay.since, { seals, epochs });
  };
  const isSilent = ({ beganAt }: Stay) => performance.now() - beganAt > SILENCE_MS && !link.isConfirmed();
  return {
    /** Mends what is broken, and gives a sign of life. */
    async beat() {
      link.report();
      if (isBusy || isClosed) return;
      isBusy = true;
      const node = nodes.linkOf(SET);
      if (node?.isReady()) await settle(node);
      if (stay?.isLoaded) await runOn(nodes, ['eval', BEAT, 1, SET, own, performance.now()]);
      isBusy = false;
    },
    close() {
      isClosed = true;
      leave();
    },
  };
}

interface Stay {
  readonly listener: Listener;
  /** Number up to which everything was known before. */
  readonly since: number;
  readonly beganAt: number;
  isLoaded: boolean;
}

const isSame = (one: RedisAddress, other: RedisAddress): boolean => one.host === other.host && one.port === other.port;

type Knowledge = Pick<RedisBusParts, 'seals' | 'epochs'>;

/** Learns what was invalidated since a number. @returns Whether it did. */
async function load(nodes: RedisNodes, since: number, known: Knowledge): Promise<boolean> {
  const reply = await runOn(nodes, ['eval', LOAD, 1, SET, known.epochs.watermark(), since]);
  if (!Array.isArray(reply)) return false;
  const [floor, number, ...found] = reply.map(String);
  if (Number(floor) > since) known.epochs.invalidateAll(Number(floor));
  for (let index = 0; index + 1 < found.length; index += 2) {
    const [tag = '', at] = [found[index], found[index + 1]];
    if (!tag.startsWith('!')) apply([tag], Number(at), known);
  }
  known.epochs.advance(Number(number));
  return true;
}

/** Tags that nobody here can read, sealed with a secret that is not known here, may be any. */
function apply(sealed: readonly string[], number: number, { seals, epochs }: Knowledge): void {
  if (!Number.isFinite(number)) return;
  const tags = sealed.map((text) => seals.map((seal) => seal.open(text)).find((tag) => tag !== null) ?? null);
  if (tags.includes(null)) epochs.invalidateAll(number);
  else epochs.invalidate(tags as string[], number);
}
