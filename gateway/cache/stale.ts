import type { SubgraphAnswer } from '../fetch/subgraph-request.js';

/**
 * Nobody could be reached, or not in time, or what came was no answer. Whatever else a subgraph says is its answer, for it
 * may be a refusal in words of its own.
 */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'SUBGRAPH_UNAVAILABLE',
  'SUBGRAPH_TIMEOUT',
  'SUBGRAPH_MALFORMED',
  'LEGACY_UNAVAILABLE',
  'LEGACY_TIMEOUT',
  'LEGACY_MALFORMED',
  'OVERLOADED',
]);

/** Whether an answer failed for reasons for which what is past its time may be sent instead. */
export const isUnavailable = ({ errors }: SubgraphAnswer): boolean =>
  errors.length > 0 && errors.every(({ extensions }) => UNAVAILABLE.has(extensions.code));

interface Part {
  readonly positions: readonly number[];
  readonly answer: SubgraphAnswer;
}

/** @returns The part without the items that something else was found for, and without their errors. */
export function dropFailures({ positions, answer }: Part, spare: readonly number[]): Part {
  if (spare.length === 0) return { positions, answer };
  const kept = positions.flatMap((position, index) => (spare.includes(position) ? [] : [index]));
  const left = kept.map((index) => positions[index] ?? 0);
  if (!answer.data) return { positions: left, answer };
  const entities = answer.data['_entities'] as readonly unknown[];
  const errors = answer.errors.flatMap((error) => {
    const [root, index, ...rest] = error.path ?? [];
    if (root !== '_entities' || typeof index !== 'number') return [error];
    const place = kept.indexOf(index);
    return place < 0 ? [] : [{ ...error, path: [root, place, ...rest] }];
  });
  return { positions: left, answer: { ...answer, data: { _entities: kept.map((index) => entities[index]) }, errors } };
}
