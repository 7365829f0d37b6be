import { canonical } from './canonical.js';

/**
 * Whether an answer under faults differs from the stock gateway's only where that one has `null` and this one has what
 * it would be without faults, nulls aside: it lost less.
 */
export function hasRecovered(truth: unknown, stock: unknown, got: unknown): boolean {
  if (canonical(stock) === canonical(got)) return true;
  if (stock === null || stock === undefined) return isPartOf(truth, got);
  if (Array.isArray(stock) && Array.isArray(got) && stock.length === got.length)
    return got.every((item, index) => hasRecovered(at(truth, index), stock[index], item));
  if (!isFields(stock) || !isFields(got)) return false;
  const names = Object.keys(got);
  if (canonical(names.sort()) !== canonical(Object.keys(stock).sort())) return false;
  return names.every((name) => hasRecovered(at(truth, name), stock[name], got[name]));
}

/** The truth, or the truth with nulls in it. */
function isPartOf(truth: unknown, got: unknown): boolean {
  if (got === null || canonical(truth) === canonical(got)) return true;
  if (Array.isArray(truth) && Array.isArray(got))
    return truth.length === got.length && got.every((item, index) => isPartOf(truth[index], item));
  if (!isFields(truth) || !isFields(got)) return false;
  const names = Object.keys(got);
  return (
    canonical(names.sort()) === canonical(Object.keys(truth).sort()) &&
    names.every((name) => isPartOf(truth[name], got[name]))
  );
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, name: string | number): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[name] : undefined;
