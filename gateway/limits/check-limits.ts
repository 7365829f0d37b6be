import { AppError } from '../../lib/errors.js';
import type { Operation } from '../operation.js';
import type { Supergraph } from '../supergraph.js';
import { compileCost, type EstimateCost } from './cost.js';
import { readCostWeights } from './cost-weights.js';
import { checkMeasures, measure } from './measure.js';
import type { Limits } from './profile.js';
import { checkVariables } from './variables.js';

/** @throws AppError of the limit that is broken, with its value and the bound. */
export type CheckLimits = (operation: Operation) => void;

/** Bounds the size of an operation and its variables, before anything looks closer at them. */
export function createCheckSize(limits: Limits): CheckLimits {
  const fitting = new WeakSet<object>();
  return ({ document, definition, variables }) => {
    checkVariables(variables, limits);
    if (fitting.has(definition)) return;
    checkMeasures(measure(document, definition), limits);
    fitting.add(definition);
  };
}

/** Bounds what an operation may cost; its size and its arguments, page sizes among them, are known to be right. */
export function createCheckCost(supergraph: Supergraph, limits: Limits): CheckLimits {
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
