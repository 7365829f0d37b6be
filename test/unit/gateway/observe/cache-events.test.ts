import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../../../gateway/observe/metrics.js';

const docs = readFileSync(new URL('../../../../docs/caches.md', import.meta.url), 'utf8');
const namesIn = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];

describe('metrics of the caches', () => {
  it('are those of docs/caches.md', async () => {
    const metrics = createMetrics(() => 0);
    metrics.watchMemory(() => 0);
    const { text } = await metrics.read();
    const table = docs
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .join('\n');
    const own = namesIn(text, /^# TYPE (fachverbund_cache_\w+)/gm);
    expect(own.length).toBeGreaterThan(5);
    expect(namesIn(table, /`(fachverbund_cache_\w+)`/g).sort()).toEqual(own.sort());
  });

  it('say which cache a store failed', async () => {
    const metrics = createMetrics(() => 0);
    metrics.onCache({ kind: 'store-failed', cache: 'entities', reason: 'timeout' });
    expect((await metrics.read()).text).toContain(
      'fachverbund_cache_store_failures_total{cache="entities",reason="timeout"} 1',
    );
  });
});
