import { describe, expect, it } from '@jest/globals';
import { createNumbers } from '../../../simulators/world-numbers.js';

const take = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

describe('numbers of the simulated world', () => {
  it.each([['HOM'], ['SB'], ['L']])('never give a plate of %s twice, to people or companies', (code) => {
    const people = createNumbers('people');
    const companies = createNumbers('companies');
    const plates = [...take(20_000, () => people.plate(code)), ...take(2_000, () => companies.plate(code))];
    expect(new Set(plates).size).toBe(plates.length);
  });

  it('leave out letters that no office gives', () => {
    const people = createNumbers('people');
    const refused = take(50_000, () => people.plate('SB')).filter((plate) => /^SB (HJ|KZ|NS|SA|SS) /.test(plate));
    expect(refused).toEqual([]);
  });

  it('say when a district has no plates left', () => {
    const people = createNumbers('people');
    expect(() => take(900_000, () => people.plate('HOM'))).toThrow('More vehicles than plates with HOM.');
  });

  it('never give a production, chassis or case number twice', () => {
    const people = createNumbers('people');
    const companies = createNumbers('companies');
    for (const next of ['production', 'chassis'] as const) {
      const given = [...take(5_000, () => people[next]()), ...take(5_000, () => companies[next]())];
      expect(new Set(given).size).toBe(given.length);
    }
    expect(new Set(take(5_000, () => people.caseNumber('10045'))).size).toBe(5_000);
  });

  it('make register keys of ten digits', () => {
    const { registerKey } = createNumbers('people');
    expect([registerKey(1), registerKey(1_200_000)].every((key) => /^[1-9][0-9]{9}$/.test(key))).toBe(true);
  });
});
