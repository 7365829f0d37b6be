import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface SlowReaderRules {
  /** How long a client may take for `leastBytes`. */
  readonly patienceMs: number;
  /** What it must have taken of an answer in that time, so that it may go on. */
  readonly leastBytes: number;
  readonly now?: () => number;
}

/**
 * Lets clients go that ask and do not read: an answer that nobody takes would stay in memory for as long as they like.
 * Looks at the open connections once a second, so that a request costs nothing.
 */
export function endSlowReaders(server: Server, { patienceMs, leastBytes, now = Date.now }: SlowReaderRules): void {
  const waiting = new Map<Socket, { readonly since: number; readonly bytes: number }>();
  const sockets = new Set<Socket>();
  const look = (socket: Socket): void => {
    const bytes = socket.writableLength;
    const known = waiting.get(socket);
    if (bytes === 0) waiting.delete(socket);
    else if (!known || known.bytes - bytes >= leastBytes) waiting.set(socket, { since: now(), bytes });
    else if (now() - known.since >= patienceMs) socket.destroy();
  };
  const timer = setInterval(() => sockets.forEach(look), 1000).unref();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      waiting.delete(socket);
    });
  });
  server.once('close', () => clearInterval(timer));
}
