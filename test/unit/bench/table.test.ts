import { describe, expect, it } from '@jest/globals';
import type { Round } from '../../../bench/measure.js';
import { median, spread, toMarkdown } from '../../../bench/table.js';

const round = (perSecond: number): Round => ({
  perSecond,
  failures: 0,
  p50Ms: 1,
  p95Ms: 2,
  p99Ms: 3,
  cpuMsPerRequest: 0.5,
  rssBytes: 100 * 2 ** 20,
  subgraphRequestsPerRequest: 2,
  found: { entities: 0.5, responses: 0.25 },
  otherCore: 0.4,
  answerBytes: 2000,
});

describe('toMarkdown', () => {
  it('prints the median of the rounds and how far they lie apart', () => {
    const rows = [{ contestant: 'one', rounds: [round(100), round(120), round(110)], firstMs: 12, problem: null }];
    const text = toMarkdown({ scenario: 'page', about: 'a page', rows });
    expect(text).toContain('### page: a page, answer of 2 KB');
    expect(text).toContain(
      '| one | 110 | 18 % | 1.0 | 2.0 | 3.0 | 0.500 | 100 | 2.00 | entities 50 %, responses 25 % | 12 | 40 % |',
    );
  });

  it('says why a contestant has no numbers', () => {
    const rows = [{ contestant: 'one', rounds: [], firstMs: null, problem: 'did not start:\n a | b' }];
    const text = toMarkdown({ scenario: 'page', about: 'a page', rows });
    expect(text).toContain('| one | not measured: did not start:  a   b |');
  });

  it('counts failed answers beside the name', () => {
    const rows = [{ contestant: 'one', rounds: [{ ...round(100), failures: 3 }], firstMs: 12, problem: null }];
    expect(toMarkdown({ scenario: 'page', about: 'a page', rows })).toContain('| one (3 answers failed) |');
  });
});

describe('median and spread', () => {
  it.each([
    [[3, 1, 2], 2, 1],
    [[4, 4], 4, 0],
    [[10], 10, 0],
  ])('of %j', (numbers, middle, apart) => {
    expect(median(numbers)).toBe(middle);
    expect(spread(numbers)).toBeCloseTo(apart);
  });
});
