import { type Cooperation, type Instance, isServedBy } from '../../lib/cooperation/model.js';
import type { Supergraph } from '../supergraph.js';

/** Where a subgraph runs. */
export interface SubgraphInstances {
  readonly all: readonly Instance[];
  /** The instance of each municipality by AGS; `null` where requests are not routed. */
  readonly byMunicipality: ReadonlyMap<string, Instance> | null;
}

/** Where every subgraph runs, by subgraph name; one agreement holds for a whole subgraph request. */
export type Instances = ReadonlyMap<string, SubgraphInstances>;

/** The instances of a cooperation agreement. */
export const instancesOf = (cooperation: Cooperation): Instances =>
  new Map([...cooperation.subgraphs].map(([name, all]) => [name, { all, byMunicipality: index(cooperation, all) }]));

/** Without an agreement each subgraph has the one instance that the supergraph names. */
export const instancesIn = ({ subgraphs }: Supergraph): Instances =>
  new Map(
    subgraphs.map(({ name, url }) => [
      name,
      { all: URL.canParse(url) ? [{ provider: '-', url, serves: ['*'] }] : [], byMunicipality: null },
    ]),
  );

function index({ municipalities }: Cooperation, all: readonly Instance[]): ReadonlyMap<string, Instance> {
  const found = new Map<string, Instance>();
  for (const { ags } of municipalities) {
    const instance = all.find((candidate) => isServedBy(candidate, ags));
    if (instance) found.set(ags, instance);
  }
  return found;
}
