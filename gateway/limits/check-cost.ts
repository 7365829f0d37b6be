import { AppError } from '../../lib/errors.js';
import type { Operation } from '../operation.js';
import type { Supergraph } from '../supergraph.js';
import { compileCost, type EstimateCost } from './cost.js';
import { readCostWeights } from './cost-weights.js';
import type { Limits } from './profile.js';

/** @throws AppError `LIMIT_COST` with the value and the bound. */
export type CheckCost = (operation: Operation) => void;

/** Bounds what an operation may cost; its size and arguments are known to be right. */
export function createCheckCost(supergraph: Supergraph, limits: Limits): CheckCost {
  const weights = readCostWeights(supergraph.document);
  const estimates = new WeakMap<object, EstimateCost>();
  if (limits.cost === Number.POSITIVE_INFINITY) return () => undefined;
  return ({ schema, document, definition, variables }) => {
    const estimate = estimates.get(definition) ?? compileCost({ schema, weights }, document, definition);
    estimates.set(definition, estimate);
    const cost = estimate(variables);
    if (cost > limits.cost)
      throw new AppError('LIMIT_COST', `The operation may cost ${cost}; ${limits.cost} are allowed.`, {
        detail: { limit: limits.cost, value: cost },
      });
  };
}
