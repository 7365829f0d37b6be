import { hash } from '../test/support/oracle/random.js';
import { municipal } from '../test/support/oracle/supergraphs/municipal.js';
import { MARKET_PAGES, pagedMarket } from './market.js';
import { openMunicipal, RESIDENT } from './municipal.js';
import type { Scenario } from './scenarios.js';

const PAGES_LENGTHS = { 'Query.page': 20, 'Article.reviews': 2 };
const PAGES = {
  supergraph: pagedMarket(PAGES_LENGTHS),
  familySize: 4000,
  operation: { query: MARKET_PAGES, variables: { number: 0 } },
};
/** Found by trying: the table says what share of the articles is found. */
const HALF_BYTES = 2_630_000;
const numbered = (count: number) => Array.from({ length: count }, (_, number) => ({ number }));

/** What is asked for again before it is over, by each of 3 replicas as well: 10 and 3.3 times on average. */
const BRIEF = { keptSeconds: 2, perSecond: 500 };
const DIFFERENT = 100;
/** In no order, so that what was kept at once is not over at once for ever. */
const scattered = Array.from({ length: 5000 }, (_, turn) => hash(`turn ${turn}`) % DIFFERENT);

/** What caches find of many different questions. */
export const KEPT: readonly Scenario[] = [
  {
    ...PAGES,
    name: 'pages-warm',
    about: '1,000 pages of 20 articles in turn, which anybody may read: all of it kept',
    variations: numbered(1000),
  },
  {
    ...PAGES,
    name: 'pages-half',
    about: 'the same, with memory for half of the articles: the other half has to be asked for',
    variations: numbered(1000),
    kept: ['reviews'],
    memoryBytes: HALF_BYTES,
  },
  {
    ...PAGES,
    ...BRIEF,
    name: 'pages-brief',
    about: '100 pages, kept for 2 s, 500 requests a second',
    variations: scattered.map((number) => ({ number })),
    only: ['responses kept'],
  },
  {
    ...BRIEF,
    name: 'municipal-brief',
    about: '100 residents with housing benefit and vehicles, kept for 2 s, 500 requests a second',
    supergraph: openMunicipal,
    guarded: municipal,
    familySize: DIFFERENT,
    operation: { query: RESIDENT, variables: { ags: '10041114', id: 'id-7' } },
    variations: scattered.map((number) => ({ ags: '10041114', id: `id-${number}` })),
    only: ['identity, rules and log, responses kept'],
  },
];
