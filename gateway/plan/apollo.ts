import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError } from 'graphql';
import { ERROR_CODES } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { RequestContext } from '../context.js';
import type { CreateEngine, Engine } from '../engine.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import { createLeaves, fitPaths, locateErrors } from './apollo-errors.js';
import { stripFeatures } from './strip-features.js';

/**
 * The stock executor of @apollo/gateway over our data sources. It opens no connection of its own: no uplink, no
 * telemetry; the supergraph is fixed.
 */
export const createApolloEngine: CreateEngine = ({ supergraph, fetchSubgraph, log }) => {
  // Read by the constructor below; without it the package sends usage figures to its maker.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  const gateway = new ApolloGateway({
    supergraphSdl: stripFeatures(supergraph.document),
    buildService: ({ name }) => createDataSource(name, fetchSubgraph),
    logger: quietly(log),
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
  });
  return {
    onSchemaLoadOrUpdate: (listener) => gateway.onSchemaLoadOrUpdate(listener),
    async load() {
      const { executor } = await gateway.load({ apollo: {} });
      return { executor: async (request) => tidy(await executor(request), request) };
    },
    stop: () => gateway.stop(),
  };
};

type Executor = NonNullable<Awaited<ReturnType<Engine['load']>>['executor']>;
type Result = Awaited<ReturnType<Executor>>;

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
