import { AppError } from '../../lib/errors.js';
import type { RequestFacts } from '../context.js';
import type { Operation } from '../operation.js';
import type { Supergraph } from '../supergraph.js';
import { compileCost, type EstimateCost } from './cost.js';
import { readCostWeights } from './cost-weights.js';
import type { Limits } from './profile.js';

/** @throws AppError `LIMIT_COST` with the value and the bound. */
export type CheckCost = (operation: Operation, request: { readonly context: { readonly facts: RequestFacts } }) => void;

/**
 * Bounds what an operation may cost and notes the estimate, which depends on the operation and its variables alone, never
 * on data. Its size and arguments are known to be right.
 */
export function createCheckCost(supergraph: Supergraph, limits: Limits): CheckCost {
  const weights = readCostWeights(supergraph.document);
  const estimates = new WeakMap<object, EstimateCost>();
  if (limits.cost === Number.POSITIVE_INFINITY) return () => undefined;
  return ({ schema, document, definition, variables }, { context }) => {
    const estimate = estimates.get(definition) ?? compileCost({ schema, weights }, document, definition);
    estimates.set(definition, estimate);
    const cost = estimate(variables);
    context.facts.cost = cost;
    if (cost > limits.cost)
      throw new AppError('LIMIT_COST', `The operation may cost ${cost}; ${limits.cost} are allowed.`, {
        detail: { limit: limits.cost, value: cost },
      });
  };
}
