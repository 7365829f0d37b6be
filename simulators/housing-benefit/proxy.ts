import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Fault } from '../control.js';
import { joinSession, type Session, type SessionParts } from './session.js';

export interface Proxy {
  /** @returns The port; 0 takes a free one. */
  listen(port: number): Promise<number>;
  /** To be told of each change: what the fault cuts off is cut off now. */
  follow(fault: Fault): void;
  close(): Promise<void>;
}

/** Of a server; a `host` that begins with a slash is the folder of its socket. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Stands between adapters and the server: bytes go through as they are. One call is what a client sends from rest until
 * the server is at rest again outside a transaction; connecting and logging in is none.
 */
export function createProxy(address: Address, parts: SessionParts): Proxy {
  const sessions = new Set<Session>();
  // Small pieces must not wait for each other: that would be a latency nobody asked for.
  const server = createServer({ noDelay: true }, (client) => {
    if (isShut(parts.fault())) {
      client.resetAndDestroy();
      return;
    }
    const session = joinSession(client, connectTo(address), parts);
    sessions.add(session);
    client.once('close', () => sessions.delete(session));
  });
  return {
    async listen(port) {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    },
    follow(fault) {
      for (const session of sessions) if (isShut(fault) || session.isMuted()) session.cut();
    },
    async close() {
      for (const session of sessions) session.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const isShut = (fault: Fault): boolean => fault.down || fault.error === 'refuse';

const connectTo = ({ host, port }: Address): Socket =>
  host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect({ port, host, noDelay: true });
