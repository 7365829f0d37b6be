import type { Running } from './processes.js';

/** What was looked for in caches and found fresh there, by the name of the cache. */
export type CacheReads = Readonly<Record<string, { readonly found: number; readonly all: number }>>;

const LINE = /^fachverbund_cache_reads_total\{(.*)\} (\d+)$/gm;

/** Asks every process for its metrics; who has none has read nothing. */
export async function readCaches(processes: readonly Running[]): Promise<CacheReads> {
  const texts = await Promise.all(processes.map(readMetrics));
  return parseReads(texts.join('\n'));
}

/** @param text In the Prometheus format, of any number of processes. */
export function parseReads(text: string): CacheReads {
  const reads: Record<string, { found: number; all: number }> = {};
  for (const [, labels = '', count = ''] of text.matchAll(LINE)) {
    const [, cache = ''] = /cache="(\w+)"/.exec(labels) ?? [];
    const of = reads[cache] ?? { found: 0, all: 0 };
    of.all += Number(count);
    if (labels.includes('outcome="hit"')) of.found += Number(count);
    reads[cache] = of;
  }
  return reads;
}

/** @returns Share of what was found between two readings, by cache; without those that nobody looked into. */
export function shareFound(before: CacheReads, after: CacheReads): Readonly<Record<string, number>> {
  const shares = Object.entries(after).flatMap(([cache, { found, all }]) => {
    const earlier = before[cache] ?? { found: 0, all: 0 };
    return all > earlier.all ? [[cache, (found - earlier.found) / (all - earlier.all)]] : [];
  });
  return Object.fromEntries(shares);
}

/** The gateway prints where its operators' port is; others do not. */
async function readMetrics(process: Running): Promise<string> {
  const [, adminUrl] = /"adminUrl":"([^"]+)"/.exec(process.lastWords()) ?? [];
  return adminUrl === undefined ? '' : (await fetch(`${adminUrl}/metrics`)).text();
}
