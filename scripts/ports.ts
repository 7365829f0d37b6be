import { createServer } from 'node:net';

/** Below the range from which systems take ports for outgoing connections: a port found free stays free. */
const LEAST = 15_000;
const MOST = 30_000;

/** Whether a server could listen on the port of the loopback address now. */
export const isFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

/** @returns Different free ports. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = LEAST + Math.floor(Math.random() * (MOST - LEAST));
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}
