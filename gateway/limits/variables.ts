import { AppError } from '../../lib/errors.js';
import type { Limits } from './profile.js';

/**
 * Bounds the variables of a request before anything looks into them. Iterative, so that nesting cannot end the process.
 *
 * @throws AppError `LIMIT_VARIABLES` naming the bound that is broken and its value.
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): void {
  let level: unknown[] = [variables];
  let size = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.variablesDepth) throw tooLarge('levels', depth, limits.variablesDepth);
    const below: unknown[] = [];
    for (const value of level) {
      size += sizeOf(value);
      if (value === null || typeof value !== 'object') continue;
      const entries = Array.isArray(value) ? value : Object.values(value);
      if (Array.isArray(value) && value.length > limits.listEntries)
        throw tooLarge('entries in one list', value.length, limits.listEntries);
      for (const entry of entries) below.push(entry);
    }
    if (size > limits.variablesBytes) throw tooLarge('bytes', size, limits.variablesBytes);
    level = below;
  }
}

/** Bytes a value adds to the JSON text, roughly: names and strings in full, everything else as one. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 1;
  return Object.keys(value).reduce((sum, name) => sum + Buffer.byteLength(name), 1);
}

const tooLarge = (what: string, value: number, limit: number): AppError =>
  new AppError('LIMIT_VARIABLES', `The variables have ${value} ${what}; ${limit} are allowed.`, {
    detail: { limit, value },
  });
