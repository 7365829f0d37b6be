import { randomUUID } from 'node:crypto';
import type { RedisAddress } from '../../lib/redis-target.js';
import { type Confirmation, SILENCE_MS } from './bus-confirmation.js';
import { CHANNEL, isBelievable, type Piece, readMessage, readPieces, SET, sealPieces } from './bus-message.js';
import { type Numbers, runOnSet } from './bus-numbers.js';
import { BEAT, LOAD } from './bus-scripts.js';
import type { Epochs } from './epochs.js';
import type { RedisBusParts } from './redis-bus.js';
import type { RedisLink } from './redis-link.js';
import { type Listener, openListener } from './redis-listener.js';
import type { Vault } from './vault.js';

export interface SessionParts extends Omit<RedisBusParts, 'longestLifetimeMs'> {
  readonly numbers: Numbers;
  readonly link: Confirmation;
  /** Whoever told something has no secret of ours, or we none of theirs. */
  readonly onForged: () => void;
}

/** One stay on one node. */
interface Stay {
  readonly listener: Listener;
  readonly beganAt: number;
  /** What was heard before it was known what was missed. */
  readonly early: Piece[];
  isLoaded: boolean;
}

/** One stay after the other: subscribed, then told of what was missed, then alive. */
export function createSession({ nodes, access, vault, epochs, onEvent, numbers, link, onForged }: SessionParts) {
  const own = `${SET}:beat:${randomUUID()}`;
  let stay: Stay | null = null;
  /** Everything up to this number is known. */
  let knownUpTo = 0;
  let isBusy = false;
  let isClosed = false;
  const leave = () => {
    stay?.listener.close();
    stay = null;
    link.leave();
  };
  const onTold = (text: string, now: Stay): void => {
    const pieces = readMessage(vault, text);
    if (!pieces) {
      // What is told with a secret that is not known here may be about anything.
      onForged();
      if (now.isLoaded) epochs.invalidateAll(epochs.watermark() + 1);
      else leave();
    } else if (now.isLoaded) {
      knownUpTo = apply(pieces, epochs, knownUpTo);
      const tags = pieces.filter(({ tag }) => tag !== null).length;
      if (tags > 0) onEvent({ kind: 'invalidated', tags, from: 'elsewhere' });
    } else now.early.push(...pieces);
  };
  const onMessage = (channel: string, text: string): void => {
    if (channel === own) link.hear(text);
    else if (stay) onTold(text, stay);
  };
  const load = async (now: Stay): Promise<void> => {
    const missed = await readMissed({ vault, numbers, onForged, knownUpTo });
    if (!missed || now !== stay) return;
    const { number, floor, pieces } = missed;
    if (floor > knownUpTo) epochs.invalidateAll(floor);
    apply(pieces, epochs, 0);
    epochs.begin(number);
    const isLater = (piece: Piece) => piece.number > number;
    knownUpTo = apply(now.early.filter(isLater), epochs, number);
    now.isLoaded = true;
  };
  const settle = async (node: RedisLink): Promise<void> => {
    if (stay && (!isSame(stay.listener.address, node.address) || stay.listener.hasEnded() || isSilent(stay))) leave();
    if (!stay) {
      const listener = await openListener({ address: node.address, access, channels: [CHANNEL, own], onMessage });
      if (isClosed) listener?.close();
      else if (listener) stay = { listener, beganAt: performance.now(), early: [], isLoaded: false };
    }
    if (stay && !stay.isLoaded) await load(stay);
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
      if (stay?.isLoaded) await runOnSet(nodes, ['eval', BEAT, 1, SET, own, link.send()]);
      isBusy = false;
    },
    close() {
      isClosed = true;
      leave();
    },
  };
}

const isSame = (one: RedisAddress, other: RedisAddress): boolean => one.host === other.host && one.port === other.port;

/** A set with more members than this was not written by us. */
const MOST_MEMBERS = 12_000;

interface Missed {
  /** Up to this everything is known now. */
  readonly number: number;
  /** Everything up to this counts as invalidated. */
  readonly floor: number;
  readonly pieces: readonly Piece[];
}

interface MissedParts extends Pick<SessionParts, 'numbers' | 'onForged'> {
  readonly vault: Vault;
  readonly knownUpTo: number;
}

/** What Redis remembers is given up where it is none of ours: then it is not known what was missed. */
async function readMissed(parts: MissedParts, isAnew: 0 | 1 = 0): Promise<Missed | null> {
  const { vault, numbers, onForged, knownUpTo } = parts;
  const answered = await numbers.ask((number, mustGiveUp) => {
    const [mark = ''] = sealPieces(vault, number, [null]);
    return ['eval', LOAD, 1, SET, CHANNEL, number, mustGiveUp, knownUpTo, MOST_MEMBERS, mark];
  }, isAnew);
  if (!answered) return null;
  const [floor, ...members] = answered.reply;
  const sealed = members.filter((member) => !member.startsWith('!'));
  const pieces = readPieces(vault, sealed);
  if (pieces && isBelievable(Number(floor))) return { number: answered.number, floor: Number(floor), pieces };
  onForged();
  return isAnew ? null : readMissed(parts, 1);
}

/** @returns The highest of their numbers and `before`. */
function apply(pieces: readonly Piece[], epochs: Epochs, before: number): number {
  const byNumber = new Map<number, string[]>();
  for (const { number, tag } of pieces) {
    const tags = byNumber.get(number) ?? [];
    if (tag !== null) tags.push(tag);
    byNumber.set(number, tags);
  }
  for (const [number, tags] of byNumber) {
    if (tags.length > 0) epochs.invalidate(tags, number);
    else epochs.advance(number);
  }
  return [...byNumber.keys()].reduce((one, other) => Math.max(one, other), before);
}
