import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into a subgraph by the population bench alone (`--import`): on SIGUSR2 it tells the longest stall since the last
// time and what memory is left after a collection of garbage, whose own stall counts for nobody.
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('SIGUSR2', () => {
  const stallMs = delay.max / 1e6;
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  setTimeout(() => {
    delay.reset();
    console.log(JSON.stringify({ probe: { heapUsed, rss, external, stallMs } }));
  }, 50);
});
