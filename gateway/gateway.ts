import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Log } from '../lib/log.js';
import { createAudit } from './audit/audit.js';
import { createAuditStore } from './audit/open-audit.js';
import { readPoliciesFile } from './authorize/policies.js';
import { createBySchema } from './by-schema.js';
import { openCaches } from './cache/open-caches.js';
import { openKeeping } from './cache/open-keeping.js';
import { createScopeOf } from './cache/scope.js';
import { openDocuments } from './documents/open-documents.js';
import { joinEntities } from './fetch/merge.js';
import { openFetch } from './fetch/open-fetch.js';
import type { FetchSubgraph } from './fetch/subgraph-request.js';
import { createHost, type Phase } from './host.js';
import { createAdminServer } from './http/admin.js';
import { createAnswer } from './http/answer.js';
import { createDirect } from './http/direct.js';
import { createDrain } from './http/drain.js';
import { createHttpServer } from './http/server.js';
import { openIdentity } from './identity/open-identity.js';
import { createAdmit } from './limits/admit.js';
import { openBudgets } from './limits/open-budgets.js';
import { readLimits } from './limits/profile.js';
import { createScreen } from './limits/screen.js';
import { type MapSources, openMap } from './map/open-map.js';
import { createObserver } from './observe/observer.js';
import { once } from './once.js';
import { isReadable, listPhases, readSchemaParts } from './phases.js';
import { createApolloEngine } from './plan/apollo.js';
import { createCompiledGateway } from './plan/compiled-gateway.js';
import { servePlayground } from './playground/serve.js';
import { openRegistry, type RegistryLink } from './registry/open-registry.js';
import { formatError, formatRefusal } from './respond/format-error.js';
import { type GatewaySettings, rateOf } from './settings.js';
import { readSupergraph } from './supergraph.js';

/** A gateway that is ready to listen. */
export interface Gateway {
  readonly api: FastifyInstance;
  readonly admin: FastifyInstance;
  /** Refuses new requests, lets those in flight end, then closes everything. Further calls wait for the first. */
  close(): Promise<void>;
}

/**
 * Puts the phases together, in the order of a request: http, identity, limits, authorize, plan and execute, fetch,
 * respond, observe.
 *
 * @throws Error or CooperationError where a file that the settings name cannot be used.
 */
