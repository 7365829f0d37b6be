import type { Round } from './measure.js';

/** A contestant's rounds in one scenario, or why it has none. */
export interface Row {
  readonly contestant: string;
  readonly rounds: readonly Round[];
  /** Time of the first request of the operation in a fresh process, ms. */
  readonly firstMs: number | null;
  readonly problem: string | null;
}

export interface Section {
  readonly scenario: string;
  readonly about: string;
  readonly rows: readonly Row[];
}

const HEAD = [
  'contestant',
  'requests/s',
  'spread',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms/request',
  'RSS MB',
  'subgraph requests',
  'found in caches',
  'first ms',
  'other core',
];

/** One scenario as a Markdown table; every number is the median of its rounds. */
export function toMarkdown({ scenario, about, rows }: Section): string {
  const bytes = rows.flatMap(({ rounds }) => rounds.map(({ answerBytes }) => answerBytes));
  const size = bytes.length > 0 ? `, answer of ${Math.round(median(bytes) / 100) / 10} KB` : '';
  const lines = [HEAD, HEAD.map((_, index) => (index === 0 ? '---' : '--:')), ...rows.map(toCells)];
  return `### ${scenario}: ${about}${size}\n\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function toCells({ contestant, rounds, firstMs, problem }: Row): string[] {
  if (problem !== null) return [contestant, `not measured: ${problem.replaceAll(/[|\n]/g, ' ')}`];
  const of = (read: (round: Round) => number) => median(rounds.map(read));
  const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
  return [
    failures > 0 ? `${contestant} (${failures} answers failed)` : contestant,
    String(Math.round(of(({ perSecond }) => perSecond))),
    `${Math.round(spread(rounds.map(({ perSecond }) => perSecond)) * 100)} %`,
    of(({ p50Ms }) => p50Ms).toFixed(1),
    of(({ p95Ms }) => p95Ms).toFixed(1),
    of(({ p99Ms }) => p99Ms).toFixed(1),
    of(({ cpuMsPerRequest }) => cpuMsPerRequest).toFixed(3),
    String(Math.round(of(({ rssBytes }) => rssBytes) / 2 ** 20)),
    of((round) => round.subgraphRequestsPerRequest).toFixed(2),
    toShares(rounds),
    firstMs === null ? '' : firstMs.toFixed(0),
    `${Math.round(of(({ otherCore }) => otherCore) * 100)} %`,
  ];
}

/** Of each cache that was looked into. */
function toShares(rounds: readonly Round[]): string {
  const caches = new Set(rounds.flatMap(({ found }) => Object.keys(found)));
  const shareOf = (cache: string) => median(rounds.flatMap(({ found }) => found[cache] ?? []));
  return [...caches].map((cache) => `${cache} ${Math.round(shareOf(cache) * 100)} %`).join(', ');
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Distance of the best from the worst round, as a share of the median. */
export const spread = (numbers: readonly number[]): number =>
  (Math.max(...numbers) - Math.min(...numbers)) / median(numbers);
