import { describe, expect, it } from '@jest/globals';
import { createOverrides } from '../../../../gateway/plan/overrides.js';

const requests = Array.from({ length: 2000 }, (_, index) => `request ${index}`);

describe('labels of @override', () => {
  it('count for their share of requests, the same ones each time', () => {
    const decide = createOverrides(['percent(25)'], new Set());
    const chosen = requests.filter((id) => decide(id).length > 0);
    expect(chosen.length / requests.length).toBeCloseTo(0.25, 1);
    expect(requests.filter((id) => decide(id).length > 0)).toEqual(chosen);
  });

  it('with a smaller share count only where a larger one does', () => {
    const decide = createOverrides(['percent(10)', 'percent(50)'], new Set());
    for (const labels of requests.map(decide))
      if (labels.includes('percent(10)')) expect(labels).toContain('percent(50)');
  });

  it.each([
    ['percent(0)', []],
    ['percent(100)', ['percent(100)']],
    ['unknown', []],
    ['on', ['on']],
  ])('%s counts as %j', (label, expected) => {
    expect(createOverrides([label], new Set(['on']))('any')).toEqual(expected);
  });
});
