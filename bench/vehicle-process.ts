import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createGatewayKey, type GatewayKey } from '../test/support/gateway-key.js';

/** A vehicles subgraph of its own over an export folder, with the probe of `index-probe.ts` in it. */
export interface VehicleProcess {
  readonly url: string;
  /** With which it is asked. */
  readonly key: GatewayKey;
  readonly msToStart: number;
  probe(): Promise<Probe>;
  /** @returns When the next export has been taken over. */
  takesOver(): Promise<void>;
  stop(): Promise<void>;
}

/** Bytes after a collection of garbage; longest stall of the event loop since the last probe. */
export interface Probe {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
  readonly stallMs: number;
  /** Longest stretch of the process's own work in it, processor time. */
  readonly stallCpuMs: number;
}

const DEADLINE_MS = 120_000;

export async function startVehicleProcess(env: Readonly<Record<string, string>>): Promise<VehicleProcess> {
  const main = new URL('../subgraphs/main.js', import.meta.url).pathname;
  const probe = new URL('index-probe.js', import.meta.url).href;
  const key = createGatewayKey();
  const started = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '--import', probe, main, 'vehicles'], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      ...key.env,
      VEHICLES_LINK_KEY: 'a key of the bench that is long enough to be one',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const next = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The subgraph did not write ${text}`)), DEADLINE_MS);
      const look = (line: string) => {
        if (!line.includes(text)) return;
        clearTimeout(timer);
        lines.off('line', look);
        resolve(line);
      };
      lines.on('line', look);
    });
  const { ready } = JSON.parse(await next('{"ready":')) as { ready: string };
  const msToStart = performance.now() - started;
  return {
    url: ready,
    key,
    msToStart,
    async probe() {
      const line = next('{"probe":');
      child.kill('SIGUSR2');
      return (JSON.parse(await line) as { probe: Probe }).probe;
    },
    takesOver: async () => void (await next('vehicle export taken over')),
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
