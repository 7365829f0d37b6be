import type { SubgraphAnswer, SubgraphFieldError } from '../fetch/subgraph-request.js';
import { renamesOf } from '../plan/field-tree.js';
import type { FetchNode, Required } from '../plan/plan.js';
import { type Batch, compileBatches } from './batch.js';
import { placeOf } from './collect.js';
import { compileAsk, copy, type FetchParts, malformed, wholeFaults } from './fetch-parts.js';
import { type AskBatch, compileJointAsk } from './joint.js';
import type { Fault } from './losses.js';
import { compileRewrites } from './rewrite.js';
import type { Run, Step } from './run.js';
import { type Data, isObject, read } from './types.js';

/** A fetch that asks for entities by key: equal ones once, the answers joined back by position. */
export function compileEntityFetch(parts: FetchParts, requires: readonly Required[]): Step {
  const { fetch } = parts;
  const collect = compileBatches(parts, requires);
  const ask = compileAskBatch(fetch);
  const join = compileJoin(parts);
  const fetchBatch = async (run: Run, batch: Batch): Promise<void> => {
    join(run, batch, await ask(run, batch));
  };
  return (run) => {
    const batches = collect(run);
    const [first] = batches;
    if (!first) return undefined;
    if (batches.length === 1) return fetchBatch(run, first);
    return Promise.all(batches.map((batch) => fetchBatch(run, batch))).then(() => undefined);
  };
}

function compileAskBatch(fetch: FetchNode): AskBatch {
  const ask = compileAsk(fetch);
  const askAlone: AskBatch = (run, { contexts, representations }) => ask(run, { ...contexts, representations });
  return fetch.joint ? compileJointAsk(fetch, fetch.joint, askAlone) : askAlone;
}

function compileJoin(parts: FetchParts): (run: Run, batch: Batch, answer: SubgraphAnswer) => void {
  const { fetch, types, merge } = parts;
  const rewrite = compileRewrites(fetch.outputRewrites, types);
  const place = placeOf(fetch.path);
  const isAsked = compileCheck(parts);
  const note = compileNote(parts);
  return (run, batch, answer) => {
    const entities = answer.data?.['_entities'];
    const isComplete = Array.isArray(entities) && entities.length === batch.representations.length;
    if (!isComplete) {
      note.all(run, batch, answer);
      return;
    }
    const received = entities.map((entity: unknown, index) => {
      if (!isObject(entity)) return null;
      if (!isAsked(batch.representations[index] ?? {}, entity)) return note.foreign(run, batch, index);
      rewrite?.(entity);
      return entity;
    });
    if (joinAll(batch, received, merge, parts.isSharedInside)) {
      run.sharedBelow ??= new Set();
      run.sharedBelow.add(place);
    }
    if (answer.errors.length > 0) note.some(run, batch, answer);
    received.forEach((entity, index) => {
      if (entity === null) note.unknown(run, batch, index);
    });
  };
}

/** @returns Whether objects inside of an entity are in several places now. */
function joinAll(
  batch: Batch,
  received: readonly (Data | null)[],
  merge: FetchParts['merge'],
  isSharedInside: () => boolean,
): boolean {
  const used = batch.isShared ? new Set<Data>() : null;
  let isShared = false;
  for (let place = 0; place < batch.objects.length; place++) {
    const object = batch.objects[place];
    const entity = received[batch.indexes[place] ?? 0];
    if (!object || !entity) continue;
    const isAgain = used?.has(entity) && Object.values(entity).some(isObject);
    const mustCopy = isAgain && isSharedInside();
    merge(object, mustCopy ? copy(entity) : entity);
    if (isAgain && !mustCopy) isShared = true;
    used?.add(entity);
  }
  return isShared;
}

/** An entity of another type, or with another key, is not the one asked for: it may be somebody else's record. */
function compileCheck({ types }: FetchParts): (asked: Data, received: Data) => boolean {
  return (asked, received) => {
    const type = asked['__typename'];
    const typename = received['__typename'];
    if (typename !== undefined && !types.isOfType(typename, type as string)) return false;
    for (const key of types.keyFields.get(type as string) ?? []) {
      const a = read(asked, key);
      const b = read(received, key);
      if (a === undefined || b === undefined || b === null || isObject(a) || isObject(b)) continue;
      if (a !== b && String(a) !== String(b)) return false;
    }
    return true;
  };
}

function compileNote({ fetch, fields }: FetchParts) {
  const renamed = renamesOf(fetch);
  const objectsAt = (batch: Batch, index: number): Data[] =>
    batch.objects.filter((_, place) => batch.indexes[place] === index);
  const lose = (run: Run, objects: readonly Data[], fault: Fault, coversNull: boolean): void => {
    for (const object of objects) run.losses.lose(object, { fault, fields: fields(), coversNull });
  };
  const placeError = (run: Run, batch: Batch, error: SubgraphFieldError): void => {
    const [root, index, ...rest] = error.path ?? [];
    if (root !== '_entities' || typeof index !== 'number') return;
    const objects = objectsAt(batch, index);
    if (rest.length === 0) lose(run, objects, error, false);
    else for (const object of objects) run.losses.place(object, rest, error, renamed);
  };
  return {
    all: (run: Run, batch: Batch, answer: SubgraphAnswer): void => {
      const told = wholeFaults(run, { ...answer, data: null }, fetch.subgraph);
      for (const fault of told) lose(run, batch.objects, fault, false);
    },
    some: (run: Run, batch: Batch, answer: SubgraphAnswer): void => {
      for (const fault of wholeFaults(run, answer, fetch.subgraph)) lose(run, batch.objects, fault, true);
      for (const error of answer.errors) placeError(run, batch, error);
    },
    foreign: (run: Run, batch: Batch, index: number): null => {
      const entityType = String(batch.representations[index]?.['__typename']);
      run.onEvent({ type: 'foreign-entity', subgraph: fetch.subgraph, entityType });
      lose(run, objectsAt(batch, index), malformed(run, fetch.subgraph), false);
      return null;
    },
    unknown: (run: Run, batch: Batch, index: number): void => {
      for (const object of objectsAt(batch, index)) run.losses.forget(object, fields());
    },
  };
}
