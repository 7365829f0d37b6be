import { isRecord, toFieldError } from './answer.js';
import type { SubgraphFieldError } from './subgraph-request.js';

/** Fields of an object that an operation asked for and an older schema does not have. */
export interface Gaps {
  readonly missing: readonly MissingField[];
  /** Fields that it has, with gaps below them, by response key. */
  readonly below: readonly { readonly key: string; readonly gaps: Gaps }[];
}

export interface MissingField {
  readonly key: string;
  /** Names of the object types for which it was asked; `null`: for any. */
  readonly types: ReadonlySet<string> | null;
}

/** Asked for beside the fields, so that it shows for which type they were; no client and no plan uses this name. */
export const TYPE_KEY = '_fachverbund_type';

export const notOffered = (path: readonly (string | number)[]): SubgraphFieldError =>
  toFieldError('NOT_OFFERED_HERE', path);

/**
 * Puts null where an answer has nothing because the instance does not offer it.
 *
 * @param data Of the answer; changed in place.
 * @returns One `NOT_OFFERED_HERE` for each place.
 */
export function fillGaps(data: Record<string, unknown>, gaps: Gaps): SubgraphFieldError[] {
  const errors: SubgraphFieldError[] = [];
  fillObject(data, gaps, { path: [], errors });
  return errors;
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly errors: SubgraphFieldError[];
}

function fillObject(object: Record<string, unknown>, { missing, below }: Gaps, place: Place): void {
  const type = object[TYPE_KEY];
  delete object[TYPE_KEY];
  for (const { key, gaps } of below) fillValue(object[key], gaps, { ...place, path: [...place.path, key] });
  for (const { key, types } of missing) {
    if ((types !== null && !types.has(String(type))) || Object.hasOwn(object, key)) continue;
    Object.defineProperty(object, key, { value: null, enumerable: true, configurable: true, writable: true });
    place.errors.push(notOffered([...place.path, key]));
  }
}

function fillValue(value: unknown, gaps: Gaps, place: Place): void {
  if (Array.isArray(value))
    value.forEach((element, index) => {
      fillValue(element, gaps, { ...place, path: [...place.path, index] });
    });
  else if (isRecord(value)) fillObject(value, gaps, place);
}
