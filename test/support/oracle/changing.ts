import { readAnatomy } from './anatomy.js';
import { canonical } from './canonical.js';
import { composeSupergraph, type TestSupergraph } from './compose.js';
import type { Engine, Operation } from './engine.js';
import { DEFAULT_GENERATOR, generateOperation } from './generate/operation.js';
import type { Item, Representation } from './items.js';
import { createMonolith } from './monolith.js';
import { createSubgraph, type TestSubgraph } from './subgraph.js';
import { createTruth } from './truth.js';
import { createWorld } from './world.js';

/** A test supergraph over a world in which single objects change. */
export interface ChangingArena {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly TestSubgraph[];
  readonly monolith: Engine;
  generate(seed: string): Operation;
  /** Entities that anything was read of while something ran, in the order of their names. */
  readDuring(run: () => Promise<unknown>): Promise<Item[]>;
  /** Changes every value of an entity but its keys. */
  change(item: Item): void;
  /** What an entity is known by: every key of its type. */
  keysOf(item: Item): Representation[];
}

export function createChangingArena(supergraph: TestSupergraph, seed: number): ChangingArena {
  const supergraphSdl = composeSupergraph(supergraph, (name) => `http://${name}.invalid/graphql`);
  const anatomy = readAnatomy(supergraphSdl);
  const versions = new Map<string, number>();
  const read = new Map<string, Item>();
  const versionOf = (item: Item): string => {
    if (item.number !== null) read.set(item.id, item);
    return versions.has(item.id) ? ` ${versions.get(item.id)}` : '';
  };
  const { values = {}, lengths = {} } = supergraph;
  const world = createWorld(anatomy, { seed, nullRate: 0.12, familySize: 12, scalars: values, lengths, versionOf });
  const { select } = createTruth(anatomy, world.value);
  return {
    supergraphSdl,
    subgraphs: Object.entries(supergraph.subgraphs).map(([name, sdl]) => createSubgraph(name, sdl, world)),
    monolith: createMonolith(world),
    generate: (text) =>
      generateOperation(anatomy.api, `${supergraph.name} ${text}`, { ...DEFAULT_GENERATOR, values, maxSelections: 25 }),
    async readDuring(run) {
      read.clear();
      await run();
      return [...read.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
    },
    change: ({ id }) => versions.set(id, (versions.get(id) ?? 0) + 1),
    keysOf: (item) => {
      const keys = anatomy.keys(item.type).map((key) => select(item, key));
      return [...new Map(keys.map((key) => [canonical(key), key])).values()];
    },
  };
}
