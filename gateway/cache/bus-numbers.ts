import { readPieces, SET } from './bus-message.js';
import type { Epochs } from './epochs.js';
import type { Command } from './redis-link.js';
import type { RedisNodes } from './redis-nodes.js';
import type { Vault } from './vault.js';

/** Asks in Redis with numbers of this process. */
export interface Numbers {
  /**
   * @param toCommand Of a number that is higher than all that are known here, and whether the set is to be given up.
   * @returns What was answered after `done`; `null` where that cannot be had now.
   */
  ask(toCommand: (number: number, isAnew: 0 | 1) => Command, isAnew?: 0 | 1): Promise<Answered | null>;
}

export interface Answered {
  readonly number: number;
  readonly reply: readonly string[];
}

export interface NumbersParts {
  readonly nodes: RedisNodes;
  readonly vault: Vault;
  readonly epochs: Epochs;
  /** Something in Redis is none of ours. */
  readonly onForged: () => void;
}

/** Somebody else is ahead only where clocks differ, and for a moment. */
const MOST_ATTEMPTS = 8;

/** Numbers are those of the clock, always rising: nobody can lift them but who has the secrets. */
export function createNumbers({ nodes, vault, epochs, onForged }: NumbersParts): Numbers {
  let given = 0;
  const next = (above: number): number => {
    given = Math.max(Date.now() * 1000, epochs.watermark() + 1, given + 1, above + 1);
    return given;
  };
  return {
    async ask(toCommand, isAnew = 0) {
      let above = 0;
      let mustGiveUp = isAnew;
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        const number = next(above);
        const found = await runOnSet(nodes, toCommand(number, mustGiveUp));
        const [word, ...reply] = Array.isArray(found) ? found.map(String) : [];
        if (word === 'done') return { number, reply };
        if (word !== 'taken') return null;
        const [member = '', score] = reply;
        const [piece] = readPieces(vault, [member.replace(/^!given /, '')]) ?? [];
        const isOurs = piece?.number === Number(score);
        if (isOurs) above = piece.number;
        else onForged();
        mustGiveUp = isOurs ? 0 : 1;
      }
      return null;
    },
  };
}

/** @returns The reply of the node that holds the set, `null` where there is none. */
export async function runOnSet(nodes: RedisNodes, command: Command): Promise<unknown> {
  const replies = await nodes.linkOf(SET)?.run([command]);
  if (!Array.isArray(replies)) return null;
  const [reply] = replies as readonly unknown[];
  if (!(reply instanceof Error)) return reply;
  nodes.onRefused(reply);
  return null;
}
