import type { Rewrite } from '../plan/plan.js';
import { type Data, isObject, read, type TypeTable } from './types.js';

/** Changes a representation, or an object of a subgraph's answer, in place. */
export type ApplyRewrites = (object: Data) => void;

/** @returns `null` where there is nothing to change. */
export function compileRewrites(rewrites: readonly Rewrite[], types: TypeTable): ApplyRewrites | null {
  if (rewrites.length === 0) return null;
  const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, types));
  return (object) => {
    for (const apply of compiled) apply(object);
  };
}

function compileRewrite(rewrite: Rewrite, types: TypeTable): ApplyRewrites {
  const steps = rewrite.path.slice(0, -1).map(parseStep);
  const key = rewrite.path.at(-1) ?? '';
  const change: ApplyRewrites = rewrite.kind === 'set' ? setter(key, rewrite.value) : renamer(key, rewrite.to);
  const walk = (value: unknown, index: number): void => {
    if (!isObject(value)) return;
    if (Array.isArray(value)) {
      for (const element of value) walk(element, index);
      return;
    }
    const step = steps[index];
    if (!step) change(value);
    else if (step.key !== undefined) walk(read(value, step.key), index + 1);
    else if (step.type !== undefined && meets(value, step.type, types)) walk(value, index + 1);
  };
  return (object) => walk(object, 0);
}

const setter =
  (key: string, value: unknown): ApplyRewrites =>
  (object) => {
    object[key] = value;
  };

const renamer =
  (key: string, to: string): ApplyRewrites =>
  (object) => {
    if (!Object.hasOwn(object, key)) return;
    object[to] = object[key];
    delete object[key];
  };

interface Step {
  readonly key?: string;
  readonly type?: string;
}

const FRAGMENT = '... on ';

export const parseStep = (element: string): Step =>
  element.startsWith(FRAGMENT) ? { type: element.slice(FRAGMENT.length) } : { key: element };

/** An object without a type is taken: the subgraph was asked for a type that has no other. */
const meets = (object: Data, type: string, types: TypeTable): boolean =>
  object['__typename'] === undefined || types.isOfType(object['__typename'], type);
