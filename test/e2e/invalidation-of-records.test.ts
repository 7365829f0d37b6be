import { describe, expect, it } from '@jest/globals';
import { createEntityCache } from '../../gateway/cache/entity-cache.js';
import { JSON_VALUES } from '../../gateway/cache/entry-codec.js';
import { createHintOf } from '../../gateway/cache/hints.js';
import { openCaches } from '../../gateway/cache/open-caches.js';
import { readSchemaFacts } from '../../gateway/cache/schema-facts.js';
import { createScopeOf } from '../../gateway/cache/scope.js';
import { Sources } from '../../gateway/cache/sources.js';
import type { EngineParts } from '../../gateway/engine.js';
import { joinEntities } from '../../gateway/fetch/merge.js';
import type { FetchSubgraph } from '../../gateway/fetch/subgraph-request.js';
import { createCompiledGateway } from '../../gateway/plan/compiled-gateway.js';
import { readSupergraph, type Supergraph } from '../../gateway/supergraph.js';
import { type ChangingArena, createChangingArena } from '../support/oracle/changing.js';
import { compareResults } from '../support/oracle/compare.js';
import { createRun, NO_FAULTS } from '../support/oracle/faults.js';
import { createInProcess } from '../support/oracle/in-process.js';
import { createRandom } from '../support/oracle/random.js';
import { chain } from '../support/oracle/supergraphs/chain.js';
import { ledger } from '../support/oracle/supergraphs/ledger.js';
import { media } from '../support/oracle/supergraphs/media.js';
import { municipal } from '../support/oracle/supergraphs/municipal.js';
import { nested } from '../support/oracle/supergraphs/nested.js';
import { series } from '../support/oracle/supergraphs/series.js';
import { shop } from '../support/oracle/supergraphs/shop.js';

const SEED = 1;
const OPERATIONS = 40;

/** Threads do not inherit how the test runner reads TypeScript, so the planner's runs as it was built. */
const workerUrl = new URL('../../dist/gateway/plan/planner-worker.js', import.meta.url);

const KEPT_FOR_ALL = { cacheControl: 'public, max-age=3600' };

/** Everybody may know everything for an hour, so that nothing but an invalidation makes anything a miss. */
async function openKept(arena: ChangingArena) {
  const supergraph = readSupergraph(arena.supergraphSdl);
  const caches = openCaches({ supergraph, memoryBytes: 1e8, redisUrl: undefined, keys: [], onEvent: () => undefined });
  const cache = caches.open('entities', JSON_VALUES);
  const schema = readSchemaFacts(supergraph.document);
  let sources = new Sources(cache.moment());
  const around = (fetchSubgraph: FetchSubgraph) =>
    createEntityCache({
      fetchSubgraph: async (request, context) => ({ ...(await fetchSubgraph(request, context)), ...KEPT_FOR_ALL }),
      cache,
      moment: cache.moment,
      schemaHash: 'h',
      schema,
      hintOf: createHintOf(schema),
      tagger: caches.taggerOf(supergraph),
      publicFields: rootFieldsOf(supergraph),
      isPersonal: () => false,
      scopeOf: createScopeOf('1'),
      maySharePrivate: () => false,
      join: joinEntities,
      onEvent: () => undefined,
    });
  const createEngine = (parts: EngineParts) => {
    const fetchSubgraph = around(parts.fetchSubgraph);
    const fetchNoted: FetchSubgraph = (request, context) => fetchSubgraph(request, { ...context, sources });
    return createCompiledGateway({ ...parts, fetchSubgraph: fetchNoted, settings: { workerUrl } });
  };
  const engine = await createInProcess('kept', createEngine, arena);
  return {
    caches,
    async run(operation: Parameters<typeof engine.run>[0]) {
      sources = new Sources(cache.moment());
      const run = createRun(NO_FAULTS);
      const answer = await engine.run(operation, run);
      return { answer, calls: run.calls.length, whole: sources.whole() };
    },
    close: () => engine.close(),
  };
}

const rootFieldsOf = ({ document }: Supergraph): ReadonlySet<string> =>
  new Set([...readSchemaFacts(document).composites.keys()].filter((name) => name.startsWith('Query.')));

interface Counts {
  changes: number;
  /** Whose change the answer shows. */
  shown: number;
  stale: string[];
}

/** Keeps answers, changes one entity of each after another, says so by one of its names, and asks again. */
async function invalidateAll(arena: ChangingArena, isTold: boolean): Promise<Counts> {
  const kept = await openKept(arena);
  const counts: Counts = { changes: 0, shown: 0, stale: [] };
  for (let seed = 0; seed < OPERATIONS; seed++) {
    const operation = arena.generate(String(seed));
    if (/\bmutation\b/.test(operation.query)) continue;
    const truth = () => arena.monolith.run(operation, createRun(NO_FAULTS));
    const items = await arena.readDuring(truth);
    const random = createRandom(`${SEED} ${seed}`);
    for (let round = 0; round < 4 && items.length > 0; round++) {
      const item = random.pick(items);
      const bodies = [
        ...arena.keysOf(item).map((key) => ({ entity: { type: item.type, key } })),
        { type: item.type },
        ...municipalityOf(arena.keysOf(item)),
      ];
      const body = random.pick(bodies);
      const first = await kept.run(operation);
      const before = await truth();
      if (compareResults(before, first.answer)?.kind === 'data' || (before.errors ?? []).length > 0) break;
      arena.change(item);
      if (isTold) await kept.caches.invalidate(body);
      const isKept =
        first.whole !== null && kept.caches.isCurrent({ ...first.whole, asOf: first.whole.asOf.watermark });
      const after = await truth();
      const second = await kept.run(operation);
      const isShown = compareResults(before, after)?.kind === 'data';
      counts.changes += 1;
      counts.shown += Number(isShown);
      const difference = compareResults(after, second.answer);
      if (isShown && (isKept || difference?.kind === 'data'))
        counts.stale.push(JSON.stringify({ seed, body, isKept, difference, query: operation.query }));
    }
  }
  await kept.close();
  return counts;
}

const municipalityOf = (keys: readonly Readonly<Record<string, unknown>>[]): { municipality: unknown }[] =>
  keys.flatMap(({ ags }) => (ags === undefined ? [] : [{ municipality: ags }])).slice(0, 1);

describe.each([
  ['shop', shop],
  ['media', media],
  ['series', series],
  ['ledger', ledger],
  ['chain', chain],
  ['nested', nested],
  ['municipal', municipal],
])('over %s', (_, supergraph) => {
  it('whatever an answer shows of a record, an invalidation by any of its names reaches', async () => {
    const { changes, shown, stale } = await invalidateAll(createChangingArena(supergraph, SEED), true);
    expect(stale).toEqual([]);
    expect(shown).toBeGreaterThan(changes / 4);
  }, 30_000);
});

it('what nobody is told of stays', async () => {
  const { stale } = await invalidateAll(createChangingArena(shop, SEED), false);
  expect(stale.length).toBeGreaterThan(10);
}, 30_000);
