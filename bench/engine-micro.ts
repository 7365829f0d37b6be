import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, getOperationAST, parse } from 'graphql';
import type { SubgraphAnswer } from '../gateway/fetch/subgraph-request.js';
import { createCompiledGateway } from '../gateway/plan/compiled-gateway.js';

/**
 * CPU of the executor alone: the same wide query through the stock gateway and the compiled engine, with subgraph answers
 * that were recorded before and are only parsed. Prints the time of one operation each, and how they compare.
 *
 * Run it built: `node dist/bench/engine-micro.js`.
 */
const HEAD =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable"])';

const SUBGRAPHS: Readonly<Record<string, string>> = {
  accounts: `type Query { users: [User] } type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  products: `type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  inventory: `type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean
    shippingEstimate: Int @requires(fields: "price weight") }`,
  reviews: `type Review @key(fields: "id") { id: ID! body: String author: User product: Product }
    type User @key(fields: "id") { id: ID! username: String @shareable reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

const QUERY = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query Wide {
    users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
    topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } }
  }`;

const ROUNDS = 5;
const RUNS = 150;

const users = range(6).map((id) => ({ id: `${id}`, name: `Name ${id}`, username: `user${id}`, birthday: id }));
const items = range(9).map((upc) => ({ upc: `${upc}`, name: `Product ${upc}`, price: upc * 10, weight: upc * 100 }));
const reviews = range(22).map((id) => ({
  id: `${id}`,
  body: `A review with some words, number ${id}`,
  user: id % 6,
  item: id % 9,
}));

function range(size: number): number[] {
  return Array.from({ length: size }, (_, index) => index);
}

const review = (found: (one: (typeof reviews)[number]) => boolean) =>
  reviews.filter(found).map((one) => ({ ...one, author: { id: `${one.user}` }, product: { upc: `${one.item}` } }));

const RESOLVERS: Readonly<Record<string, object>> = {
  accounts: {
    Query: { users: () => users },
    User: { __resolveReference: ({ id }: { id: string }) => users[Number(id)] },
  },
  products: {
    Query: { topProducts: () => items.slice(0, 5) },
    Product: { __resolveReference: ({ upc }: { upc: string }) => items[Number(upc)] },
  },
  inventory: {
    Product: {
      inStock: () => true,
      shippingEstimate: ({ price, weight }: { price: number; weight: number }) => price + weight,
    },
  },
  reviews: {
    User: {
      username: ({ id }: { id: string }) => `user${id}`,
      reviews: ({ id }: { id: string }) => review((one) => `${one.user}` === id),
    },
    Product: { reviews: ({ upc }: { upc: string }) => review((one) => `${one.item}` === upc) },
  },
};

interface Asked {
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Answers like a subgraph, the second time from memory. */
function createBackend() {
  const recorded = new Map<string, string>();
  const schemas = new Map<string, GraphQLSchema>(
    Object.entries(SUBGRAPHS).map(([name, sdl]) => [
      name,
      buildSubgraphSchema({ typeDefs: parse(`${HEAD}\n${sdl}`), resolvers: RESOLVERS[name] as never }),
    ]),
  );
  let requests = 0;
  const answer = async (subgraph: string, { operation, variables }: Asked): Promise<SubgraphAnswer> => {
    requests++;
    const list = variables?.['representations'] as unknown[] | undefined;
    const key = `${subgraph} ${operation} ${list?.length} ${JSON.stringify(list?.[0])}`;
    const known = recorded.get(key);
    if (known !== undefined) return { data: JSON.parse(known), errors: [] };
    const schema = schemas.get(subgraph) as GraphQLSchema;
    const { data } = await execute({ schema, document: parse(operation), variableValues: { ...variables } });
    recorded.set(key, JSON.stringify(data));
    return { data: JSON.parse(JSON.stringify(data)), errors: [] };
  };
  const takeRequests = (): number => {
    const taken = requests;
    requests = 0;
    return taken;
  };
  return { answer, takeRequests };
}

const log = { debug() {}, info() {}, warn() {}, error() {} };
const composed = composeServices(
  Object.entries(SUBGRAPHS).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid`,
    typeDefs: parse(`${HEAD}\n${sdl}`),
  })),
);
const sdl = composed.supergraphSdl ?? '';
const backend = createBackend();

process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
const stock = new ApolloGateway({
  supergraphSdl: sdl,
  logger: log,
  buildService: ({ name }) => ({
    process: async ({ request }) =>
      (await backend.answer(name, { operation: request.query ?? '', variables: request.variables })) as never,
  }),
});
const { executor } = await stock.load({ apollo: {} } as never);
const document = parse(QUERY);
const operation = getOperationAST(document);
const asked = {
  request: { query: QUERY, variables: {} },
  document,
  operation,
  operationName: 'Wide',
  queryHash: 'wide',
  source: QUERY,
  context: {},
  metrics: {},
  logger: log,
};
const askStock = async (): Promise<string> => JSON.stringify((await executor(asked as never)).data);

const compiled = createCompiledGateway({
  supergraph: { sdl },
  log,
  fetchSubgraph: ({ subgraph, operation, variables }) => backend.answer(subgraph, { operation, variables }),
});
const { executor: first } = await compiled.load({ apollo: {} } as never);
const context = { requestId: 'bench', caller: null, signal: new AbortController().signal };
await first?.({ ...asked, context } as never);
const ready = compiled.lookup(QUERY, 'Wide', context);
if (!ready) throw new Error('not compiled');
const askCompiled = async (): Promise<string> => (await compiled.execute(ready, {}, context)).data;
/** Bytes, as a socket wants them: a text that was put together is only copied then. */
const toBytes = async (ask: () => Promise<string>): Promise<Buffer> => Buffer.from(await ask());

async function time(ask: () => Promise<string>): Promise<number> {
  const started = process.cpuUsage();
  for (let run = 0; run < RUNS; run++) await toBytes(ask);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000 / RUNS;
}

const answers = [await askStock(), await askCompiled()];
if (answers[0] !== answers[1]) throw new Error('the answers differ');
backend.takeRequests();
await askStock();
const stockRequests = backend.takeRequests();
await askCompiled();
console.log(`answer ${answers[0]?.length} bytes; requests: stock ${stockRequests}, compiled ${backend.takeRequests()}`);

const rounds: (readonly [number, number])[] = [];
for (let round = 0; round < ROUNDS; round++) rounds.push([await time(askStock), await time(askCompiled)] as const);
const median = (index: 0 | 1): number => rounds.map((round) => round[index]).sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
console.log(
  `CPU per operation: stock ${median(0).toFixed(3)} ms, compiled ${median(1).toFixed(3)} ms, ratio ${(median(0) / median(1)).toFixed(1)}`,
);
await Promise.all([stock.stop(), compiled.stop()]);
