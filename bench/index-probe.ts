import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into a subgraph by the population bench alone (`--import`): on SIGUSR2 it tells the longest stall since the last
// time and what memory is left after a collection of garbage, whose own stall counts for nobody. On a busy machine a
// stall is mostly other processes' turn: `stallCpuMs` bounds what the process itself did without a turn of its loop.
const EVERY_MS = 5;
const delay = monitorEventLoopDelay({ resolution: EVERY_MS });
delay.enable();
let before = process.cpuUsage();
let stallCpuMs = 0;
setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  stallCpuMs = Math.max(stallCpuMs, (user + system) / 1000);
  before = process.cpuUsage();
}, EVERY_MS).unref();
process.on('SIGUSR2', () => {
  const stalls = { stallMs: delay.max / 1e6, stallCpuMs };
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  setTimeout(() => {
    delay.reset();
    stallCpuMs = 0;
    console.log(JSON.stringify({ probe: { heapUsed, rss, external, ...stalls } }));
  }, 50);
});
