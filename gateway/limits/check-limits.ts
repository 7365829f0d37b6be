import { AppError } from '../../lib/errors.js';
import type { Operation } from '../operation.js';
import type { Supergraph } from '../supergraph.js';
import { compileCost, type EstimateCost } from './cost.js';
import { readCostWeights } from './cost-weights.js';
import { checkMeasures, measure } from './measure.js';
import type { Limits } from './profile.js';
import { checkVariables } from './variables.js';

/**
 * Bounds what an operation may make the gateway do, before anything looks closer at it.
 *
 * @throws AppError of the limit that is broken, with its value and the bound.
 */
export type CheckLimits = (operation: Operation) => void;

export function createCheckLimits(supergraph: Supergraph, limits: Limits): CheckLimits {
  const weights = readCostWeights(supergraph.document);
  const all = new WeakMap<object, EstimateCost>();
  const know = ({ schema, document, definition }: Operation): EstimateCost => {
    checkMeasures(measure(document, definition), limits);
    // Only now: the estimate goes through the expanded selections, which are few enough.
    const isUnlimited = limits.cost === Number.POSITIVE_INFINITY;
    const estimateCost = isUnlimited ? () => 0 : compileCost({ schema, weights }, document, definition);
    all.set(definition, estimateCost);
    return estimateCost;
  };
  return (operation) => {
    checkVariables(operation.variables, limits);
    const estimateCost = all.get(operation.definition) ?? know(operation);
    const cost = estimateCost(operation.variables);
    if (cost > limits.cost)
      throw new AppError('LIMIT_COST', `The operation may cost ${cost}; ${limits.cost} are allowed.`, {
        detail: { limit: limits.cost, value: cost },
      });
  };
}
