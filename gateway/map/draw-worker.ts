import { parentPort, workerData } from 'node:worker_threads';
import { toDrawing } from '../../lib/map/boxes.js';
import { drawSvg } from '../../lib/map/draw.js';
import type { FederationMap } from '../../lib/map/model.js';

/** Draws in a thread of its own: laying out takes some hundred milliseconds in which nothing else would be answered. */
const { map, title } = workerData as { readonly map: FederationMap; readonly title: string };
parentPort?.postMessage(await drawSvg(toDrawing(map), title));
