import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../lib/errors.js';
import type { Planner } from './planner.js';
import type { PlanRequest } from './query-planner.js';

const MAX_REFUSALS = 1000;

/** An operation that could not be planned in time is refused without a new try: each would cost everybody a planner. */
export function rememberRefusals(planner: Planner): Planner {
  const refusals = new LRUCache<string, AppError>({ max: MAX_REFUSALS });
  const plan: Planner['plan'] = async (request, isWanted) => {
    const key = keyOf(request);
    const refusal = refusals.get(key);
    if (refusal) throw refusal;
    try {
      return await planner.plan(request, isWanted);
    } catch (error) {
      if (error instanceof AppError && error.code === 'LIMIT_PLANNING') refusals.set(key, error);
      throw error;
    }
  };
  return { ...planner, plan };
}

/** A text would stay for as long as it is refused. */
const keyOf = ({ text, operationName, overrides, conditions }: PlanRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([operationName ?? null, overrides, [...conditions], text]))
    .digest('base64url');
