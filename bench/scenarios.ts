import { type ArenaSettings, DEFAULT_ARENA } from '../test/support/oracle/arena.js';
import type { TestSupergraph } from '../test/support/oracle/compose.js';
import type { Operation } from '../test/support/oracle/engine.js';
import { municipal } from '../test/support/oracle/supergraphs/municipal.js';
import { grown } from './grown.js';
import { KEPT } from './kept.js';
import { MARKET_PAGE, MARKET_WIDE, market } from './market.js';
import { HOLDERS, openMunicipal, RESIDENT, VEHICLES } from './municipal.js';

/** One row of work: a supergraph with its data, and the operation that is asked again and again. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly supergraph: TestSupergraph;
  /** The same with its rules, for contestants that let nobody read without a right. */
  readonly guarded?: TestSupergraph;
  /** Entities in a family: how many different ones the answer can hold. */
  readonly familySize: number;
  /** How many instances run a subgraph, each for its own municipalities; one where absent. */
  readonly instances?: Readonly<Record<string, number>>;
  /** How long every subgraph waits before it answers; not at all where absent. */
  readonly latencyMs?: number;
  /** Subgraphs whose answers may be kept by who keeps any; all where absent. */
  readonly kept?: readonly string[];
  /** For how long; a second at least. 30 of people and 3600 otherwise where absent. */
  readonly keptSeconds?: number;
  /** What a gateway may keep in its memory. */
  readonly memoryBytes?: number;
  readonly operation: Operation;
  /** Variables with which it is asked in turn; its own where absent. */
  readonly variations?: readonly NonNullable<Operation['variables']>[];
  /** Requests a second; as many as are answered where absent. */
  readonly perSecond?: number;
  /** Only contestants with one of these in their name; all where absent. */
  readonly only?: readonly string[];
}

const PAGE_LENGTHS = { 'Query.favourites': 5, 'Article.reviews': 2 };
const WIDE_LENGTHS = { 'Query.customers': 9, 'Query.favourites': 7, 'Customer.reviews': 3, 'Article.reviews': 4 };

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'market-page',
    about: 'a page of the market: one entity hop, 2 subgraph requests',
    supergraph: market(PAGE_LENGTHS),
    familySize: 20,
    operation: { query: MARKET_PAGE, variables: {} },
  },
  {
    name: 'market-wide',
    about: 'the wide query of the market: five levels',
    supergraph: market(WIDE_LENGTHS),
    familySize: 20,
    operation: { query: MARKET_WIDE, variables: {} },
  },
  {
    name: 'municipal-page',
    about: 'a resident with housing benefit and vehicles',
    supergraph: openMunicipal,
    guarded: municipal,
    familySize: 60,
    operation: { query: RESIDENT, variables: { ags: '10041114', id: 'id-7' } },
  },
  {
    name: 'municipal-page-slow',
    about: 'the same, each subgraph answering after 200 ms',
    supergraph: openMunicipal,
    familySize: 60,
    latencyMs: 200,
    operation: { query: RESIDENT, variables: { ags: '10041114', id: 'id-7' } },
  },
  {
    name: 'municipal-wide',
    about: '50 vehicles with their holders and their cases',
    supergraph: openMunicipal,
    familySize: 60,
    operation: { query: VEHICLES, variables: { ags: '10041114' } },
  },
  ...KEPT,
];

/** How the cost grows with the number of entities and of subgraphs. */
export const GROWTH: readonly Scenario[] = [
  ...[1, 10, 100, 1000].map((count) => ({
    name: `entities-${count}`,
    about: `${count} entities over two hops`,
    supergraph: market({ 'Query.favourites': count, 'Article.reviews': 1 }),
    familySize: Math.max(20, count),
    operation: {
      query: 'query Entities { favourites { code title delivery reviews { id author { name } } } }',
      variables: {},
    },
  })),
  ...[5, 20, 80].map((count) => grown(count)),
  ...[1, 4, 16].map((count) => ({
    name: `instances-${count}`,
    about: `50 vehicles whose holders live in municipalities of ${count} instances of the residents register`,
    supergraph: openMunicipal,
    familySize: 64,
    instances: { residents: count },
    operation: { query: HOLDERS, variables: { ags: '10041114' } },
  })),
];

/** @throws TypeError for a name that none has. */
export function findScenario(name: string): Scenario {
  const found = [...SCENARIOS, ...GROWTH].find((scenario) => scenario.name === name);
  if (!found) throw new TypeError(`no scenario ${name}`);
  return found;
}

/** @returns What is asked in turn; the first one is the scenario's own operation where nothing varies. */
export const operationsOf = ({ operation, variations = [operation.variables ?? {}] }: Scenario): Operation[] =>
  variations.map((variables) => ({ ...operation, variables }));

export const toArenaSettings = ({ familySize }: Scenario): ArenaSettings => ({
  ...DEFAULT_ARENA,
  nullRate: 0,
  familySize,
});
