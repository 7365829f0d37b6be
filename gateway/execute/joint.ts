import type { SubgraphAnswer, SubgraphFieldError } from '../fetch/subgraph-request.js';
import type { FetchNode, Joint } from '../plan/plan.js';
import type { Batch } from './batch.js';
import { type Ask, compileAsk, copy } from './fetch-parts.js';
import type { Run } from './run.js';
import { type Data, isObject } from './types.js';

export type AskBatch = (run: Run, batch: Batch) => Promise<SubgraphAnswer>;

/** Fetches that became ready in this moment and wait to travel together. */
export interface OpenJoint {
  readonly passengers: Passenger[];
}

interface Passenger {
  readonly batch: Batch;
  /** Two representations are equal only where the fetches require the same. */
  readonly signature: string;
  readonly askAlone: () => Promise<SubgraphAnswer>;
  readonly resolve: (answer: SubgraphAnswer | Promise<SubgraphAnswer>) => void;
}

/**
 * Asks together with the other fetches of the joint that are ready in the same moment: it waits for no answer, so a slow
 * subgraph holds up nobody else.
 */
export function compileJointAsk(fetch: FetchNode, joint: Joint, askAlone: AskBatch): AskBatch {
  const ask = compileAsk({ ...fetch, ...joint });
  const signature = JSON.stringify([fetch.requires, fetch.inputRewrites]);
  return (run, batch) =>
    new Promise((resolve) => {
      const open = run.joints?.get(joint.id) ?? openJoint(run, joint.id, ask);
      open.passengers.push({ batch, signature, askAlone: () => askAlone(run, batch), resolve });
    });
}

function openJoint(run: Run, id: number, ask: Ask): OpenJoint {
  const open: OpenJoint = { passengers: [] };
  run.joints ??= new Map();
  run.joints.set(id, open);
  queueMicrotask(() => {
    run.joints?.delete(id);
    depart(run, open.passengers, ask);
  });
  return open;
}

function depart(run: Run, passengers: readonly Passenger[], ask: Ask): void {
  const [only] = passengers;
  if (only && passengers.length === 1) {
    only.resolve(only.askAlone());
    return;
  }
  const load = loadAll(passengers);
  const answer = ask(run, { representations: load.representations });
  passengers.forEach((passenger, index) => {
    passenger.resolve(answer.then((whole) => share(whole, load, index)));
  });
}

interface Load {
  readonly representations: readonly Data[];
  /** For each passenger the places of its representations in the request. */
  readonly seats: readonly (readonly number[])[];
}

function loadAll(passengers: readonly Passenger[]): Load {
  const representations: Data[] = [];
  const known = new Map<string, number>();
  const seats = passengers.map(({ batch, signature }) =>
    batch.representations.map((representation, index) => {
      const key = `${signature} ${String(representation['__typename'])} ${batch.texts[index]}`;
      const seat = known.get(key) ?? representations.push(representation) - 1;
      known.set(key, seat);
      return seat;
    }),
  );
  return { representations, seats };
}

/** One passenger's part of the answer, as if it had asked alone. */
function share({ data, errors }: SubgraphAnswer, { representations, seats }: Load, passenger: number): SubgraphAnswer {
  const entities = data?.['_entities'];
  if (!Array.isArray(entities) || entities.length !== representations.length) return { data, errors };
  const mine = seats[passenger] ?? [];
  const earlier = new Set(seats.slice(0, passenger).flat());
  const picked = mine.map((seat) => {
    const entity: unknown = entities[seat];
    return isObject(entity) && earlier.has(seat) ? copy(entity) : entity;
  });
  return { data: { _entities: picked }, errors: errors.flatMap((error) => errorsFor(error, mine)) };
}

function errorsFor(error: SubgraphFieldError, seats: readonly number[]): SubgraphFieldError[] {
  const [root, seat, ...rest] = error.path ?? [];
  if (root !== '_entities' || typeof seat !== 'number') return [error];
  const index = seats.indexOf(seat);
  return index < 0 ? [] : [{ ...error, path: [root, index, ...rest] }];
}
