import { type Registers, registerOfRecord } from '../registers.js';
import type { Inside, ObjectShape } from './shaping.js';
import { compileRead, type Data } from './types.js';

/** One kind of record at one place of an answer: which fields belong to it, and which of them were met. */
export interface Scope {
  readonly type: string;
  /** Bits of the fields met since they were cleared; see `PlaceField`. */
  readonly marks: number[];
  /**
   * What the marks say, by register; the same arrays for the same marks. Of a record that is personal as such and told
   * nothing else: that it is there, without a field.
   */
  sent(): readonly Sent[];
  /** The fields of an object that is part of the record. */
  placeOf(shape: ObjectShape): Place;
  /** The scope of a record that stands inside of this one. */
  recordOf(shape: ObjectShape): Scope;
  /** @returns The key fields that the object has, all of them with the compiled engine. */
  keyOf(object: Data): Readonly<Record<string, string>>;
}

export interface Sent {
  readonly register: string;
  /** Coordinates, sorted. */
  readonly fields: readonly string[];
}

export interface Place {
  readonly fields: readonly PlaceField[];
}

export interface PlaceField {
  readonly key: string;
  readonly read: (object: Data) => unknown;
  /** Where to mark that it was sent; a `mask` of 0: it is public, or leads to records of its own. */
  readonly word: number;
  readonly mask: number;
  readonly inside: Inside | null;
}

export interface ScopeParts {
  readonly type: string;
  readonly registers: Registers;
  /** What belongs to no record counts for its values alone: that there is an object says its own record. */
  readonly isEntity: boolean;
  /** Where a key field stands in the data; under its own name where nothing is said. */
  readonly nameOf?: ((field: string) => string) | undefined;
}

const BITS = 31;
/** Combinations of nulls are as many as data has; more than these are made again. */
const MAX_REMEMBERED = 1000;

export function createScope({ type, registers, isEntity, nameOf = (name) => name }: ScopeParts): Scope {
  const marks: number[] = [];
  const coordinates: string[] = [];
  const places = new Map<ObjectShape, Place>();
  const records = new Map<ObjectShape, Scope>();
  const known = new Map<number | string, readonly Sent[]>();
  const keys = (registers.keys.get(type) ?? []).map((name) => [name, compileRead(nameOf(name))] as const);
  const bitOf = (coordinate: string): number => {
    const index = coordinates.indexOf(coordinate);
    const bit = index < 0 ? coordinates.push(coordinate) - 1 : index;
    marks[Math.floor(bit / BITS)] ??= 0;
    return bit;
  };
  const keeper = isEntity ? registerOfRecord(type, registers) : null;
  const nothingElse: readonly Sent[] = keeper === null ? [] : [{ register: keeper, fields: [] }];
  const compilePlace = (shape: ObjectShape): Place => ({
    fields: shape.fields.flatMap(({ key, source, coordinate, inside }): PlaceField[] => {
      if (source === null || coordinate === null) return [];
      const isMarked = registers.registers.has(coordinate) && (isEntity || !inside);
      if (!isMarked && !inside) return [];
      const bit = isMarked ? bitOf(coordinate) : 0;
      const [word, mask] = [Math.floor(bit / BITS), isMarked ? 1 << (bit % BITS) : 0];
      return [{ key, read: compileRead(source), word, mask, inside }];
    }),
  });
  const readSent = (): readonly Sent[] => {
    const met = coordinates.filter((_, bit) => ((marks[Math.floor(bit / BITS)] ?? 0) >> (bit % BITS)) & 1).sort();
    const found = new Map<string, string[]>();
    for (const coordinate of met) {
      const register = registers.registers.get(coordinate) ?? '';
      found.set(register, [...(found.get(register) ?? []), coordinate]);
    }
    return found.size === 0 ? nothingElse : [...found].map(([register, fields]) => ({ register, fields }));
  };
  return {
    type,
    marks,
    sent: () => remember(known, marks.length > 1 ? marks.join() : (marks[0] ?? 0), readSent),
    placeOf: (shape) => remember(places, shape, () => compilePlace(shape)),
    recordOf: (shape) =>
      remember(records, shape, () => createScope({ type: shape.type, registers, isEntity: true, nameOf })),
    keyOf: compileKey(keys),
  };
}

const compileKey =
  (keys: readonly (readonly [string, (object: Data) => unknown])[]): Scope['keyOf'] =>
  (object) => {
    const found: Record<string, string> = {};
    for (const [name, read] of keys) {
      const value = read(object);
      if (value !== null && value !== undefined) found[name] = typeof value === 'string' ? value : String(value);
    }
    return found;
  };

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = make();
  if (known.size >= MAX_REMEMBERED) known.clear();
  known.set(key, value);
  return value;
}
