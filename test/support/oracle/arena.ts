import { type Anatomy, readAnatomy } from './anatomy.js';
import { composeSupergraph, type TestSupergraph } from './compose.js';
import type { Engine, Operation } from './engine.js';
import { DEFAULT_GENERATOR, generateOperation } from './generate/operation.js';
import { createMonolith } from './monolith.js';
import { createStock } from './stock.js';
import { createSubgraph, type TestSubgraph } from './subgraph.js';
import { createWorld } from './world.js';

/** One test supergraph, ready: its subgraphs, and the engines whose answers others are held against. */
export interface Arena {
  readonly name: string;
  readonly plannerFault?: string | undefined;
  readonly supergraphSdl: string;
  readonly anatomy: Anatomy;
  readonly subgraphs: readonly TestSubgraph[];
  readonly monolith: Engine;
  /** `null` where the stock gateway refuses to load the supergraph. */
  readonly stock: Engine | null;
  /** @param isPlain Without aliases that are names of keys or required fields: the stock gateway confuses them. */
  generate(seed: string, isPlain: boolean): Operation;
}

export interface ArenaSettings {
  /** Seed of the data. */
  readonly seed: number;
  readonly nullRate: number;
  readonly familySize: number;
  readonly maxSelections: number;
  /** Where a subgraph answers; only engines outside this process need it. */
  readonly url: (subgraph: string) => string;
}

export const DEFAULT_ARENA: ArenaSettings = {
  seed: 1,
  nullRate: 0.12,
  familySize: 12,
  maxSelections: DEFAULT_GENERATOR.maxSelections,
  url: (subgraph) => `http://${subgraph}.invalid/graphql`,
};

export async function createArena(supergraph: TestSupergraph, settings: ArenaSettings): Promise<Arena> {
  const supergraphSdl = composeSupergraph(supergraph, settings.url);
  const anatomy = readAnatomy(supergraphSdl);
  const { values = {}, lengths = {} } = supergraph;
  const world = createWorld(anatomy, { ...settings, scalars: values, lengths });
  const subgraphs = Object.entries(supergraph.subgraphs).map(([name, sdl]) => createSubgraph(name, sdl, world));
  const generator = { ...DEFAULT_GENERATOR, values, maxSelections: settings.maxSelections };
  const plainGenerator = { ...generator, reserved: anatomy.machinery };
  return {
    name: supergraph.name,
    plannerFault: supergraph.plannerFault,
    supergraphSdl,
    anatomy,
    subgraphs,
    monolith: createMonolith(world),
    stock: supergraph.isForRouters ? null : await createStock(supergraphSdl, subgraphs),
    generate: (seed, isPlain) =>
      generateOperation(anatomy.api, `${supergraph.name} ${seed}`, isPlain ? plainGenerator : generator),
  };
}
