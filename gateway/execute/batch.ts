import type { ContextRead, Required } from '../plan/plan.js';
import { compileCollect, compilePlaces, type Place } from './collect.js';
import type { FetchParts } from './fetch-parts.js';
import { type BuildRepresentation, compileRepresentation, type Representation } from './representation.js';
import { parseStep } from './rewrite.js';
import type { Run } from './run.js';
import { type Data, isObject, read, type TypeTable } from './types.js';

/** The entities of one request to a subgraph. */
export interface Batch {
  readonly representations: Data[];
  /** Text of each, as in `Representation`. */
  readonly texts: string[];
  /** Objects that wait for them, and for each the place of its representation. */
  readonly objects: Data[];
  readonly indexes: number[];
  /** Whether two objects wait for the same one. */
  isShared: boolean;
  /** Arguments read from parents, the same for the whole batch. */
  readonly contexts: Readonly<Record<string, unknown>> | null;
}

interface OpenBatch extends Batch {
  /** Index by text, for each type; `null` before the first. */
  known: Map<string, Map<string, number>> | null;
}

/** @returns Finds what is to be asked for; several batches only where arguments from parents differ. */
export function compileBatches(parts: FetchParts, requires: readonly Required[]): (run: Run) => readonly Batch[] {
  const { fetch, types } = parts;
  const build = compileRepresentation(requires, fetch.inputRewrites, types);
  if (fetch.contexts.length > 0) return compileContextBatches(parts, build);
  const collect = compileCollect(fetch.path, types);
  return (run) => {
    const batch = openBatch(null);
    for (const object of collect(run.root, run.sharedBelow)) addTo(batch, object, build, run, parts);
    return batch.objects.length > 0 ? [batch] : [];
  };
}

function compileContextBatches(parts: FetchParts, build: BuildRepresentation): (run: Run) => readonly Batch[] {
  const { fetch, types } = parts;
  const places = compilePlaces(fetch.path, types);
  const reads = fetch.contexts.map((context) => compileContextRead(context, types));
  return (run) => {
    const batches = new Map<string, OpenBatch>();
    for (const place of places(run.root)) {
      const contexts: Record<string, unknown> = {};
      for (const readContext of reads) readContext(place, contexts);
      const key = JSON.stringify(contexts);
      const batch = batches.get(key) ?? openBatch(contexts);
      batches.set(key, batch);
      addTo(batch, place.object, build, run, parts);
    }
    return [...batches.values()].filter(({ objects }) => objects.length > 0);
  };
}

function compileContextRead({ path, variable }: ContextRead, types: TypeTable) {
  const up = path.filter((element) => element === '..').length;
  const steps = path.slice(up).map(parseStep);
  return ({ object, parents }: Place, contexts: Record<string, unknown>): void => {
    let value: unknown = up === 0 ? object : parents[up - 1];
    for (const { key, type } of steps) {
      if (!isObject(value)) return;
      if (type !== undefined && !types.isOfType(value['__typename'], type)) return;
      if (key !== undefined) value = read(value, key);
    }
    if (value !== undefined) contexts[variable] = value;
  };
}

const openBatch = (contexts: Batch['contexts']): OpenBatch => ({
  representations: [],
  texts: [],
  objects: [],
  indexes: [],
  isShared: false,
  contexts,
  known: null,
});

function addTo(
  batch: OpenBatch,
  object: Data,
  { build, quickText }: BuildRepresentation,
  run: Run,
  parts: FetchParts,
): void {
  const quick = batch.known ? quickText(object) : null;
  const known = quick === null ? undefined : batch.known?.get(object['__typename'] as string)?.get(quick);
  if (known !== undefined) {
    batch.isShared = true;
    wait(batch, object, known);
    return;
  }
  const representation = build(object);
  if (representation === 'other') return;
  if (representation === 'missing') miss(object, run, parts);
  else wait(batch, object, indexOf(batch, representation));
}

function wait(batch: OpenBatch, object: Data, index: number): void {
  batch.objects.push(object);
  batch.indexes.push(index);
}

/** @returns The place of an equal representation, or the one it takes itself. */
function indexOf(batch: OpenBatch, { data, type, text }: Representation): number {
  batch.known ??= new Map();
  let ofType = batch.known.get(type);
  if (!ofType) {
    ofType = new Map();
    batch.known.set(type, ofType);
  }
  const known = ofType.get(text);
  if (known !== undefined) {
    batch.isShared = true;
    return known;
  }
  const index = batch.representations.push(data) - 1;
  batch.texts.push(text);
  ofType.set(text, index);
  return index;
}

/** What it needs did not come: the same fault costs these fields too, or the entity is simply not known. */
function miss(object: Data, run: Run, { fields }: FetchParts): void {
  const fault = run.losses.causeOf(object);
  if (fault) run.losses.lose(object, { fault, fields: fields(), coversNull: false });
  else run.losses.forget(object, fields());
}
