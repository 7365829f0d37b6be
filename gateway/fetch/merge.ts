import { isErrorCode } from '../../lib/errors.js';
import { isRecord, toFieldError } from './answer.js';
import type { ListKeys } from './entity-keys.js';
import type { SubgraphAnswer, SubgraphFieldError } from './subgraph-request.js';

/** What one instance answered for some records, in the order of `positions`. */
export interface EntityPart {
  readonly positions: readonly number[];
  /** `data: null`: the instance failed, and its first error says how. */
  readonly answer: SubgraphAnswer;
}

/**
 * Joins the parts of an `_entities` answer in the order the records were asked for. A record that came from several
 * instances is one: of plain values the first that is there counts, lists of objects are joined without repeating what
 * their keys show to be the same. Paths of errors follow.
 *
 * @param keysOf How the lists of the record at a position are joined.
 */
export function joinEntities(
  count: number,
  parts: readonly EntityPart[],
  keysOf: (position: number) => ListKeys,
): SubgraphAnswer {
  const entities: unknown[] = new Array(count).fill(null);
  const errors: SubgraphFieldError[] = [];
  for (const { positions, answer } of parts) {
    const received = (answer.data?._entities ?? []) as unknown[];
    const moved = positions.map((position, index) => {
      const entity = received[index];
      if (!isRecord(entity)) return null;
      const known = entities[position];
      if (isRecord(known)) return mergeRecord(known, entity, keysOf(position));
      entities[position] = entity;
      return null;
    });
    if (answer.data) errors.push(...answer.errors.map((error) => moveError(error, positions, moved)));
  }
  errors.push(...reportFailures(parts, entities, keysOf));
  return { data: { _entities: entities }, errors, ...joinKeeping(parts) };
}

/** What some root fields got from one instance. */
export interface RootPart {
  readonly keys: readonly string[];
  readonly answer: SubgraphAnswer;
}

/** Joins the parts of a root answer; an instance that failed costs its own fields alone. */
export function joinRoots(parts: readonly RootPart[]): SubgraphAnswer {
  // Without a prototype, so that a field called `__proto__` is plain data.
  const data: Record<string, unknown> = Object.create(null);
  const errors: SubgraphFieldError[] = [];
  for (const { keys, answer } of parts) {
    for (const key of keys) data[key] = answer.data && Object.hasOwn(answer.data, key) ? answer.data[key] : null;
    errors.push(...(answer.data ? answer.errors : keys.map((key) => failureAt(answer, [key]))));
  }
  return { data, errors, ...joinKeeping(parts) };
}

type KeepingSaid = Pick<SubgraphAnswer, 'cacheControl' | 'ageSeconds'>;

/** Of all that answered; who says nothing beside others who do forbids it. */
function joinKeeping(parts: readonly { readonly answer: SubgraphAnswer }[]): KeepingSaid {
  const answers = parts.map(({ answer }) => answer).filter(({ data }) => data !== null);
  const said = answers.map(({ cacheControl }) => cacheControl).filter((header) => header !== undefined);
  const oldest = Math.max(0, ...answers.map(({ ageSeconds = 0 }) => ageSeconds));
  return {
    cacheControl: said.length === 0 ? undefined : said.length < answers.length ? 'no-store' : said.join(', '),
    ageSeconds: oldest === 0 ? undefined : oldest,
  };
}

/** Where the elements of merged lists stand now, by list. */
type Moved = ReadonlyMap<string, readonly number[]> | null;

function mergeRecord(known: Record<string, unknown>, more: Record<string, unknown>, keys: ListKeys): Moved {
  const moved = new Map<string, readonly number[]>();
  for (const [name, value] of Object.entries(more)) {
    const before = Object.hasOwn(known, name) ? known[name] : null;
    if (before === null || before === undefined)
      Object.defineProperty(known, name, { value, enumerable: true, configurable: true, writable: true });
    else if (keys.has(name) && Array.isArray(before) && Array.isArray(value))
      moved.set(name, appendNew(before, value, keys.get(name) ?? []));
  }
  return moved;
}

/** @returns For each of `more` its place in `list`, old or new. */
function appendNew(list: unknown[], more: readonly unknown[], keys: readonly (readonly string[])[]): number[] {
  const places = new Map<string, number>();
  list.forEach((element, place) => {
    for (const name of namesOf(element, keys)) places.set(name, place);
  });
  return more.map((element) => {
    const found = namesOf(element, keys).map((name) => places.get(name));
    const place = found.find((known) => known !== undefined);
    return place ?? list.push(element) - 1;
  });
}

/** @returns A name for each key that the element has in full: half a key tells nothing. */
const namesOf = (element: unknown, keys: readonly (readonly string[])[]): string[] =>
  isRecord(element)
    ? keys
        .filter((key) => key.every((field) => element[field] !== null && element[field] !== undefined))
        .map((key) => JSON.stringify([key, key.map((field) => element[field])]))
    : [];

function moveError(
  error: SubgraphFieldError,
  positions: readonly number[],
  moved: readonly Moved[],
): SubgraphFieldError {
  const [root, index, key, place, ...rest] = error.path ?? [];
  if (root !== '_entities' || typeof index !== 'number') return error;
  const position = positions[index];
  if (position === undefined) return error;
  const path: (string | number)[] = [root, position];
  if (key !== undefined) path.push(key);
  if (place !== undefined)
    path.push(typeof place === 'number' ? (moved[index]?.get(String(key))?.[place] ?? place) : place, ...rest);
  return { ...error, path };
}

/** An instance that failed costs its records; where others knew them as well, only their joined lists. */
function reportFailures(
  parts: readonly EntityPart[],
  entities: readonly unknown[],
  keysOf: (position: number) => ListKeys,
): SubgraphFieldError[] {
  return parts
    .filter(({ answer }) => !answer.data)
    .flatMap(({ positions, answer }) =>
      positions.flatMap((position) =>
        entities[position] === null
          ? [failureAt(answer, ['_entities', position])]
          : [...keysOf(position).keys()].map((key) => failureAt(answer, ['_entities', position, key])),
      ),
    );
}

function failureAt({ errors: [first] }: SubgraphAnswer, path: (string | number)[]): SubgraphFieldError {
  const code = first?.extensions.code;
  return toFieldError(isErrorCode(code) ? code : 'SUBGRAPH_ERROR', path);
}
