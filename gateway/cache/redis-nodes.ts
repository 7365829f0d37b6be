import type { RedisAddress, RedisTarget } from '../../lib/redis-target.js';
import { createRedisLink, type RedisLink } from './redis-link.js';
import { CLUSTER_SLOTS, slotOf } from './redis-slot.js';

/** The nodes of a shared store, by key. */
export interface RedisNodes {
  /** @returns The connection to the node that holds the key; `null` where none is known. */
  linkOf(key: string): RedisLink | null;
  /** What a node refused may mean that keys have moved. */
  onRefused(error: Error): void;
  close(): void;
}

export interface RedisNodesParts {
  readonly target: RedisTarget;
  readonly deadlineMs: number;
  readonly onState: (state: 'up' | 'down') => void;
}

export const openRedisNodes = (parts: RedisNodesParts): RedisNodes =>
  parts.target.isCluster ? createClusterNodes(parts) : createSingleNode(parts);

function createSingleNode({ target, deadlineMs, onState }: RedisNodesParts): RedisNodes {
  const [address] = target.addresses;
  if (!address) throw new TypeError('A shared store needs an address.');
  const link = createRedisLink({ address, access: target.access, deadlineMs, onState });
  return { linkOf: () => link, onRefused: () => undefined, close: link.close };
}

/** How often the nodes are looked at: after a failure it takes this long at most until the new one is asked. */
const LOOK_MS = 500;
/** How often they are asked for the slots even where nothing is wrong. */
const LOOKS_BETWEEN = 60;

/**
 * One connection to each master of a Redis Cluster, by the slots that any node knows. Redirections are not followed: a
 * key that has moved is a miss, and the slots are read again.
 */
function createClusterNodes({ target, deadlineMs, onState }: RedisNodesParts): RedisNodes {
  const links = new Map<string, RedisLink>();
  const bySlot: (RedisLink | undefined)[] = new Array(CLUSTER_SLOTS);
  let isOutdated = true;
  let looks = 0;
  const onLinkState = (state: 'up' | 'down') => {
    onState(state);
    if (state === 'up' && isOutdated) void read();
  };
  const linkTo = (address: RedisAddress): RedisLink => {
    const name = nameOf(address);
    const known = links.get(name);
    if (known) return known;
    const link = createRedisLink({ address, access: target.access, deadlineMs, onState: onLinkState });
    links.set(name, link);
    return link;
  };
  const seeds = target.addresses.map(linkTo);
  const read = async (): Promise<void> => {
    const [link] = [...links.values()].filter((candidate) => candidate.isReady());
    const replies = await link?.run([['cluster', 'slots']]);
    const ranges = link && Array.isArray(replies) ? readRanges(replies[0], link.address) : null;
    if (!ranges) return;
    isOutdated = false;
    for (const { from, to, address } of ranges) bySlot.fill(linkTo(address), from, to + 1);
    const used = new Set([...bySlot, ...seeds]);
    for (const [name, known] of links) {
      if (used.has(known)) continue;
      known.close();
      links.delete(name);
    }
  };
  const timer = setInterval(() => {
    looks += 1;
    const isWrong = isOutdated || [...links.values()].some((link) => !link.isReady());
    if (isWrong || looks % LOOKS_BETWEEN === 0) void read();
  }, LOOK_MS);
  timer.unref();
  return {
    linkOf: (key) => bySlot[slotOf(key)] ?? null,
    onRefused({ message }) {
      if (/^(MOVED|ASK|CLUSTERDOWN|READONLY|TRYAGAIN)/.test(message)) isOutdated = true;
    },
    close() {
      clearInterval(timer);
      for (const link of links.values()) link.close();
    },
  };
}

const nameOf = ({ host, port }: RedisAddress): string => `${host} ${port}`;

interface Range {
  readonly from: number;
  readonly to: number;
  readonly address: RedisAddress;
}

/** @returns Who is master of which slots; `null` where the reply is none. A node without a name is the one asked. */
function readRanges(reply: unknown, asked: RedisAddress): Range[] | null {
  if (!Array.isArray(reply)) return null;
  const ranges: Range[] = [];
  for (const range of reply as unknown[]) {
    const [from, to, master] = Array.isArray(range) ? (range as unknown[]) : [];
    const [host, port] = Array.isArray(master) ? (master as unknown[]) : [];
    if (!isSlot(from) || !isSlot(to) || typeof port !== 'number') return null;
    const name = typeof host === 'string' && host !== '' && host !== '?' ? host : asked.host;
    ranges.push({ from, to, address: { host: name, port } });
  }
  return ranges;
}

const isSlot = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) < CLUSTER_SLOTS;
