import { readFileSync } from 'node:fs';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import { z } from 'zod';
import { municipalityTag } from '../cache-tags.js';
import { findInstance, type Instance } from '../cooperation/model.js';
import { type CooperationSource, watchCooperation } from '../cooperation/watch.js';
import { publicKeys } from '../internal-key.js';
import { createVerifier } from '../internal-token.js';
import { createLog, LOG_LEVELS, type Log } from '../log.js';
import { maskError, reportError } from '../mask.js';
import { port, readSettings } from '../settings.js';
import { cacheHeader } from './cache-header.js';
import type { RequestContext } from './context.js';
import type { AnySubgraph, ResolverMap } from './define.js';
import { type Guard, guard } from './guard.js';
import { serveInlet } from './inlet.js';
import { INVALIDATION_SETTINGS, openInvalidations } from './invalidate.js';
import { serveLinkedFiles } from './linked-files.js';

const SHARED_WORDS = new URL('../../schema/directives.graphql', import.meta.url);

/** Settings that every subgraph has. */
export const SUBGRAPH_SETTINGS = {
  PORT: port().default(0),
  HOST: z.string().default('127.0.0.1'),
  /** Id of the provider in the cooperation file. */
  PROVIDER: z.string(),
  COOPERATION_PATH: z.string().default('cooperation.yaml'),
  /** Whose requests are believed: all others are refused. Several while one key takes the place of another. */
  GATEWAY_PUBLIC_KEY: publicKeys(),
  ...INVALIDATION_SETTINGS,
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
};

export interface RunningSubgraph {
  /** Where GraphQL is served. */
  readonly url: string;
  close(): Promise<void>;
}

/** The SDL a subgraph serves: its own file behind the shared words. */
export const readTypeDefs = (schema: URL): string =>
  `${readFileSync(SHARED_WORDS, 'utf8')}\n${readFileSync(schema, 'utf8')}`;

/**
 * Connects to the legacy system and serves the subgraph until `close`: `POST /graphql` for the gateway alone, `/livez`,
 * `/readyz`, the files it has given out links to, and what its legacy system sends by itself.
 *
 * @throws SettingsError, CooperationError, or what the connector says when the legacy system cannot be used at all.
 */
export async function serveSubgraph(
  subgraph: AnySubgraph,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunningSubgraph> {
  const settings = readSettings({ ...SUBGRAPH_SETTINGS, ...subgraph.settings }, env) as z.output<
    z.ZodObject<typeof SUBGRAPH_SETTINGS>
  >;
  const log = createLog(`subgraph ${subgraph.name} ${settings.PROVIDER}`, settings.LOG_LEVEL);
  const cooperation = watchCooperation(settings.COOPERATION_PATH, log);
  const serves = createServes(subgraph.name, settings, cooperation);
  const served = () => cooperation.current().municipalities.filter(({ ags }) => serves(ags));
  const all = () => served().map(({ ags }) => municipalityTag(ags));
  const invalidations = openInvalidations({ settings, all, log });
  const connector = await subgraph.connect({ settings: settings as never, cooperation, serves, invalidations, log });
  const server = createServer(subgraph, log);
  await server.start();

  const fastify = Fastify({
    forceCloseConnections: 'idle',
    bodyLimit: 4 * 1024 * 1024,
    keepAliveTimeout: 75_000,
    // As long as Node lets a head be: what is too long for a link is refused where links are read.
    routerOptions: { maxParamLength: 16_384 },
    // An address that cannot be read never comes to the guard.
    frameworkErrors: (_error, _request, reply) => void (reply as FastifyReply).code(401).send(),
  });
  const guarded = guard(fastify, createVerifier(settings.GATEWAY_PUBLIC_KEY, subgraph.name), log);
  fastify.get('/livez', () => ({ status: 'UP' }));
  fastify.get('/readyz', () => ({ status: 'UP' }));
  if (subgraph.files) serveLinkedFiles(fastify, subgraph.files, { connector, log });
  if (subgraph.inlet) serveInlet(fastify, subgraph.inlet, { connector, log });
  fastify.post(
    '/graphql',
    fastifyApolloHandler(server, {
      context: async (request, reply) =>
        createContext(request, reply, { guarded, serves, loaders: (known) => subgraph.loaders(connector, known) }),
    }),
  );
  const address = await fastify.listen({ port: settings.PORT, host: settings.HOST });
  log.info({ address }, 'ready');
  return {
    url: `${address}/graphql`,
    async close() {
      await fastify.close();
      await server.stop();
      await connector.close();
      await invalidations.close();
      cooperation.close();
    },
  };
}

/**
 * An instance is known by its provider, and by its port where one provider runs several of the same kind. One whose port
 * the agreement does not name, while it moves or behind a balancer, stands for all of them: its legacy system knows
 * whom it holds.
 */
function createServes(
  subgraph: string,
  settings: { readonly PROVIDER: string; readonly PORT: number },
  cooperation: CooperationSource,
): (ags: string) => boolean {
  const isHere = ({ provider, url }: Instance) =>
    provider === settings.PROVIDER && Number(new URL(url).port) === settings.PORT;
  return (ags) => {
    const agreement = cooperation.current();
    // Asks the agreement, not a pattern: the beginning of a key is no municipality, though a pattern may cover it.
    const instance = findInstance(agreement, subgraph, ags);
    if (instance?.provider !== settings.PROVIDER) return false;
    return isHere(instance) || !agreement.subgraphs.get(subgraph)?.some(isHere);
  };
}

function createServer(subgraph: AnySubgraph, log: Log): ApolloServer<RequestContext> {
  const schema = buildSubgraphSchema({
    typeDefs: parse(readTypeDefs(subgraph.schema)),
    resolvers: subgraph.resolvers as ResolverMap,
  });
  return new ApolloServer<RequestContext>({
    schema,
    csrfPrevention: false,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      // Its header says nothing of stale answers.
      ApolloServerPluginCacheControlDisabled(),
      cacheHeader(schema),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      report(log),
    ],
    formatError: (formatted, error) => {
      if (isOfDocument(formatted.extensions?.code)) return formatted;
      const { message, extensions } = maskError(error);
      return { ...formatted, message, extensions };
    },
  });
}

const isOfDocument = (code: unknown): boolean =>
  code === 'GRAPHQL_VALIDATION_FAILED' || code === 'GRAPHQL_PARSE_FAILED';

const report = (log: Log): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: async () => ({
    async didEncounterErrors({ errors, contextValue }) {
      for (const error of errors)
        if (!isOfDocument(error.extensions.code)) reportError(error, log, contextValue.requestId);
    },
  }),
});

function createContext(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: {
    guarded: Guard;
    serves: RequestContext['serves'];
    loaders: (known: Omit<RequestContext, 'loaders'>) => unknown;
  },
): RequestContext {
  const left = new AbortController();
  // The answer's, not the socket's: a kept-alive socket outlives the request and would gather one listener for each.
  reply.raw.once('close', () => left.abort());
  const requestId = request.headers['x-request-id'];
  const known = {
    caller: parts.guarded.callerOf(request),
    serves: parts.serves,
    signal: left.signal,
    requestId: typeof requestId === 'string' ? requestId : '-',
  };
  return { ...known, loaders: parts.loaders(known) };
}
