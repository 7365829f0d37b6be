import { describe, expect, it } from '@jest/globals';
import { createDurations } from '../../../../gateway/observe/durations.js';

describe('durations', () => {
  it('are a histogram in the text format of Prometheus, in seconds', () => {
    const durations = createDurations({ name: 'd', help: 'How long.', labelNames: ['route', 'status'] });
    for (const ms of [0.5, 1, 3, 20_000]) durations.observe(ms, '/a', '200');
    durations.observe(1, 'quo"te\\\n', '500');
    const lines = durations.read().split('\n');
    expect(lines.slice(0, 2)).toEqual(['# HELP d How long.', '# TYPE d histogram']);
    for (const line of [
      'd_bucket{route="/a",status="200",le="0.001"} 2',
      'd_bucket{route="/a",status="200",le="0.0025"} 2',
      'd_bucket{route="/a",status="200",le="0.005"} 3',
      'd_bucket{route="/a",status="200",le="10"} 3',
      'd_bucket{route="/a",status="200",le="+Inf"} 4',
      'd_count{route="/a",status="200"} 4',
      'd_sum{route="/a",status="200"} 20.0045',
      'd_count{route="quo\\"te\\\\\\n",status="500"} 1',
    ])
      expect(lines).toContain(line);
  });
});
