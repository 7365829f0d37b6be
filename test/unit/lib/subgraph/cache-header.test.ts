import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { cacheHeader } from '../../../../lib/subgraph/cache-header.js';
import { readTypeDefs } from '../../../../lib/subgraph/serve.js';

const schema = buildSubgraphSchema({
  typeDefs: parse(readTypeDefs(new URL('../../../../subgraphs/directory/schema.graphql', import.meta.url))),
  resolvers: {
    Query: {
      municipalities: () => [{ ags: '10045114', name: 'Homburg' }],
      municipality: () => {
        throw new Error('away');
      },
    },
    Municipality: { __resolveReference: (key: { ags: string }) => ({ ...key, name: 'Homburg' }) },
  },
});
const server = new ApolloServer({
  schema,
  plugins: [ApolloServerPluginCacheControlDisabled(), cacheHeader(schema)],
});
afterAll(() => server.stop());

const headerOf = async (query: string) => {
  const { http } = await server.executeOperation({ query });
  return http.headers.get('cache-control');
};
const KEPT = 'max-age=60, public, stale-while-revalidate=600, stale-if-error=86400';

describe('the header of a subgraph', () => {
  it.each([
    ['what its schema allows', '{ municipalities { name } }', KEPT],
    ['the same again', '{ municipalities { name } }', KEPT],
    [
      'entities as their types say',
      '{ _entities(representations: [{ __typename: "Municipality", ags: "1" }]) { ... on Municipality { name } } }',
      KEPT,
    ],
    ['nothing beside an error', '{ municipality(ags: "10045114") { name } }', 'no-store'],
    ['nothing of what is not said', '{ _service { sdl } }', 'no-store'],
    ['nothing of what does not fit', '{ nothing }', 'no-store'],
    ['nothing of what is no GraphQL', '{', 'no-store'],
  ])('allows %s', async (_, query, expected) => {
    expect(await headerOf(query)).toBe(expected);
  });
});
