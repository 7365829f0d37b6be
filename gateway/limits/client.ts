import { isIPv6 } from 'node:net';
import type { Caller } from '../../lib/caller.js';

/**
 * Whose budget a request is charged to: somebody signed in by who they are, everybody else by their address. IPv6 hands
 * a client a whole network of 64 bits, so its first half counts.
 *
 * @returns `null` for a peer on loopback without a token: that is the operator's own proxy or probe, behind which are
 *   many people; it holds their budgets itself.
 */
export function clientOf(caller: Caller | null, address: string | undefined): string | null {
  if (caller) return `subject ${caller.subject}`;
  const network = networkOf(address ?? '');
  return network === null ? null : `address ${network}`;
}

/** @returns `null` for loopback and for a socket that is gone. */
export function networkOf(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (plain === '' || plain === '::1' || plain.startsWith('127.')) return null;
  return isIPv6(plain) ? `${firstHalf(plain)}::/64` : plain;
}

function firstHalf(address: string): string {
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tail];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