export async function createGateway(settings: GatewaySettings, log: Log): Promise<Gateway> {
  const drain = createDrain();
  const observer = createObserver(log, () => drain.inFlight);
  const registry = await followedRegistry(settings, log);
  const supergraph = readSupergraph(registry?.current()?.supergraph ?? readFileSync(settings.SUPERGRAPH_PATH, 'utf8'));
  const identify = openIdentity({
    issuer: settings.OIDC_ISSUER,
    audience: settings.OIDC_AUDIENCE,
    mappingPath: settings.IDENTITY_PATH,
    log,
  });
  const limits = readLimits(settings);
  const budgets = openBudgets({
    perSecond: rateOf(settings),
    guesses: settings.LIMITS === 'on' ? settings.LIMIT_GUESSES : null,
    readSearches: (operation) => parts.of(operation.schema).readPersonSearches(operation),
    redisUrl: settings.REDIS_URL,
    secret: settings.CACHE_KEYS[0],
    log,
  });
  const documents = openDocuments({
    mode: settings.TRUSTED_DOCUMENTS,
    paths: settings.TRUSTED_DOCUMENTS_PATH,
    log,
  });
  const admit = createAdmit(identify, budgets.rate);
  const http = { corsOrigins: settings.CORS_ORIGINS, maxBodyBytes: settings.MAX_BODY_BYTES };
  const store = settings.AUDIT === 'off' ? null : await createAuditStore(settings, log);
  const audit =
    store &&
    createAudit({
      sink: store,
      registers: ({ schema }) => parts.of(schema).registers,
      onFailure: (requestId, error) => log.error({ requestId, cause: String(error) }, 'an access was not recorded'),
    });
  const caches = openCaches({
    supergraph,
    memoryBytes: settings.CACHE_MEMORY_BYTES,
    redisUrl: settings.REDIS_URL,
    keys: settings.CACHE_KEYS,
    onEvent: observer.onCache,
  });
  observer.watchMemory(caches.bytes);
  const policies = readPoliciesFile(settings.POLICIES_PATH);
  const scopeOf = createScopeOf(`${policies.policyVersion} ${settings.ACCESS_DEFAULT}`);
  const fetching = openFetch({
    supergraph,
    cooperationPath: settings.COOPERATION_PATH,
    endpoint: {
      deadlineMs: settings.SUBGRAPH_DEADLINE_MS,
      connections: settings.SUBGRAPH_CONNECTIONS,
      maxBytes: settings.SUBGRAPH_MAX_BYTES,
    },
    scopeOf: settings.INFLIGHT_DEDUPE === 'on' ? scopeOf : null,
    signingKey: settings.SUBGRAPH_SIGNING_KEY,
    standing: registry,
    onEvent: observer.onFetch,
    log,
  });
  const keeping = openKeeping({
    caches,
    keepsEntities: settings.ENTITY_CACHE === 'on',
    keepsResponses: settings.RESPONSE_CACHE === 'on',
    scopeOf,
    maySharePrivate: fetching.maySharePrivate,
    join: joinEntities,
    onEvent: observer.onCache,
  });
  const known = {
    limits,
    policies,
    accessDefault: settings.ACCESS_DEFAULT,
    fetchFor: keeping.around(fetching.fetchFor),
  };
  const parts = createBySchema(supergraph.sdl, (sdl) => readSchemaParts(sdl, known));
  const count = registry && countWith(registry);
  const phases = [...listPhases({ parts, limits, audit, count, ...budgets }), ...keeping.phases];
  const fetchSubgraph: FetchSubgraph = (request, context) =>
    (context.schema ? parts.of(context.schema) : parts.current()).fetchSubgraph(request, context);
  const readPersonal = store && ((sdl: string) => parts.prepare(sdl).registers);
  const compiled =
    settings.ENGINE === 'compiled'
      ? createCompiledGateway({
          supergraph,
          fetchSubgraph,
          log,
          settings: {
            readRegisters: readPersonal,
            deadlineMs: settings.PLANNING_DEADLINE_MS,
            maxAnswerBytes: settings.ANSWER_MAX_BYTES,
          },
        })
      : null;
  const engine = compiled ?? createApolloEngine({ supergraph, fetchSubgraph, log, readRegisters: readPersonal });
  engine.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => parts.use(apiSchema, coreSupergraphSdl));
  const responses = keeping.responses({
    supergraphOf: ({ schema }) => parts.of(schema).supergraph,
    isOpen: (operation) => parts.of(operation.schema).authorize.isPublic(operation),
    overridesOf: (context) => compiled?.overridesOf(context) ?? [],
    settings: `${settings.ACCESS_DEFAULT} ${settings.AUDIT}`,
  });
  const isIntrospectable = settings.INTROSPECTION === 'on';
  const host = createHost({
    engine,
    phases,
    formatError,
    formatRefusal,
    isIntrospectable,
    costLimit: limits.cost,
    audit,
    responses,
    log,
  });
  await host.start();
  registry?.start({
    async onSchema({ supergraph: sdl }) {
      parts.prepare(sdl);
      await engine.update(sdl);
    },
    onAlarm: observer.onRegistryAlarm,
    log,
  });
  const api = await createHttpServer({
    answer: createAnswer({
      host,
      admit,
      documents,
      screen: createScreen(limits),
      isExplained: settings.PLAYGROUND === 'on',
    }),
    direct:
      compiled &&
      createDirect({
        engine: compiled,
        admit,
        documents,
        phases,
        formatError,
        audit,
        responses,
        drain,
        ...http,
        ...observer,
      }),
    pages: createPages(settings, {
      sdl: () => parts.current().supergraph.sdl,
      cooperation: fetching.cooperation,
      isHealthy: fetching.isHealthy,
      log,
    }),
    isReady: () => compiled?.isReady() ?? true,
    drain,
    ...http,
    ...observer,
  });
  const admin = createAdminServer({ ...observer, token: settings.ADMIN_TOKEN, invalidate: caches.invalidate });
  return {
    api,
    admin,
    close: once(async () => {
      const notice = new Promise((resolve) => setTimeout(resolve, settings.DRAIN_NOTICE_MS));
      await Promise.all([drain.start(settings.DRAIN_MS), notice]);
      // Whoever is still there has had DRAIN_MS.
      if (drain.inFlight > 0) api.server.closeAllConnections();
      await api.close();
      await registry?.close();
      await host.stop();
      await fetching.close();
      caches.close();
      await store?.close();
      documents.close();
      budgets.close();
      await admin.close();
    }),
  };
}

/** @returns `null` where the supergraph is a file. */
async function followedRegistry(settings: GatewaySettings, log: Log): Promise<RegistryLink | null> {
  const { REGISTRY: where, REGISTRY_STAGE: stage, COOPERATION_PATH: cooperationPath } = settings;
  return where === undefined || cooperationPath === undefined
    ? null
    : openRegistry({ where, stage, cooperationPath, isUsable: isReadable, log });
}

const countWith =
  ({ usage }: RegistryLink): Phase =>
  (operation, { context }) =>
    usage.count(operation, context.client ?? null);

function createPages(settings: GatewaySettings, map: MapSources): FastifyPluginAsync | null {
  const { PLAYGROUND, OIDC_ISSUER: issuer, PLAYGROUND_CLIENT_ID: clientId } = settings;
  if (PLAYGROUND === 'off') return null;
  const login = issuer !== undefined && clientId !== undefined ? { issuer, clientId } : null;
  return async (fastify) => {
    await fastify.register(openMap(map));
    await fastify.register(servePlayground({ login }));
  };
}
