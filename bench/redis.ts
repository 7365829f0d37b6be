import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { freePort, OTHER_CORE, type Running, start } from './processes.js';

/** What runs beside a contestant, on the other core. */
export interface Companion {
  /** What the contestant has to know of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly processes: readonly Running[];
}

const START_DEADLINE_MS = 10_000;

/** A Redis of the contestant's own, with nothing kept on disk. @throws Error where it does not start. */
export async function openRedis(folder: string): Promise<Companion> {
  const port = await freePort();
  return { env: toEnv(`redis://127.0.0.1:${port}`), processes: [await startServer(port, folder)] };
}

/** The same as a Redis Cluster of three masters. @throws Error where they do not find each other. */
export async function openRedisCluster(folder: string): Promise<Companion> {
  const ports = [await freePort(), await freePort(), await freePort()];
  const processes: Running[] = [];
  for (const port of ports) {
    const cluster = ['--cluster-enabled', 'yes', '--cluster-config-file', `nodes-${port}.conf`];
    processes.push(await startServer(port, folder, [...cluster, '--cluster-port', String(await freePort())]));
  }
  const nodes = ports.map((port) => `127.0.0.1:${port}`);
  const { status, stdout } = spawnSync('redis-cli', ['--cluster', 'create', ...nodes, '--cluster-yes']);
  if (status !== 0) {
    for (const process of processes) await process.stop();
    throw new Error(`no cluster: ${stdout}`);
  }
  return { env: toEnv(`redis-cluster://${nodes[0]}`), processes };
}

const toEnv = (url: string) => ({ REDIS_URL: url, CACHE_KEYS: randomBytes(32).toString('base64') });

async function startServer(port: number, folder: string, further: readonly string[] = []): Promise<Running> {
  const listening = ['--port', String(port), '--bind', '127.0.0.1'];
  const volatile = ['--dir', folder, '--save', '', '--appendonly', 'no'];
  const server = start({ file: 'redis-server', args: [...listening, ...volatile, ...further] }, OTHER_CORE);
  for (const endsAt = Date.now() + START_DEADLINE_MS; Date.now() < endsAt && !server.hasEnded(); ) {
    if (await answers(port)) return server;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await server.stop();
  throw new Error(`redis-server does not answer: ${server.lastWords().trim().split('\n').at(-1)}`);
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => socket.end());
    socket.once('error', () => resolve(false));
    socket.once('close', (hadError) => resolve(!hadError));
  });
