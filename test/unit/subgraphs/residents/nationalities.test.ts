import { describe, expect, it } from '@jest/globals';
import { NATIONALITIES } from '../../../../subgraphs/residents/nationalities.js';

describe('NATIONALITIES', () => {
  it('has three digits for each, and two letters', () => {
    for (const [code, iso] of Object.entries(NATIONALITIES)) expect(`${code} ${iso}`).toMatch(/^\d{3} [A-Z]{2}$/);
  });

  it('has no country twice, and as many as there are states', () => {
    const countries = Object.values(NATIONALITIES);
    expect(new Set(countries).size).toBe(countries.length);
    expect(countries.length).toBeGreaterThan(195);
  });

  it.each([
    ['000', 'DE'],
    ['163', 'TR'],
    ['475', 'SY'],
    ['150', 'XK'],
    ['997', 'XA'],
  ])('%s is %s', (code, iso) => {
    expect(NATIONALITIES[code]).toBe(iso);
  });
});
