import { lifetimeOf } from './entry.js';
import { decodeEntry, encodeEntry, type ValueCodec } from './entry-codec.js';
import type { CacheName, OnCacheEvent } from './events.js';
import type { Command, RedisLink } from './redis-link.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Found, Store } from './store.js';
import type { Vault } from './vault.js';

export interface RedisStoreParts {
  readonly cache: CacheName;
  readonly nodes: RedisNodes;
  readonly vault: Vault;
  readonly codec: ValueCodec<unknown>;
  readonly onEvent: OnCacheEvent;
}

/**
 * Keeps entries in Redis or Redis Cluster, sealed, under names that say nothing. The keys of one question go to each
 * node in one pipeline. A node that fails costs one deadline at most, and then nothing until it answers again.
 */
export function createRedisStore(parts: RedisStoreParts): Store {
  const { cache, vault, codec, onEvent } = parts;
  const send = createSend(parts);
  const namesOf = (key: string) => vault.namesOf(key).map((name) => `${PREFIX}${name}`);
  return {
    async read(keys) {
      const names = keys.map(namesOf);
      const replies = await send(names.flat().map((name) => ({ name, command: ['getBuffer', name] })));
      const open = (name: string) => openReply(name, replies.get(name), parts);
      return names.map((candidates) => firstOf(candidates, open));
    },
    async write(writes) {
      const commands = writes.map(({ key, entry }): Addressed => {
        const [name = ''] = namesOf(key);
        const sealed = vault.seal(name, encodeEntry(entry, codec));
        return { name, command: ['set', name, sealed, 'PX', Math.max(1, Math.ceil(lifetimeOf(entry)))] };
      });
      await send(commands);
      const bytes = commands.reduce((sum, { command }) => sum + (command[2] as Buffer).length, 0);
      onEvent({ kind: 'written', cache, count: commands.length, bytes });
    },
    async drop(keys) {
      await send(keys.flatMap(namesOf).map((name) => ({ name, command: ['del', name] })));
    },
  };
}

/** So that what is ours in a shared Redis can be told by people; nothing else is readable. */
const PREFIX = 'fachverbund:';

interface Addressed {
  readonly name: string;
  readonly command: Command;
}

/** Sends each command to the node of its name. @returns Replies by name; absent where there is none, errors too. */
function createSend({ cache, nodes, onEvent }: RedisStoreParts) {
  const refuse = (error: Error): Error => {
    nodes.onRefused(error);
    if (!error.message.startsWith('WRONGTYPE')) onEvent({ kind: 'store-failed', cache, reason: 'refused' });
    return error;
  };
  const sendTo = async (link: RedisLink, commands: readonly Addressed[], replies: Map<string, unknown>) => {
    const found = await link.run(commands.map(({ command }) => command));
    if (typeof found === 'string') return onEvent({ kind: 'store-failed', cache, reason: found });
    for (const [index, { name }] of commands.entries()) {
      const reply = found[index];
      replies.set(name, reply instanceof Error ? refuse(reply) : reply);
    }
  };
  return async (commands: readonly Addressed[]): Promise<ReadonlyMap<string, unknown>> => {
    const replies = new Map<string, unknown>();
    const byLink = new Map<RedisLink, Addressed[]>();
    for (const command of commands) {
      const link = nodes.linkOf(command.name);
      const own = link && byLink.get(link);
      if (own) own.push(command);
      else if (link) byLink.set(link, [command]);
      else onEvent({ kind: 'store-failed', cache, reason: 'offline' });
    }
    await Promise.all([...byLink].map(([link, own]) => sendTo(link, own, replies)));
    return replies;
  };
}

function openReply(name: string, reply: unknown, { vault, codec, cache, onEvent }: RedisStoreParts): Found {
  if (reply === null || reply === undefined) return null;
  if (reply instanceof Error) {
    if (reply.message.startsWith('WRONGTYPE')) onEvent({ kind: 'rejected', cache, reason: 'type' });
    return null;
  }
  const plain = Buffer.isBuffer(reply) ? vault.open(name, reply) : null;
  const entry = plain && decodeEntry(plain, codec);
  if (!entry) onEvent({ kind: 'rejected', cache, reason: plain ? 'form' : 'seal' });
  return entry;
}

function firstOf(names: readonly string[], open: (name: string) => Found): Found {
  for (const name of names) {
    const found = open(name);
    if (found) return found;
  }
  return null;
}
