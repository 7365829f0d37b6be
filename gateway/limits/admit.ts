import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import type { Identify } from '../identity/identify.js';
import { clientOf } from './client.js';
import type { Rate } from './rate.js';

/**
 * Finds out who asks and charges them one request, once however often it is asked about the same one.
 *
 * @returns `null`: nobody signed in.
 * @throws AppError as `Identify`, or `RATE_LIMITED`.
 */
export type Admit = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => Promise<Caller | null>;

/** @param rate `null` where nothing is counted. */
export function createAdmit(identify: Identify, rate: Rate | null): Admit {
  if (!rate) return ({ headers }) => identify(headers);
  const admitted = new WeakMap<object, Promise<Caller | null>>();
  return (request) => {
    const known = admitted.get(request);
    if (known) return known;
    const admission = admit(request, identify, rate);
    admitted.set(request, admission);
    return admission;
  };
}

async function admit(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  identify: Identify,
  rate: Rate,
): Promise<Caller | null> {
  const address = clientOf(null, socket.remoteAddress);
  // Whoever has spent their second with tokens that do not hold gets no further one judged.
  if (address !== null) rate.check(address);
  const caller = await identify(headers).catch(async (error: unknown) => {
    if (address !== null && error instanceof AppError && error.code === 'UNAUTHENTICATED') await rate.take(address);
    throw error;
  });
  const client = clientOf(caller, socket.remoteAddress);
  if (client !== null) await rate.take(client);
  return caller;
}
