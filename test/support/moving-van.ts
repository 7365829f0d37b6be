import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address that stands for another one, so that a running instance can move without knowing it. */
export interface Address {
  readonly port: number;
  /** Connections and pieces of requests that have come so far. */
  seen(): number;
  /** Nobody can reach the instance here any more; what is under way is cut. */
  close(): Promise<void>;
}

/** @param target Port of the instance on this machine. */
export async function openAddress(target: number): Promise<Address> {
  const sockets = new Set<Socket>();
  let seen = 0;
  const server = createServer((client) => {
    const instance = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [client, instance],
      [instance, client],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
    }
    client.on('data', (chunk) => {
      seen += 1;
      instance.write(chunk);
    });
    instance.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen: () => seen,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
