import { describe, expect, it } from '@jest/globals';
import { fitLine } from '../../../bench/fit-line.js';

describe('fitLine', () => {
  it('finds the slope of a line without error', () => {
    const { slope, slopeError } = fitLine([0, 1, 2, 3].map((x) => ({ x, y: 2 * x + 1 })));
    expect(slope).toBeCloseTo(2);
    expect(slopeError).toBeCloseTo(0);
  });

  it('is unsure of the slope of noise', () => {
    const noise = [5, 1, 4, 2, 5, 1].map((y, x) => ({ x, y }));
    const { slope, slopeError } = fitLine(noise);
    expect(Math.abs(slope)).toBeLessThan(2 * slopeError);
  });
});
