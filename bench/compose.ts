import { type Source, tryCompose } from '../schema/try-compose.js';
import { ask } from '../test/support/ask.js';
import { eventually } from '../test/support/eventually.js';
import { type GatewayProcess, startGateway } from '../test/support/gateway-process.js';
import { createTestRegistry } from '../test/support/registry.js';
import { describeMachine, readMachine } from './machine.js';
import { median } from './table.js';

/**
 * `node dist/bench/compose.js [COUNT,…]`: how long a federation of so many subgraphs takes to compose, and a gateway that
 * follows its registry to switch, with operations in use. Five entities are shared by every ten subgraphs. Nobody runs
 * the subgraphs: what is measured is the schema alone.
 */
const counts = (process.argv[2] ?? '10,50,200').split(',').map(Number);
const ROUNDS = 3;
const GROUP = 10;
const ENTITIES = 5;
const OPERATIONS = 20;
const PATIENCE_MS = 300_000;
/** Nobody answers there, and says so at once. */
const NOWHERE = 'http://127.0.0.1:9/graphql';

console.log(`${describeMachine(readMachine())}\n`);
console.log('### compose: subgraphs of which every ten share five entities\n');
console.log('| subgraphs | compose ms | supergraph KB | start ms | switch ms | worst answer meanwhile ms |');
console.log('|--:|--:|--:|--:|--:|--:|');
for (const count of counts) console.log(`| ${(await measure(count)).join(' | ')} |`);

async function measure(count: number): Promise<(number | string)[]> {
  const sources = Array.from({ length: count }, (_, index) => toSource(index, false));
  const first = compose(sources);
  const composeMs = median(Array.from({ length: ROUNDS }, () => timed(() => compose(sources))));
  const changed = [toSource(0, true), ...sources.slice(1)];
  const second = compose(changed);
  const registry = await createTestRegistry(Object.fromEntries(sources.map(({ name }) => [name, [{ url: NOWHERE }]])));
  try {
    await registry.publish({ sources, supergraph: first });
    const startedAt = performance.now();
    const gateway = await startGateway({
      ...{ ...registry.env, ACCESS_DEFAULT: 'public', INTROSPECTION: 'on', RATE_LIMIT: 'off', LOG_LEVEL: 'silent' },
      PLANNING_DEADLINE_MS: '60000',
    });
    const startMs = performance.now() - startedAt;
    try {
      for (const operation of operations(count)) await ask(gateway.url, operation);
      await registry.publish({ sources: changed, supergraph: second });
      return [count, ...[composeMs, first.length / 1000, startMs, ...(await watchSwitch(gateway))].map(Math.round)];
    } finally {
      await gateway.stop();
    }
  } finally {
    await registry.remove();
  }
}

/** @returns How long the switch takes from the approval on, and the longest any answer takes until then, in ms. */
async function watchSwitch({ url }: GatewayProcess): Promise<[number, number]> {
  const approvedAt = performance.now();
  let worstMs = 0;
  await eventually(async () => {
    const askedAt = performance.now();
    const { text } = await ask(url, '{ __type(name: "Query") { fields { name } } }');
    worstMs = Math.max(worstMs, performance.now() - askedAt);
    if (!text.includes('"added"')) throw new Error('The gateway has not switched.');
  }, PATIENCE_MS);
  return [performance.now() - approvedAt, worstMs];
}

function toSource(index: number, isChanged: boolean): Source {
  const group = Math.floor(index / GROUP);
  const isOwner = index % GROUP === 0;
  const entities = Array.from({ length: ENTITIES }, (_, k) => {
    const fields = Array.from({ length: 4 }, (__, field) => `f${index}x${field}: String`);
    return `type E${group}x${k} @key(fields: "id") { id: ID!, ${fields.join(', ')} }`;
  });
  const roots = Array.from({ length: ENTITIES }, (_, k) => `e${group}x${k}(id: ID!): E${group}x${k}`);
  const added = isChanged ? ', added: Int' : '';
  return {
    name: `s${index}`,
    sdl: [
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])',
      ...(isOwner ? [`type Query { ${roots.join(', ')}${added} }`] : []),
      ...entities,
    ].join('\n'),
  };
}

/** Each over all subgraphs of one group. */
function operations(count: number): string[] {
  const groups = Math.ceil(count / GROUP);
  return Array.from({ length: OPERATIONS }, (_, index) => {
    const [group, k] = [index % groups, index % ENTITIES];
    const members = Array.from({ length: Math.min(GROUP, count) }, (__, i) => `f${group * GROUP + i}x${index % 4}`);
    return `query Q${index} { e${group}x${k}(id: "1") { ${members.join(' ')} } }`;
  });
}

function compose(sources: readonly Source[]): string {
  const composed = tryCompose(sources, { needsRules: false });
  if ('supergraph' in composed) return composed.supergraph;
  throw new Error(composed.faults.map(({ message }) => message).join('\n'));
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
