import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';

/** A real redis-server on loopback, with nothing kept on disk. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** A connection of the test's own; closed with the server. */
  readonly client: Redis;
  /** SIGKILL; the port stays its own for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  /** Stops the process without ending it: connections are accepted and nothing is answered. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** @param args Further ones of `redis-server`. */
export async function startRedis(args: readonly string[] = [], password?: string): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'fachverbund-redis-'));
  const port = await findFreePort();
  const own = ['--requirepass', password ?? ''];
  const launch = () => launchServer(port, folder, [...(password ? own : []), ...args]);
  let server = launch();
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, ...(password && { password }) });
  client.on('error', () => undefined);
  await answers(client);
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid ?? 0;
    },
    client,
    kill,
    async restart() {
      await kill();
      server = launch();
      await answers(client);
    },
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
    async close() {
      client.disconnect();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Three masters of one Redis Cluster, all slots served. */
export interface TestCluster {
  /** As REDIS_URL takes it. */
  readonly url: string;
  readonly nodes: readonly TestRedis[];
  close(): Promise<void>;
}

const SLOTS = 16_384;

export async function startRedisCluster(): Promise<TestCluster> {
  const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--cluster-config-file', 'nodes.conf'];
  const nodes = await Promise.all([0, 1, 2].map(() => startRedis(args)));
  const [first] = nodes;
  await Promise.all(
    nodes.map(async ({ client, port }, index) => {
      const [from, to] = [index, index + 1].map((step) => Math.floor((SLOTS * step) / nodes.length));
      await client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? 0) - 1));
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
      if (index > 0) await first?.client.call('CLUSTER', 'MEET', '127.0.0.1', String(port));
    }),
  );
  await Promise.all(
    nodes.map(({ client }) =>
      eventually(async () => {
        const info = String(await client.call('CLUSTER', 'INFO'));
        if (!info.includes('cluster_state:ok') || !info.includes('cluster_known_nodes:3')) throw new Error(info);
      }, 20_000),
    ),
  );
  return {
    url: `redis-cluster://127.0.0.1:${first?.port},redis-cluster://127.0.0.1:${nodes[1]?.port}`,
    nodes,
    close: async () => void (await Promise.all(nodes.map((node) => node.close()))),
  };
}

function launchServer(port: number, folder: string, args: readonly string[]): ChildProcess {
  const fixed = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    '--enable-debug-command',
    'local',
  ];
  return spawn('redis-server', [...fixed, ...args], { stdio: 'ignore' });
}

const answers = (client: Redis) => eventually(async () => void (await client.ping()), 10_000);

/** A port whose bus port, 10,000 above, exists as well. */
async function findFreePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    if (typeof address === 'object' && address && address.port < 55_000) return address.port;
  }
}
