import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { ERROR_CODES } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { RunCurrent } from '../cache/overtaken.js';
import type { HostContext, RequestContext } from '../context.js';
import { NOTHING_DISCLOSED } from '../disclosed.js';
import type { CreateEngine, Engine, EngineParts } from '../engine.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import { withOwnNames } from './apollo-aliases.js';
import { withDenials } from './apollo-denials.js';
import { withDisclosure } from './apollo-disclosure.js';
import { createLeaves, fitPaths, locateErrors } from './apollo-errors.js';
import { stripFeatures } from './strip-features.js';
import { refusalsOf } from './to-graphql-errors.js';

/**
 * The stock executor of @apollo/gateway over our data sources. It opens no connection of its own: no uplink, no
 * telemetry. One of it always answers by its latest schema, so each supergraph has one of its own.
 */
export const createApolloEngine: CreateEngine = (parts) => {
  // Read by the constructor below; without it the package sends usage figures to its maker.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const listeners = new Set<Listener>();
  const executors = new WeakMap<GraphQLSchema, Executor>();
  let current: Version | null = null;
  let former: Version | null = null;
  const use = async (sdl: string): Promise<void> => {
    const next = await openVersion(sdl, parts);
    executors.set(next.schema, next.executor);
    await former?.gateway.stop();
    [former, current] = [current, next];
    for (const listener of listeners) tell(listener, next);
  };
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      if (current) tell(listener, current);
      return () => listeners.delete(listener);
    },
    async load() {
      if (!current) await use(parts.supergraph.sdl);
      return { executor: (request) => executorOf(executors, request.schema)(request) };
    },
    async update(sdl) {
      if (sdl !== current?.sdl) await use(sdl);
    },
    async stop() {
      await Promise.all([current?.gateway.stop(), former?.gateway.stop()]);
    },
  };
};

type Listener = Parameters<Engine['onSchemaLoadOrUpdate']>[0];

interface Version {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly gateway: ApolloGateway;
  readonly executor: Executor;
}

const tell = (listener: Listener, { schema, sdl }: Version): void =>
  listener({ apiSchema: schema, coreSupergraphSdl: sdl });

function executorOf(executors: WeakMap<GraphQLSchema, Executor>, schema: GraphQLSchema): Executor {
  const executor = executors.get(schema);
  if (!executor) throw new TypeError('An operation was judged by a schema that was never in use.');
  return executor;
}

async function openVersion(
  sdl: string,
  { fetchSubgraph, log, readRegisters, runCurrent }: EngineParts,
): Promise<Version> {
  const gateway = new ApolloGateway({
    supergraphSdl: stripFeatures(parse(sdl, { noLocation: true })),
    buildService: ({ name }) => createDataSource(name, fetchSubgraph),
    logger: quietly(log),
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
  });
  let schema: GraphQLSchema | null = null;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  const { executor: stock } = await gateway.load({ apollo: {} });
  const executor = withOwnNames(stock);
  if (!schema) throw new TypeError('The stock gateway has not told its schema.');
  const registers = readRegisters?.(sdl) ?? null;
  const disclose = withDisclosure(async (request) => tidy(await executor(request), request), registers);
  const judged = withDenials(disclose);
  return { sdl, schema, gateway, executor: runCurrent ? untilCurrent(judged, runCurrent) : judged };
}

type Executor = NonNullable<Awaited<ReturnType<Engine['load']>>['executor']>;
type Result = Awaited<ReturnType<Executor>>;

/** What it discloses stands in the context of the request. */
const untilCurrent =
  (execute: Executor, runCurrent: RunCurrent): Executor =>
  async (request) => {
    const context = request.context as HostContext;
    const run = async () => {
      const result = await execute(request);
      return { ...(context.disclosed ?? NOTHING_DISCLOSED), result };
    };
    try {
      return (await runCurrent(run, context)).result;
    } catch (error) {
      return { errors: refusalsOf(error) };
    }
  };

/** The stock executor tells of a null in a non-null place beside the errors; for GraphQL it is an error. */
function tidy({ data, errors = [], extensions }: Result, { operation, document }: Parameters<Executor>[0]): Result {
  const nulls = (extensions?.valueCompletion ?? []) as readonly GraphQLError[];
  const malformed = nulls.map(
    ({ path }) =>
      new GraphQLError(ERROR_CODES.SUBGRAPH_MALFORMED.text, {
        ...(path && { path }),
        extensions: { code: 'SUBGRAPH_MALFORMED' },
      }),
  );
  const all = fitPaths([...errors, ...malformed], operation, document);
  return { ...(data !== undefined && { data }), ...(all.length > 0 && { errors: all }) };
}

function createDataSource(subgraph: string, fetchSubgraph: FetchSubgraph): GraphQLDataSource {
  const leavesOf = createLeaves();
  return {
    async process({ request, context }) {
      const { query: operation = '', operationName, variables = {} } = request;
      const kind = /^\s*mutation\b/.test(operation) ? 'mutation' : 'query';
      const asked = { subgraph, kind, operation, operationName, variables } as const;
      const answer = await fetchSubgraph(asked, context as RequestContext);
      const errors = locateErrors(answer, leavesOf(operation), variables).map(({ path, ...error }) => ({
        ...error,
        ...(path && { path: [...path] }),
      }));
      return { data: answer.data, ...(errors.length > 0 && { errors }) };
    },
  };
}

/** What the stock gateway says in its ordinary work is nothing that an operator needs. */
const quietly = (log: Log) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: (message: unknown) => log.warn({ message: String(message) }, 'stock gateway'),
  error: (message: unknown) => log.error({ message: String(message) }, 'stock gateway'),
});
