import { expect, it } from '@jest/globals';
import { createRetryBudget } from '../../../../gateway/fetch/retry-budget.js';

it('allows its reserve at once, and a share of the requests in the long run', () => {
  const budget = createRetryBudget({ share: 0.25, reserve: 2 });
  expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false]);
  for (let count = 0; count < 3; count++) budget.earn();
  expect(budget.spend()).toBe(false);
  budget.earn();
  expect([budget.spend(), budget.spend()]).toEqual([true, false]);
});

it('saves no more than its reserve', () => {
  const budget = createRetryBudget({ share: 1, reserve: 1 });
  for (let count = 0; count < 100; count++) budget.earn();
  expect([budget.spend(), budget.spend()]).toEqual([true, false]);
});
