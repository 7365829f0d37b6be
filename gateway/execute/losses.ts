import type { SubgraphFieldError } from '../fetch/subgraph-request.js';
import type { FieldTree } from '../plan/field-tree.js';
import { type Data, isObject, read } from './types.js';

/** What went wrong in a subgraph, once; it may cost several places of the answer. */
export interface Fault {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
}

/** A fault at one field, with what its path still had below the `null` that it caused. */
export interface PlacedFault {
  readonly fault: Fault;
  readonly rest: readonly (string | number)[];
}

/** A fetch that brought nothing to an object: these fields of it will be missing. */
export interface Loss {
  readonly fault: Fault;
  readonly fields: FieldTree;
  /** Also fields that came as `null` are put down to it: the subgraph did answer, and named no place. */
  readonly coversNull: boolean;
}

/**
 * Where data is missing and why, by the identity of the joined objects: positions in the client's answer are worked out
 * from it only when something did go wrong.
 */
export class Losses {
  // Made when something goes wrong, which it rarely does.
  #faults: Map<Data, Map<string | number, PlacedFault[]>> | null = null;
  #losses: Map<Data, Loss[]> | null = null;
  #unknown: Set<Data> | null = null;

  get faults(): ReadonlyMap<Data, ReadonlyMap<string | number, readonly PlacedFault[]>> {
    return this.#faults ?? NO_FAULTS;
  }

  get losses(): ReadonlyMap<Data, readonly Loss[]> {
    return this.#losses ?? NO_LOSSES;
  }

  /** Objects that a subgraph does not know: what it would have added is absent, which is no error. */
  get unknown(): ReadonlySet<Data> {
    return this.#unknown ?? NO_OBJECTS;
  }

  get isEmpty(): boolean {
    return this.#faults === null && this.#losses === null;
  }

  /** @param path From `target`, in response names of the subgraph. */
  place(
    target: Data,
    path: readonly (string | number)[],
    error: SubgraphFieldError,
    renamed: ReadonlyMap<string, string>,
  ): void {
    let container = target;
    for (let index = 0; index < path.length; index++) {
      const element = path[index] ?? '';
      const key = typeof element === 'string' ? (renamed.get(element) ?? element) : element;
      const value = read(container, String(key));
      if (isObject(value) && index < path.length - 1) container = value;
      else {
        this.#addFault(container, key, { fault: error, rest: path.slice(index + 1) });
        return;
      }
    }
  }

  lose(target: Data, loss: Loss): void {
    this.#losses ??= new Map();
    const known = this.#losses.get(target);
    if (known) known.push(loss);
    else this.#losses.set(target, [loss]);
  }

  /** Marks the object and what of it other subgraphs filled in part. */
  forget(target: Data, fields: FieldTree): void {
    this.#unknown ??= new Set();
    this.#unknown.add(target);
    for (const [name, below] of fields) {
      const value = below ? read(target, name) : null;
      if (below && isObject(value) && !Array.isArray(value)) this.forget(value, below);
    }
  }

  /** The fault that kept an object from getting what a later fetch needs of it, if one is known. */
  causeOf(object: Data, depth = 0): Fault | null {
    const loss = this.losses.get(object)?.[0]?.fault;
    if (loss) return loss;
    for (const [placed] of this.faults.get(object)?.values() ?? []) if (placed) return placed.fault;
    if (depth === MAX_DEPTH) return null;
    for (const value of Object.values(object)) {
      const cause = isObject(value) ? this.causeOf(value, depth + 1) : null;
      if (cause) return cause;
    }
    return null;
  }

  #addFault(container: Data, key: string | number, placed: PlacedFault): void {
    this.#faults ??= new Map();
    const faults = this.#faults.get(container) ?? new Map<string | number, PlacedFault[]>();
    this.#faults.set(container, faults);
    const known = faults.get(key);
    if (!known) faults.set(key, [placed]);
    else if (known.length < MAX_FAULTS_AT_ONE_PLACE) known.push(placed);
  }
}

const NO_FAULTS: ReadonlyMap<Data, ReadonlyMap<string | number, readonly PlacedFault[]>> = new Map();
const NO_LOSSES: ReadonlyMap<Data, readonly Loss[]> = new Map();
const NO_OBJECTS: ReadonlySet<Data> = new Set();

/** A place is null once; what a subgraph says of it beyond this tells nobody more. */
const MAX_FAULTS_AT_ONE_PLACE = 5;

/** Required fields are rarely nested deeper, and a cause that is not found only costs an explanation. */
const MAX_DEPTH = 3;
