import type { Required, RequiredFragment, Rewrite } from '../plan/plan.js';
import { type ApplyRewrites, compileRewrites } from './rewrite.js';
import { compileRead, type Data, isObject, read, type TypeTable } from './types.js';

/**
 * What a subgraph needs to find an entity. `type` and `text` together are equal for equal representations, and only for
 * those.
 */
export interface Representation {
  readonly data: Data;
  readonly type: string;
  readonly text: string;
}

/** `other`: the fetch is not for objects of that type. `missing`: it is, but something it needs did not come. */
export type BuildRepresentation = (object: Data) => Representation | 'other' | 'missing';

export function compileRepresentation(
  requires: readonly Required[],
  inputRewrites: readonly Rewrite[],
  types: TypeTable,
): BuildRepresentation {
  const fragments = requires.filter((required): required is RequiredFragment => required.kind === 'Fragment');
  const rewrite = compileRewrites(inputRewrites, types);
  const parts = fragments.map(({ type, selections }) => ({
    type,
    hasKey: selections.some((selection) => isKeyField(selection, type, types)),
    pick: compileFragment(selections, types, fragments.length === 1),
  }));
  const needsKey = parts.some(({ hasKey }) => hasKey);
  const picksFor = (typename: unknown): readonly Pick[] => {
    const mine = parts.filter(({ type }) => type === null || types.isOfType(typename, type));
    return needsKey && !mine.some(({ hasKey }) => hasKey) ? [] : mine.map(({ pick }) => pick);
  };
  const byType = new Map<unknown, readonly Pick[]>();
  return (object) => {
    const typename = object['__typename'];
    const picks = byType.get(typename) ?? picksFor(typename);
    if (picks.length === 0) return 'other';
    byType.set(typename, picks);
    const out: Draft = { data: { __typename: typename }, text: '' };
    for (const pick of picks) if (!pick(object, out)) return 'missing';
    return finish(out, typename, rewrite);
  };
}

/** A fragment on an interface may add to keys that others bring, for some of the types below it only. */
const isKeyField = (selection: Required, type: string | null, { keyFields }: TypeTable): boolean =>
  selection.kind === 'Field' && type !== null && (keyFields.get(type)?.includes(selection.name) ?? false);

interface Draft {
  readonly data: Data;
  text: string;
}

/** @returns False where something is missing. */
type Pick = (object: Data, out: Draft) => boolean;

function finish({ data, text }: Draft, type: unknown, rewrite: ApplyRewrites | null): Representation | 'missing' {
  if (typeof type !== 'string') return 'missing';
  rewrite?.(data);
  return { data, type, text };
}

/** @param isOnly No other fragment adds to the text. */
function compileFragment(selections: readonly Required[], types: TypeTable, isOnly: boolean): Pick {
  const picked = selections.filter((selection) => selection.kind !== 'Field' || selection.name !== '__typename');
  const [only] = picked;
  if (!isOnly || picked.length !== 1 || only?.kind !== 'Field' || only.selections) return compilePicks(picked, types);
  const pick = compilePick(only, types);
  const readFrom = compileRead(only.from);
  const { name } = only;
  // Most keys are one text, which is then its own measure of equality.
  return (object, out) => {
    const value = readFrom(object);
    if (typeof value !== 'string') return pick(object, out);
    out.data[name] = value;
    // A text of that form stands for other kinds of values.
    out.text = value.startsWith('#') ? `#${JSON.stringify(value)};` : value;
    return true;
  };
}

function compilePicks(selections: readonly Required[], types: TypeTable): Pick {
  const picks = selections.map((selection) => compilePick(selection, types));
  return (object, out) => {
    for (const pick of picks) if (!pick(object, out)) return false;
    return true;
  };
}

function compilePick(required: Required, types: TypeTable): Pick {
  if (required.kind === 'Fragment') {
    const pick = compilePicks(required.selections, types);
    const { type } = required;
    return (object, out) => {
      if (type !== null && !types.isOfType(object['__typename'], type)) return true;
      out.text += `|${type}|`;
      return pick(object, out);
    };
  }
  const { name, from, selections } = required;
  const readFrom = compileRead(from);
  const readTo = compileRead(name);
  if (!selections) return (object, out) => pickLeaf(readFrom(object), name, out, readTo);
  const pick = compilePicks(selections, types);
  return (object, out) => {
    const value = pickNested(readFrom(object), pick, read(out.data, name));
    if (value === undefined) return false;
    out.data[name] = value.data;
    out.text += `${name}{${value.text}}`;
    return true;
  };
}

function pickLeaf(value: unknown, name: string, out: Draft, readTo: (data: Data) => unknown): boolean {
  if (value === undefined) return false;
  if (readTo(out.data) !== undefined) return true;
  out.data[name] = value;
  // With its length before it, no text can be taken for the end of one value and the start of the next.
  out.text += typeof value === 'string' ? `${value.length}:${value}` : `#${JSON.stringify(value)};`;
  return true;
}

/** @returns `undefined` where something in it is missing. */
function pickNested(value: unknown, pick: Pick, before: unknown): { data: unknown; text: string } | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return { data: null, text: 'null' };
  if (!Array.isArray(value)) {
    const out: Draft = { data: isObject(before) ? before : {}, text: '' };
    return pick(value, out) ? out : undefined;
  }
  const elements = value.map((element: unknown, index) =>
    pickNested(element, pick, Array.isArray(before) ? before[index] : undefined),
  );
  if (elements.includes(undefined)) return undefined;
  const text = elements.map((element) => `${element?.text},`).join('');
  return { data: elements.map((element) => element?.data), text };
}
