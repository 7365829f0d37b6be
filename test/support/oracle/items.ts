import { isInterfaceType } from 'graphql';
import type { Anatomy } from './anatomy.js';

/** One object of the world. Entities are numbered; every other object is known by the path that leads to it. */
export interface Item {
  /** Its object type, also where a subgraph knows only the interface. */
  readonly type: string;
  readonly id: string;
  readonly number: number | null;
  /** The object whose field led here. */
  readonly parent: Item | null;
  /** What an `_entities` fetch said about it. */
  readonly representation?: Representation;
}

export type Representation = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, unknown>>;

/** The numbered objects of a world. */
export interface Entities {
  get(number: number, typeName: string, parent: Item | null): Item;
  /** Numbers of the entities that are of exactly this object type. */
  numbers(typeName: string): readonly number[];
  /** All entities that a representation of this type, object or interface, may mean. */
  all(typeName: string): readonly Item[];
}

/** @param size Entities in a family: types with keys that implement one interface with keys share their numbers. */
export function createEntities(anatomy: Anatomy, size: number): Entities {
  const members = remember((typeName) => {
    const family = anatomy.whole.getType(anatomy.family(typeName));
    return isInterfaceType(family) ? anatomy.whole.getPossibleTypes(family).map(({ name }) => name) : [typeName];
  });
  const get = (number: number, typeName: string, parent: Item | null): Item => {
    const types = members(typeName);
    return {
      type: types[number % types.length] ?? typeName,
      id: `${anatomy.family(typeName)}#${number}`,
      number,
      parent,
    };
  };
  const every = Array.from({ length: size }, (_, number) => number);
  return {
    get,
    numbers: remember((typeName) => every.filter((number) => get(number, typeName, null).type === typeName)),
    all(typeName) {
      const items = every.map((number) => get(number, typeName, null));
      return members(typeName).includes(typeName) ? items.filter(({ type }) => type === typeName) : items;
    },
  };
}

export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && 'type' in value && 'id' in value && 'number' in value;

export const isKey = (anatomy: Anatomy, item: Item, fieldName: string): boolean =>
  item.number !== null &&
  anatomy
    .keys(item.type)
    .some((key) => key.selections.some((part) => part.kind === 'Field' && part.name.value === fieldName));

function remember<T>(read: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name) ?? read(name);
    known.set(name, found);
    return found;
  };
}
