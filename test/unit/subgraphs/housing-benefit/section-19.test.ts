import { describe, expect, it } from '@jest/globals';
import { Euro } from '../../../../subgraphs/housing-benefit/euro.js';
import { readParameterSets } from '../../../../subgraphs/housing-benefit/parameters.js';
import {
  computeBenefit,
  computeSteps,
  considerRent,
  type Household,
} from '../../../../subgraphs/housing-benefit/section-19.js';
import { INCOME_LIMITS, MINISTRY_EXAMPLES, VECTORS } from './vectors.js';

const [parameters] = readParameterSets(new URL('../../../../subgraphs/housing-benefit/parameters/', import.meta.url));
if (!parameters) throw new Error('no parameter set');

/** Rents the household cannot exceed any more: M is at its highest. */
const NO_LIMIT = 1_000_000;

const household = (given: Partial<Record<keyof Household, number | string>>): Household => {
  const members = Number(given.members ?? 1);
  return {
    members,
    entitledMembers: Number(given.entitledMembers ?? members),
    rent: new Euro(given.rent ?? NO_LIMIT),
    income: new Euro(given.income ?? 0),
    rentLevel: Number(given.rentLevel ?? 3),
  };
};

const monthly = (given: Parameters<typeof household>[0]) =>
  computeBenefit(household(given), parameters).amount.toNumber();
const steps = (members: number, rent: string, income: string) =>
  computeSteps(members, { rent: new Euro(rent), income: new Euro(income) }, parameters);

describe('§ 19 WoGG with the figures of 2025', () => {
  it.each(VECTORS)('computes the four steps of Anlage 3 for $id', ({ members, M, Y, z }) => {
    const { z1, z2, z3, z4 } = steps(members, M, Y);
    expect([z1, z2, z3, z4].map((value) => value.toFixed(10))).toEqual(z);
  });

  it('agrees with a worked example of twelve members', () => {
    const { z1, z2, z4 } = steps(12, '2018.60', '4688.25');
    expect([z1.toFixed(9), z2.toFixed(10), z4.toDecimalPlaces(0).toNumber()]).toEqual([
      '0.207069345',
      '970.7928566963',
      1205,
    ]);
  });

  it.each(VECTORS.filter(({ rent }) => rent !== null))('comes from the rent of $id to M and to the euro', (vector) => {
    const given = household({
      members: vector.household,
      entitledMembers: vector.members,
      rent: vector.rent ?? '',
      income: vector.Y,
      rentLevel: vector.rentLevel,
    });
    const { consideredRent, amount } = computeBenefit(given, parameters);
    expect([consideredRent.toFixed(2), amount.toNumber()]).toEqual([new Euro(vector.M).toFixed(2), vector.amount]);
  });

  it.each(MINISTRY_EXAMPLES)('agrees with example $number of the ministry', (example) => {
    const { members, entitledMembers = members, rent, income, rentLevel, M, amount } = example;
    const computed = computeBenefit(household({ members, entitledMembers, rent, income, rentLevel }), parameters);
    expect([computed.consideredRent.toFixed(2), computed.amount.toNumber()]).toEqual([M, amount]);
  });

  it.each(INCOME_LIMITS)('ends at the published limit: $members, level $rentLevel, $limit euros', (row) => {
    const { members, rentLevel, limit, M } = row;
    expect(considerRent(household({ members, rentLevel }), parameters).toFixed(2)).toBe(M);
    expect(monthly({ members, rentLevel, income: limit })).toBe(row.atLimit);
    expect(monthly({ members, rentLevel, income: limit + 1 })).toBe(row.aboveLimit);
  });
});

