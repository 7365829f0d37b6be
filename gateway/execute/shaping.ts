import { AppError } from '../../lib/errors.js';
import type { Denial } from '../authorize/decision.js';
import type { Output } from './output.js';
import { type Data, isObject } from './types.js';

/** An error of the answer, as the client sees it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
}

/** One writing of an answer. */
export interface Shaping {
  readonly out: Output;
  /** Broken promises found on the way; their paths grow while the writers return. */
  readonly faults: (string | number)[][];
  /** Which of `faults` are no broken promises but fields that the caller may not see. */
  denials: Map<readonly (string | number)[], Denial> | null;
  /** Fields and elements whose absence an error already explains. */
  readonly explained: ReadonlyMap<Data, ReadonlySet<string | number>> | null;
  /** As in `Losses`. */
  readonly unknown: ReadonlySet<Data>;
  /** JSON text by response name of what the schema itself answers. */
  readonly introspection: ReadonlyMap<string, string> | null;
  /** Where objects were written that may come again in another place; `null` where none does. */
  readonly written: Map<Data, Written> | null;
}

interface Written {
  readonly inside: Inside;
  readonly from: number;
  readonly to: number;
}

/**
 * @returns False where there is nothing to write, for a reason that is among `faults` or explained; what was written then
 * has to be taken back.
 */
export type Write = (value: unknown, shaping: Shaping) => boolean;

export interface ObjectShape {
  /** Name of the type; an abstract one where only that much is known of the object. */
  readonly type: string;
  /** Every field that is answered for an object of this type, in order. */
  readonly fields: readonly ShapeField[];
  /** Whether some field holds objects. */
  readonly isDeep: boolean;
}

export interface ShapeField {
  /** The client's response name. */
  readonly key: string;
  /** Response name in the joined data; `null`: not from subgraphs. */
  readonly source: string | null;
  /** `Type.field`; `null`: of no type's own. */
  readonly coordinate: string | null;
  /** `"key":`, after a comma but for the first. */
  readonly label: string;
  readonly write: (object: Data, shaping: Shaping) => boolean;
  /** What is inside, by the object; `null` for leaves. */
  readonly inside: Inside | null;
}

export interface Inside {
  /** @returns `null` where clients may not see objects of this type. */
  shapeOf(object: Data): ObjectShape | null;
  /** Shapes of every type that could be there. */
  all(): readonly ObjectShape[];
}

/** @returns As `Write`: false where a field that must have a value has none, so that the object has to be null. */
export function writeFields(object: Data, { fields }: ObjectShape, shaping: Shaping): boolean {
  const { out } = shaping;
  out.ascii('{');
  for (const field of fields) {
    out.ascii(field.label);
    if (!field.write(object, shaping)) return false;
  }
  out.ascii('}');
  return true;
}

export function writeObject(inside: Inside): Write {
  const write = (object: Data, shaping: Shaping): boolean => {
    const shape = inside.shapeOf(object);
    return shape ? writeFields(object, shape, shaping) : fault(shaping);
  };
  return (value, shaping) => {
    if (!isObject(value) || Array.isArray(value)) return fault(shaping);
    return shaping.written ? writeOnce(value, inside, write, shaping) : write(value, shaping);
  };
}

/** An object with a fault is written again: each of its places has a path of its own to tell. */
function writeOnce(
  object: Data,
  inside: Inside,
  write: (object: Data, shaping: Shaping) => boolean,
  shaping: Shaping,
): boolean {
  const { out, faults, written } = shaping;
  // Leaves alone are written sooner than looked up.
  if (!inside.shapeOf(object)?.isDeep) return write(object, shaping);
  const known = written?.get(object);
  if (known?.inside === inside) {
    out.repeat(known.from, known.to);
    return true;
  }
  const from = out.length;
  const mark = faults.length;
  const isWritten = write(object, shaping);
  if (isWritten && faults.length === mark) written?.set(object, { inside, from, to: out.length });
  return isWritten;
}

export function writeList(writeElement: Write, isElementNullable: boolean): Write {
  return (value, shaping) => {
    if (!Array.isArray(value)) return fault(shaping);
    const { out, faults } = shaping;
    out.ascii('[');
    for (let index = 0; index < value.length; index++) {
      if (index > 0) out.ascii(',');
      const element: unknown = value[index];
      const start = out.length;
      const mark = faults.length;
      const isAbsent = element === null || element === undefined;
      if (isAbsent && !isElementNullable && !isExplained(shaping, value as unknown as Data, index)) fault(shaping);
      const isWritten = !isAbsent && writeElement(element, shaping);
      if (faults.length !== mark) prefix(faults, mark, index);
      if (isWritten) continue;
      // The list is null whatever else is in it.
      if (!isElementNullable) return false;
      writeNull(shaping, start);
    }
    out.ascii(']');
    return true;
  };
}

/** @param isGuarded The name could be read from `Object.prototype` where the object has no such field. */
export function writeField(
  key: string,
  source: string,
  { isNullable, isGuarded, write }: { isNullable: boolean; isGuarded: boolean; write: Write },
): ShapeField['write'] {
  return (object, shaping) => {
    const value = isGuarded && !Object.hasOwn(object, source) ? undefined : object[source];
    const start = shaping.out.length;
    const mark = shaping.faults.length;
    const isAbsent = value === null || value === undefined;
    const isWritten = isAbsent ? noteAbsent(object, source, value, isNullable, shaping) : write(value, shaping);
    if (shaping.faults.length !== mark) prefix(shaping.faults, mark, key);
    if (isWritten) return true;
    if (isNullable) writeNull(shaping, start);
    return isNullable;
  };
}

/** Once for each object that is there. The field is null, or its object where it cannot be. */
export function writeDenied(key: string, denial: Denial, isNullable: boolean): ShapeField['write'] {
  return (_, shaping) => {
    const { out, faults } = shaping;
    const path = [key];
    faults.push(path);
    shaping.denials ??= new Map();
    shaping.denials.set(path, denial);
    if (isNullable) out.ascii('null');
    return isNullable;
  };
}

/** In place of what was written from there on. */
function writeNull({ out, written }: Shaping, start: number): void {
  if (out.length !== start) {
    out.rewind(start);
    written?.clear();
  }
  out.ascii('null');
}

/** `undefined`: no subgraph sent the field at all, which is silent only for entities that a subgraph does not know. */
function noteAbsent(
  object: Data,
  source: string,
  value: null | undefined,
  isNullable: boolean,
  shaping: Shaping,
): false {
  if (isExplained(shaping, object, source)) return false;
  if (isNullable && (value === null || shaping.unknown.has(object))) return false;
  return fault(shaping);
}

const isExplained = ({ explained }: Shaping, container: Data, key: string | number): boolean =>
  explained?.get(container)?.has(key) ?? false;

export function fault(shaping: Shaping): false {
  shaping.faults.push([]);
  return false;
}

function prefix(faults: (string | number)[][], from: number, key: string | number): void {
  for (let index = from; index < faults.length; index++) faults[index]?.unshift(key);
}

export function faultErrors(shaping: Shaping): AnswerError[] {
  const { message, extensions } = new AppError('SUBGRAPH_MALFORMED');
  return shaping.faults.map((path) => {
    const denial = shaping.denials?.get(path);
    if (!denial) return { message, path, extensions };
    return { message: denial.message, path, extensions: { ...denial.detail, code: denial.code } };
  });
}
