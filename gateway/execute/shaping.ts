import { AppError } from '../../lib/errors.js';
import { type Data, isObject } from './types.js';

/** An error of the answer, as the client sees it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
}

/** One writing of an answer. */
export interface Shaping {
  /** Broken promises found on the way; their paths grow while the writers return. */
  readonly faults: (string | number)[][];
  /** Fields and elements whose absence an error already explains. */
  readonly explained: ReadonlyMap<Data, ReadonlySet<string | number>> | null;
  /** As in `Losses`. */
  readonly unknown: ReadonlySet<Data>;
  /** JSON text by response name of what the schema itself answers. */
  readonly introspection: ReadonlyMap<string, string> | null;
  /** Text of objects that may come again in another place; `null` where none does. */
  readonly written: Map<Data, { readonly inside: Inside; readonly text: string }> | null;
}

/** JSON text; `null` where there is none to write, and the reason is among `faults` or explained. */
export type Write = (value: unknown, shaping: Shaping) => string | null;

export interface ObjectShape {
  /** Every field that is answered for an object of this type, in order. */
  readonly fields: readonly ShapeField[];
}

export interface ShapeField {
  /** The client's response name. */
  readonly key: string;
  /** Response name in the joined data; `null`: not from subgraphs. */
  readonly source: string | null;
  /** `"key":`, after a comma but for the first. */
  readonly label: string;
  readonly write: (object: Data, shaping: Shaping) => string | null;
  /** What is inside, by the object; `null` for leaves. */
  readonly inside: Inside | null;
}

export interface Inside {
  /** @returns `null` where clients may not see objects of this type. */
  shapeOf(object: Data): ObjectShape | null;
  /** Shapes of every type that could be there. */
  all(): readonly ObjectShape[];
}

/** @returns `null` where a field that must have a value has none, so that the object has to be null. */
export function writeFields(object: Data, { fields }: ObjectShape, shaping: Shaping): string | null {
  let text = '{';
  for (const field of fields) {
    const part = field.write(object, shaping);
    if (part === null) return null;
    text += field.label + part;
  }
  return `${text}}`;
}

export function writeObject(inside: Inside): Write {
  const write = (object: Data, shaping: Shaping): string | null => {
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
  write: (object: Data, shaping: Shaping) => string | null,
  shaping: Shaping,
): string | null {
  const known = shaping.written?.get(object);
  if (known?.inside === inside) return known.text;
  const mark = shaping.faults.length;
  const text = write(object, shaping);
  if (text !== null && shaping.faults.length === mark) shaping.written?.set(object, { inside, text });
  return text;
}

export function writeList(writeElement: Write, isElementNullable: boolean): Write {
  return (value, shaping) => {
    if (!Array.isArray(value)) return fault(shaping);
    let text = '';
    let isNull = false;
    for (let index = 0; index < value.length; index++) {
      const element: unknown = value[index];
      const mark = shaping.faults.length;
      const isAbsent = element === null || element === undefined;
      let part = isAbsent ? null : writeElement(element, shaping);
      if (isAbsent && !isElementNullable && !isExplained(shaping, value as unknown as Data, index)) fault(shaping);
      if (shaping.faults.length !== mark) prefix(shaping.faults, mark, index);
      if (part === null && !isElementNullable) isNull = true;
      part ??= 'null';
      text += index === 0 ? part : `,${part}`;
    }
    return isNull ? null : `[${text}]`;
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
    const mark = shaping.faults.length;
    const isAbsent = value === null || value === undefined;
    const part = isAbsent ? writeAbsent(object, source, value, isNullable, shaping) : write(value, shaping);
    if (shaping.faults.length !== mark) prefix(shaping.faults, mark, key);
    return part === null && isNullable ? 'null' : part;
  };
}

/** `undefined`: no subgraph sent the field at all, which is silent only for entities that a subgraph does not know. */
function writeAbsent(
  object: Data,
  source: string,
  value: null | undefined,
  isNullable: boolean,
  shaping: Shaping,
): null {
  if (isExplained(shaping, object, source)) return null;
  if (isNullable && (value === null || shaping.unknown.has(object))) return null;
  return fault(shaping);
}

const isExplained = ({ explained }: Shaping, container: Data, key: string | number): boolean =>
  explained?.get(container)?.has(key) ?? false;

export function fault(shaping: Shaping): null {
  shaping.faults.push([]);
  return null;
}

function prefix(faults: (string | number)[][], from: number, key: string | number): void {
  for (let index = from; index < faults.length; index++) faults[index]?.unshift(key);
}

export function faultErrors(shaping: Shaping): AnswerError[] {
  const { message, extensions } = new AppError('SUBGRAPH_MALFORMED');
  return shaping.faults.map((path) => ({ message, path, extensions }));
}
