import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Log } from '../lib/log.js';
import { openAdmission } from './admission.js';
import { createAudit } from './audit/audit.js';
import { createAuditStore } from './audit/open-audit.js';
import { readPoliciesFile } from './authorize/policies.js';
import { createBySchema } from './by-schema.js';
import { openData } from './data.js';
import { createHost, type Phase } from './host.js';
import { createAdminServer } from './http/admin.js';
import { createAnswer } from './http/answer.js';
import { createDirect } from './http/direct.js';
import { createDrain, type Drain } from './http/drain.js';
import { createHttpServer } from './http/server.js';
import { readLimits } from './limits/profile.js';
import { createScreen } from './limits/screen.js';
import { type MapSources, openMap } from './map/open-map.js';
import { createObserver } from './observe/observer.js';
import { once } from './once.js';
import { isReadable, listPhases, readSchemaParts } from './phases.js';
import { servePlayground } from './playground/serve.js';
import { openRegistry, type RegistryLink } from './registry/open-registry.js';
import { formatError, formatRefusal } from './respond/format-error.js';
import { createRunning } from './running.js';
import type { GatewaySettings } from './settings.js';
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
  const limits = readLimits(settings);
  const policies = readPoliciesFile(settings.POLICIES_PATH);
  const registry = await followRegistry(settings, log);
  const supergraph = readSupergraph(registry?.current()?.supergraph ?? readFileSync(settings.SUPERGRAPH_PATH, 'utf8'));
  const data = openData({ settings, supergraph, policyVersion: policies.policyVersion, registry, observer, log });
  const { fetching, keeping, caches } = data;
  const fetchFor = keeping.around(fetching.fetchFor);
  const parts = createBySchema(supergraph.sdl, (sdl) =>
    readSchemaParts(sdl, { limits, policies, accessDefault: settings.ACCESS_DEFAULT, fetchFor }),
  );
  const admission = openAdmission(settings, parts, log);
  const { admit, documents, checkGuesses } = admission;
  const store = settings.AUDIT === 'off' ? null : await createAuditStore(settings, log);
  const audit =
    store &&
    createAudit({
      sink: store,
      registers: ({ schema }) => parts.of(schema).registers,
      onFailure: (requestId, error) => log.error({ requestId, cause: String(error) }, 'an access was not recorded'),
    });
  const count = registry && countWith(registry);
  const phases = [...listPhases({ parts, limits, audit, count, checkGuesses }), ...keeping.phases];
  const { engine, compiled, responses } = createRunning({ settings, supergraph, parts, data, log });
  const answering = { phases, formatError, audit, responses };
  const isIntrospectable = settings.INTROSPECTION === 'on';
  const host = createHost({ ...answering, engine, formatRefusal, isIntrospectable, costLimit: limits.cost, log });
  await host.start();
  registry?.start({
    async onSchema({ supergraph: sdl }) {
      parts.prepare(sdl);
      await engine.update(sdl);
    },
    onAlarm: observer.onRegistryAlarm,
    log,
  });
  const http = { ...observer, corsOrigins: settings.CORS_ORIGINS, maxBodyBytes: settings.MAX_BODY_BYTES, drain };
  const isExplained = settings.PLAYGROUND === 'on';
  const { cooperation, isHealthy } = fetching;
  const api = await createHttpServer({
    ...http,
    answer: createAnswer({ host, admit, documents, screen: createScreen(limits), isExplained }),
    direct: compiled && createDirect({ ...http, ...answering, engine: compiled, admit, documents }),
    pages: createPages(settings, { sdl: () => parts.current().supergraph.sdl, cooperation, isHealthy, log }),
    isReady: () => compiled?.isReady() ?? true,
  });
  const admin = createAdminServer({ ...observer, token: settings.ADMIN_TOKEN, invalidate: caches.invalidate });
  return {
    api,
    admin,
    close: once(async () => {
      await endRequests(api, drain, settings);
      await api.close();
      await registry?.close();
      await host.stop();
      await data.close();
      await store?.close();
      admission.close();
      await admin.close();
    }),
  };
}

/** Nothing new begins; what is under way has DRAIN_MS, and balancers have time to notice. */
async function endRequests(
  api: FastifyInstance,
  drain: Drain,
  { DRAIN_MS, DRAIN_NOTICE_MS }: GatewaySettings,
): Promise<void> {
  const notice = new Promise((resolve) => setTimeout(resolve, DRAIN_NOTICE_MS));
  await Promise.all([drain.start(DRAIN_MS), notice]);
  if (drain.inFlight > 0) api.server.closeAllConnections();
}

/** @returns `null` where the supergraph is a file. */
async function followRegistry(settings: GatewaySettings, log: Log): Promise<RegistryLink | null> {
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