describe('least values of Anlage 3', () => {
  it.each([
    ['both at them', '54', '396'],
    ['both below them', '20', '100'],
    ['only M below', '53.99', '396'],
    ['only Y below', '54', '395.99'],
  ])('give the same with %s', (_, rent, income) => {
    expect(steps(1, rent, income).z4.toFixed(10)).toBe('24.7296027600');
  });

  it('do not touch a value just above them', () => {
    expect(steps(1, '54', '396.01').z4.toFixed(10)).not.toBe('24.7296027600');
    expect(steps(1, '54.01', '396').z4.toFixed(10)).not.toBe('24.7296027600');
  });

  it('are those of the members who count', () => {
    expect(steps(12, '1', '1').z2.toFixed(10)).toBe(steps(12, '298', '2943').z2.toFixed(10));
  });

  it('leave the M that is shown as it is', () => {
    const none = household({ members: 12, entitledMembers: 1, rent: 0, income: 0 });
    expect(considerRent(none, parameters).toFixed(4)).toBe('34.8833');
  });
});

describe('§§ 11, 12 WoGG', () => {
  it.each([
    ['below the maximum: rent and heating', { members: 1, rent: '420', rentLevel: 3 }, '530.40'],
    ['at the maximum with the climate component', { members: 1, rent: '475.20', rentLevel: 3 }, '585.60'],
    ['a cent above it', { members: 1, rent: '475.21', rentLevel: 3 }, '585.60'],
    ['a cent below it', { members: 1, rent: '475.19', rentLevel: 3 }, '585.59'],
    ['five members', { members: 5, rentLevel: 7 }, '1566.60'],
    ['six: what each further member adds', { members: 6, rentLevel: 7 }, '1762.00'],
    ['thirteen', { members: 13, rentLevel: 1 }, '1873.80'],
  ])('%s', (_, given, M) => expect(considerRent(household(given), parameters).toFixed(2)).toBe(M));

  it('takes all amounts in the proportion of those who count, exactly', () => {
    const whole = considerRent(household({ members: 3, rent: '600' }), parameters);
    const part = considerRent(household({ members: 3, entitledMembers: 2, rent: '600' }), parameters);
    expect(whole.toFixed(2)).toBe('770.20');
    expect(part.toFixed(12)).toBe('513.466666666667');
  });

  it('uses the maximum of all members, not of those who count', () => {
    const part = considerRent(household({ members: 4, entitledMembers: 2, rent: '1000', rentLevel: 5 }), parameters);
    expect(part.toFixed(2)).toBe('589.10');
  });
});

describe('more than twelve members, § 19 (3) WoGG', () => {
  it('get 65 euros for each beyond the twelfth, and for twelve the amounts of twelve', () => {
    const { z4 } = steps(12, '2018.60', '5000');
    const base = z4.toDecimalPlaces(0).toNumber();
    expect(monthly({ members: 13, rent: '1600', income: 5000 })).toBe(base + 65);
  });

  it('come out as in the example of No. 19.31 WoGVwV 2025', () => {
    expect(monthly({ members: 14, rentLevel: 3, rent: '1600', income: 4688.25 })).toBe(1335);
  });

  it('get M at most, with its cents', () => {
    expect(monthly({ members: 14, rent: '300', income: 2943 })).toBe(773.8);
  });

  it('never get a fraction of a cent above M', () => {
    const given = { members: 19, entitledMembers: 17, rent: '100.01', income: 2943 };
    const M = considerRent(household(given), parameters);
    expect(M.decimalPlaces()).toBeGreaterThan(2);
    expect(monthly(given)).toBe(M.toDecimalPlaces(2, Euro.ROUND_DOWN).toNumber());
  });

  it('get nothing where the whole is below 10 euros', () => {
    expect(monthly({ members: 13, rent: '1600', income: 20_000 })).toBe(0);
  });
});

describe('up to twelve members', () => {
  it('may get more than M: the statute has no limit there', () => {
    const given = household({ members: 12, rent: '0', income: 2943 });
    const { amount, consideredRent } = computeBenefit(given, parameters);
    expect(amount.greaterThan(consideredRent)).toBe(true);
  });
});
