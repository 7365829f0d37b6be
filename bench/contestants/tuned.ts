import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';
import { Pool } from 'undici';

type Fetcher = NonNullable<NonNullable<ConstructorParameters<typeof RemoteGraphQLDataSource>[0]>['fetcher']>;

/** undici without the weight of `fetch`: the few parts of a response that the data source reads. */
function createFetcher(url: string): Fetcher {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin);
  const fetcher = async (_: string, init: { headers: Record<string, string>; body: string }) => {
    const { statusCode, headers, body } = await pool.request({
      path,
      method: 'POST',
      headers: init.headers,
      body: init.body,
    });
    return {
      ok: statusCode < 300,
      status: statusCode,
      headers: new Map(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      json: () => body.json(),
      text: () => body.text(),
    };
  };
  return fetcher as unknown as Fetcher;
}

/** The data source asks for `Content-Type`, in capitals. */
class DataSource extends RemoteGraphQLDataSource {
  override parseBody(response: Parameters<RemoteGraphQLDataSource['parseBody']>[0]): Promise<object> {
    return response.json();
  }
}

// The same gateway with what its users do when it is too slow: undici, Fastify, plugins off.
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(process.env['SUPERGRAPH_PATH'] ?? '', 'utf8'),
  buildService: ({ url = '' }) => new DataSource({ url, fetcher: createFetcher(url) }),
});
const app = fastify();
const server = new ApolloServer({
  gateway,
  csrfPrevention: false,
  plugins: [
    fastifyApolloDrainPlugin(app),
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ],
});
await server.start();
app.post('/graphql', fastifyApolloHandler(server));
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
