import type { Fault, Loss, Losses, PlacedFault } from './losses.js';
import type { AnswerError, ObjectShape, ShapeField } from './shaping.js';
import { type Data, isObject, read } from './types.js';

export interface Report {
  readonly errors: readonly AnswerError[];
  /** As in `Shaping`. */
  readonly explained: ReadonlyMap<Data, ReadonlySet<string | number>>;
}

type Path = readonly (string | number)[];

/** Fetches that left something out of an object, with what they would have filled in it. */
type Active = readonly Loss[];

export interface Reporting {
  readonly losses: Losses;
  /** Response names that fetches are made with. */
  readonly required: ReadonlySet<string>;
}

/**
 * Says at which places of the client's answer something is missing because of a subgraph: one error for each field that a
 * fault cost, and each fault at least once that may have changed something, also where the client did not ask for what was
 * lost. What was fetched for types that the objects turned out not to be is missed by nobody.
 */
export function reportLosses(root: Data, shape: ObjectShape, reporting: Reporting): Report {
  const reporter = new Reporter(reporting);
  reporter.visitObject(root, shape, [], []);
  reporter.reportTheRest();
  return reporter;
}

class Reporter implements Report {
  readonly errors: AnswerError[] = [];
  readonly explained = new Map<Data, Set<string | number>>();
  readonly #losses: Losses;
  readonly #required: ReadonlySet<string>;
  readonly #reported = new Set<Fault>();
  readonly #paths = new Map<Data, Path>();

  constructor({ losses, required }: Reporting) {
    this.#losses = losses;
    this.#required = required;
  }

  visitObject(object: Data, shape: ObjectShape, path: Path, above: Active): void {
    if (!this.#paths.has(object)) this.#paths.set(object, path);
    const own = this.#losses.losses.get(object);
    const active = own ? [...above, ...own] : above;
    for (const field of shape.fields)
      if (field.source !== null) this.#visitField(object, field, field.source, path, active);
  }

  reportTheRest(): void {
    // Of an entity that came as null, what failed may be a field that only the plan asked for.
    for (const [object, faults] of this.#losses.faults)
      for (const [key, placed] of faults)
        if (typeof key === 'number' || this.#required.has(key) || this.#losses.unknown.has(object))
          for (const { fault } of placed) this.#reportAt(object, fault);
    for (const [object, losses] of this.#losses.losses)
      for (const { fault, fields } of losses)
        if ([...fields.keys()].some((name) => this.#required.has(name))) this.#reportAt(object, fault);
  }

  #visitField(object: Data, field: ShapeField, source: string, path: Path, active: Active): void {
    const value = read(object, source);
    const here = [...path, field.key];
    const placed = this.#losses.faults.get(object)?.get(source);
    if (placed) this.#explain(object, source, placed, here, field);
    else if (value === undefined || value === null) {
      const loss = active.find(({ fields, coversNull }) => fields.has(source) && (value === undefined || coversNull));
      if (loss) this.#explain(object, source, [{ fault: loss.fault, rest: [] }], here, field);
    }
    this.#visitValue(value, field, here, below(active, source));
  }

  #visitValue(value: unknown, field: ShapeField, path: Path, active: Active): void {
    if (!isObject(value)) return;
    if (Array.isArray(value)) {
      const list = value as unknown as Data;
      const faults = this.#losses.faults.get(list);
      // A subgraph's path may name anything; an element of the list is what a client knows.
      for (const [index, placed] of faults ?? [])
        if (typeof index === 'number' && index < value.length)
          this.#explain(list, index, placed, [...path, index], field);
      if (field.inside || faults)
        for (const [index, element] of value.entries()) this.#visitValue(element, field, [...path, index], active);
      return;
    }
    const shape = field.inside?.shapeOf(value);
    if (shape) this.visitObject(value, shape, path, active);
  }

  #explain(container: Data, key: string | number, placed: readonly PlacedFault[], path: Path, field: ShapeField): void {
    const keys = this.explained.get(container) ?? new Set();
    this.explained.set(container, keys.add(key));
    for (const { fault, rest } of placed) this.#report(fault, [...path, ...clientPath(rest, field)]);
  }

  #report(fault: Fault, path: Path): void {
    this.#reported.add(fault);
    const { message, extensions } = fault;
    this.errors.push(path.length > 0 ? { message, path, extensions } : { message, extensions });
  }

  /** At the nearest object of the answer: what was lost is nothing the client can name. */
  #reportAt(object: Data, fault: Fault): void {
    if (!this.#reported.has(fault)) this.#report(fault, this.#paths.get(object) ?? []);
  }
}

const below = (active: Active, source: string): Active =>
  active.flatMap((loss) => {
    const fields = loss.fields.get(source);
    return fields ? [{ ...loss, fields }] : [];
  });

/** The client's names for what lies below a `null`; ends where the client asked for nothing of that name. */
function clientPath(rest: Path, field: ShapeField): Path {
  const path: (string | number)[] = [];
  let current: ShapeField | undefined = field;
  for (const element of rest) {
    if (typeof element === 'number') path.push(element);
    else {
      current = current?.inside
        ?.all()
        .flatMap(({ fields }) => fields)
        .find(({ source }) => source === element);
      if (!current) return path;
      path.push(current.key);
    }
  }
  return path;
}
