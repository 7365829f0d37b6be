import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { addMocksToSchema } from '@graphql-tools/mock';
import { type GraphQLSchema, isScalarType, isSpecifiedScalarType, parse } from 'graphql';

/** A subgraph that answers invented values of the right types, and the keys it is asked for. */
export interface Mock {
  readonly url: string;
  close(): Promise<void>;
}

/** Values of the shared scalars that fit their form; any other scalar is a text. */
const SCALARS: Readonly<Record<string, () => unknown>> = {
  AGS: () => '10045114',
  Date: () => '2026-01-31',
  PartialDate: () => '1984-02',
};

/** @throws Error where the schema cannot be built. */
export async function startMock(sdl: string): Promise<Mock> {
  const server = new ApolloServer({
    schema: mocked(buildSubgraphSchema({ typeDefs: parse(sdl) })),
    csrfPrevention: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return { url, close: () => server.stop() };
}

function mocked(schema: GraphQLSchema): GraphQLSchema {
  const names = Object.values(schema.getTypeMap())
    .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type) && !type.name.startsWith('_'))
    .map(({ name }) => name);
  const mocks = Object.fromEntries(names.map((name) => [name, SCALARS[name] ?? (() => name)]));
  // Entities come out with the key they were asked for by, so that answers of several subgraphs join.
  return addMocksToSchema({ schema, mocks: { ...mocks, Int: () => 42, Float: () => 4.2 }, preserveResolvers: true });
}
