import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** A federation small enough to be understood, as data: what its subgraphs say, and what a caller may send. */
export interface TestSupergraph {
  readonly name: string;
  /** SDL by subgraph name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /**
   * Values that may be sent where not every value of the type will do: by scalar name, or by coordinate of an argument
   * (`Query.vehicle.plate`) or input field (`VehicleSearch.make`).
   */
  readonly values?: Readonly<Record<string, readonly unknown[]>>;
  /** How many items a list field has, by coordinate; without it 0 to 3. */
  readonly lengths?: Readonly<Record<string, number>>;
  /** Uses what the stock gateway refuses to load or ignores; then the monolith alone is the judge. */
  readonly isForRouters?: boolean;
  /**
   * What the planner is known to do wrong over it, in the stock gateway as well. There a wrong plan must be an error of
   * the answer, never silence; everywhere else nothing may be wrong.
   */
  readonly plannerFault?: string;
  /** Has fields that only somebody with a right may read. */
  readonly needsRights?: boolean;
}

/** Puts the words of Federation 2 in front of a subgraph's own SDL. */
export const federation2 = (sdl: string): string => `extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: [
      "@key" "@external" "@requires" "@provides" "@shareable" "@inaccessible" "@override" "@interfaceObject"
      "@context" "@fromContext" "@authenticated" "@requiresScopes" "@policy" "@tag"
    ]
  )
${sdl}`;

/**
 * @param url Where a subgraph answers.
 * @returns The supergraph SDL.
 * @throws Error with every composition error.
 */
export function composeSupergraph(supergraph: TestSupergraph, url: (subgraph: string) => string): string {
  const services = Object.entries(supergraph.subgraphs).map(([name, sdl]) => ({
    name,
    url: url(name),
    typeDefs: parse(sdl),
  }));
  const result = composeServices(services);
  if (result.supergraphSdl) return result.supergraphSdl;
  const problems = (result.errors ?? []).map((error) => error.message);
  throw new Error(`${supergraph.name} does not compose:\n${problems.join('\n')}`);
}
