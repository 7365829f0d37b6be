/**
 * How long things took, counted in buckets, as a Prometheus histogram. prom-client's own looks its labels up by sorting and
 * joining them for every value; here a value costs a look-up and two additions, because each request has several.
 */
export interface Durations {
  /** @param first Of the labels, in their order. */
  observe(ms: number, first: string, second: string, third?: string): void;
  /** In the text format of Prometheus, in seconds. */
  read(): string;
}

interface Series {
  readonly labels: string;
  /** Values up to each bound and above the one before; one more for those above all. */
  readonly counts: Float64Array;
  sum: number;
}

const BOUNDS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createDurations(metric: {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}): Durations {
  const { name, help, labelNames } = metric;
  const known = new Map<string, Series>();
  return {
    observe(ms, first, second, third = '') {
      const key = `${first}\n${second}\n${third}`;
      let series = known.get(key);
      if (!series) {
        series = {
          labels: writeLabels(labelNames, [first, second, third]),
          counts: new Float64Array(BOUNDS_SECONDS.length + 1),
          sum: 0,
        };
        known.set(key, series);
      }
      const seconds = ms / 1000;
      const bucket = bucketOf(seconds);
      series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
      series.sum += seconds;
    },
    read: () =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} histogram`,
        ...[...known.values()].flatMap((series) => writeSeries(name, series)),
        '',
      ].join('\n'),
  };
}

function bucketOf(seconds: number): number {
  let bucket = 0;
  while (bucket < BOUNDS_SECONDS.length && seconds > (BOUNDS_SECONDS[bucket] ?? 0)) bucket++;
  return bucket;
}

const writeLabels = (names: readonly string[], values: readonly string[]): string =>
  names.map((name, index) => `${name}="${escaped(values[index] ?? '')}"`).join(',');

const escaped = (value: string): string =>
  value.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));

function writeSeries(name: string, { labels, counts, sum }: Series): string[] {
  let total = 0;
  const lines = [...counts].map((count, index) => {
    total += count;
    return `${name}_bucket{${labels},le="${BOUNDS_SECONDS[index] ?? '+Inf'}"} ${total}`;
  });
  return [...lines, `${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${total}`];
}
