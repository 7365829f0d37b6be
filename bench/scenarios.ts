import { type ArenaSettings, DEFAULT_ARENA } from '../test/support/oracle/arena.js';
import type { TestSupergraph } from '../test/support/oracle/compose.js';
import type { Operation } from '../test/support/oracle/engine.js';
import { municipal } from '../test/support/oracle/supergraphs/municipal.js';
import { grown } from './grown.js';
import { withoutRules } from './guard.js';
import { MARKET_PAGE, MARKET_WIDE, market } from './market.js';

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
  /** Whose answers may be kept by who keeps any: of every subgraph, or of every second one. All where absent. */
  readonly kept?: 'half';
  readonly operation: Operation;
}

const PAGE_LENGTHS = { 'Query.favourites': 5, 'Article.reviews': 2 };
const WIDE_LENGTHS = { 'Query.customers': 9, 'Query.favourites': 7, 'Customer.reviews': 3, 'Article.reviews': 4 };

const RESIDENT = `query Page($ags: AGS!, $id: ID!) {
  resident(ags: $ags, id: $id) {
    familyName givenNames dateOfBirth
    currentAddress { street houseNumber postalCode place }
    housingBenefitCases { caseNumber status monthlyAmountCents }
    vehicles { plate make model inspectionDue }
  }
}`;

const VEHICLES = `query Wide($ags: AGS!) {
  vehicles(ags: $ags, first: 50) {
    edges {
      node {
        plate make model status firstRegistration inspectionDue
        holder {
          id familyName givenNames dateOfBirth placeOfBirth
          currentAddress { street houseNumber postalCode place }
          residences { status movedIn movedOut address { street place } }
          municipality { name district hosting { subgraph provider } }
          housingBenefitCases {
            caseNumber status monthlyAmountCents periodStart periodEnd
            decisions { decidedOn kind monthlyAmountCents }
            payments(first: 3) { edges { node { forMonth amountCents } } }
          }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const HOLDERS = `query Instances($ags: AGS!) {
  vehicles(ags: $ags, first: 50) { edges { node { plate holder { id familyName dateOfBirth } } } }
}`;

const MUNICIPAL_LENGTHS = {
  'VehicleConnection.edges': 50,
  'HousingBenefitPaymentConnection.edges': 3,
  'Resident.housingBenefitCases': 2,
  'Resident.vehicles': 2,
  'Resident.residences': 2,
  'Resident.givenNames': 2,
  'HousingBenefitCase.decisions': 2,
  'Municipality.hosting': 3,
};

const open = withoutRules({ ...municipal, lengths: MUNICIPAL_LENGTHS });

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
    name: 'market-wide-half',
    about: 'the same, what every second subgraph answers may not be kept',
    supergraph: market(WIDE_LENGTHS),
    familySize: 20,
    kept: 'half',
    operation: { query: MARKET_WIDE, variables: {} },
  },
  {
    name: 'municipal-page',
    about: 'a resident with housing benefit and vehicles',
    supergraph: open,
    guarded: municipal,
    familySize: 60,
    operation: { query: RESIDENT, variables: { ags: '10041114', id: 'id-7' } },
  },
  {
    name: 'municipal-page-slow',
    about: 'the same, each subgraph answering after 200 ms',
    supergraph: open,
    familySize: 60,
    latencyMs: 200,
    operation: { query: RESIDENT, variables: { ags: '10041114', id: 'id-7' } },
  },
  {
    name: 'municipal-wide',
    about: '50 vehicles with their holders and their cases',
    supergraph: open,
    familySize: 60,
    operation: { query: VEHICLES, variables: { ags: '10041114' } },
  },
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
    supergraph: open,
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

export const toArenaSettings = ({ familySize }: Scenario): ArenaSettings => ({
  ...DEFAULT_ARENA,
  nullRate: 0,
  familySize,
});
