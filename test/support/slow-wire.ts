import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A way to a port on loopback on which replies can be made late. */
export interface SlowWire {
  readonly port: number;
  /** How long every reply from now on is under way, ms; in their order all the same. */
  slow(delayMs: number): void;
  close(): Promise<void>;
}

export async function startSlowWire(target: number): Promise<SlowWire> {
  let delayMs = 0;
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    let before = Promise.resolve();
    const inTurn = (act: () => void): void => {
      const due = delayMs === 0 ? before : Promise.all([before, delay(delayMs, undefined, { ref: false })]);
      before = due.then(act);
    };
    near.on('data', (bytes: Buffer) => far.write(bytes));
    far.on('data', (bytes: Buffer) => inTurn(() => near.write(bytes)));
    near.on('close', () => far.destroy());
    far.on('close', () => inTurn(() => near.destroy()));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    slow(next) {
      delayMs = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
