import { describe, expect, it } from '@jest/globals';
import { parseReads, shareFound } from '../../../bench/cache-reads.js';

const METRICS = `# TYPE fachverbund_cache_reads_total counter
fachverbund_cache_reads_total{cache="entities",subgraph="reviews",outcome="hit"} 30
fachverbund_cache_reads_total{cache="entities",subgraph="reviews",outcome="miss"} 50
fachverbund_cache_reads_total{cache="entities",subgraph="stock",outcome="stale"} 20
fachverbund_cache_reads_total{cache="responses",subgraph="",outcome="miss"} 7
fachverbund_cache_kept_total{cache="entities",subgraph="reviews"} 900
`;

describe('parseReads', () => {
  it('adds up what was looked for in each cache; what was past its time was not found', () => {
    expect(parseReads(METRICS)).toEqual({ entities: { found: 30, all: 100 }, responses: { found: 0, all: 7 } });
  });

  it('adds up several processes', () => {
    expect(parseReads(METRICS + METRICS)).toMatchObject({ entities: { found: 60, all: 200 } });
  });

  it('finds nothing where nothing is counted', () => expect(parseReads('')).toEqual({}));
});

describe('shareFound', () => {
  it('counts what happened between two readings, and no cache that nobody looked into', () => {
    const before = { entities: { found: 30, all: 100 }, responses: { found: 0, all: 7 } };
    const after = { entities: { found: 80, all: 200 }, responses: { found: 0, all: 7 } };
    expect(shareFound(before, after)).toEqual({ entities: 0.5 });
  });

  it('takes a cache that was not there before as unread', () => {
    expect(shareFound({}, { entities: { found: 1, all: 4 } })).toEqual({ entities: 0.25 });
  });
});
