import type { Anatomy } from './anatomy.js';
import { canonical } from './canonical.js';
import { createEntities, type Item, type Representation } from './items.js';
import { createTruth, pick } from './truth.js';
import { createValues, type ReadValue, type ValueSettings } from './values.js';

/**
 * The one truth behind all subgraphs of a test supergraph: every field of every object has a value that can be asked
 * for through any subgraph, in any order, or in one schema without any federation.
 */
export interface World {
  readonly anatomy: Anatomy;
  root(typeName: string): Item;
  /** @returns The entity that a representation means; `null` where there is none. */
  find(typeName: string, representation: Representation): Item | null;
  readonly value: ReadValue;
  readonly truth: ReadValue;
}

export interface WorldSettings extends ValueSettings {
  /** Entities in a family; where there are few, the same one turns up again and again. */
  readonly familySize: number;
}

export function createWorld(anatomy: Anatomy, settings: WorldSettings): World {
  const entities = createEntities(anatomy, settings.familySize);
  const value = createValues(anatomy, entities, settings);
  const { truth, select } = createTruth(anatomy, value);
  const indexes = new Map<string, ReadonlyMap<string, Item>>();

  const find = (typeName: string, representation: Representation): Item | null => {
    for (const [position, key] of anatomy.keys(typeName).entries()) {
      const wanted = pick(representation, key);
      if (!wanted) continue;
      const name = `${typeName} ${position}`;
      const index = indexes.get(name) ?? indexBy(typeName, position);
      indexes.set(name, index);
      return index.get(canonical(wanted)) ?? null;
    }
    return null;
  };

  const indexBy = (typeName: string, position: number): Map<string, Item> => {
    const key = anatomy.keys(typeName)[position];
    return new Map(entities.all(typeName).map((item) => [key ? canonical(select(item, key)) : '', item]));
  };

  return {
    anatomy,
    root: (typeName) => ({ type: typeName, id: typeName, number: null, parent: null }),
    find,
    value,
    truth,
  };
}
