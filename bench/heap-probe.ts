import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded into the gateway by the soak run alone (`--import`): on SIGUSR2 it collects garbage and tells what is left.
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const stallMs = delay.max / 1e6;
  delay.reset();
  console.log(JSON.stringify({ probe: { heapUsed, rss, external, stallMs } }));
});
