import { Worker } from 'node:worker_threads';
import type { FederationMap } from '../../lib/map/model.js';

const DEADLINE_MS = 30_000;

/** @throws Error where the drawing takes too long or fails. */
export function drawMap(map: FederationMap, title: string): Promise<string> {
  const worker = new Worker(new URL('draw-worker.js', import.meta.url), { workerData: { map, title } });
  const timer = setTimeout(() => void worker.terminate(), DEADLINE_MS);
  worker.unref();
  return new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The map was not drawn in time.')));
  }).finally(() => clearTimeout(timer));
}
