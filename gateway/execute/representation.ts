import type { Required, RequiredFragment, Rewrite } from '../plan/plan.js';
import { compileRewrites } from './rewrite.js';
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

export interface BuildRepresentation {
  /** `other`: the fetch is not for objects of that type. `missing`: it is, but something it needs did not come. */
  build(object: Data): Representation | 'other' | 'missing';
  /** The text that `build` would give, where it is there without building; `null` where it has to be built. */
  quickText(object: Data): string | null;
}

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
  const build = (object: Data): Representation | 'other' | 'missing' => {
    const typename = object['__typename'];
    let picks = byType.get(typename);
    if (!picks) {
      picks = picksFor(typename);
      if (picks.length === 0) return 'other';
      byType.set(typename, picks);
    }
    if (typeof typename !== 'string') return 'missing';
    const out: Draft = { data: { __typename: typename }, type: typename, text: '' };
    for (const pick of picks) if (!pick(object, out)) return 'missing';
    rewrite?.(out.data);
    return out;
  };
  const quickKey = fragments.length === 1 ? onlyKeyOf(fragments[0]) : null;
  if (!quickKey) return { build, quickText: () => null };
  return {
    build,
    quickText: (object) => {
      const value = byType.has(object['__typename']) ? quickKey(object) : null;
      return typeof value === 'string' && !value.startsWith('#') ? value : null;
    },
  };
}

/** @returns How to read the one field that is all there is to a representation; `null` where there is more to it. */
function onlyKeyOf(fragment: RequiredFragment | undefined): ((object: Data) => unknown) | null {
  const [only, ...others] = fragment ? withoutTypename(fragment.selections) : [];
  if (only?.kind !== 'Field' || only.selections || others.length > 0) return null;
  return compileRead(only.from);
}

const withoutTypename = (selections: readonly Required[]): Required[] =>
  selections.filter((selection) => selection.kind !== 'Field' || selection.name !== '__typename');

/** A fragment on an interface may add to keys that others bring, for some of the types below it only. */
const isKeyField = (selection: Required, type: string | null, { keyFields }: TypeTable): boolean =>
  selection.kind === 'Field' && type !== null && (keyFields.get(type)?.includes(selection.name) ?? false);

interface Draft {
  readonly data: Data;
  readonly type: string;
  text: string;
}

/** @returns False where something is missing. */
type Pick = (object: Data, out: Draft) => boolean;

/** @param isOnly No other fragment adds to the text. */
function compileFragment(selections: readonly Required[], types: TypeTable, isOnly: boolean): Pick {
  const picked = withoutTypename(selections);
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
    const out: Draft = { data: isObject(before) ? before : {}, type: '', text: '' };
    return pick(value, out) ? out : undefined;
  }
  const elements = value.map((element: unknown, index) =>
    pickNested(element, pick, Array.isArray(before) ? before[index] : undefined),
  );
  if (elements.includes(undefined)) return undefined;
  const text = elements.map((element) => `${element?.text},`).join('');
  return { data: elements.map((element) => element?.data), text };
}
