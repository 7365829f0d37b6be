import type { FastifyInstance } from 'fastify';
import { AppError } from '../lib/errors.js';
import type { Log } from '../lib/log.js';
import { authorize, createReadDisclosure } from './authorize/authorize.js';
import { openFetch } from './fetch/open-fetch.js';
import { createHost, type Phase } from './host.js';
import { createAdminServer } from './http/admin.js';
import { createAnswer } from './http/answer.js';
import { createDirect } from './http/direct.js';
import { createDrain } from './http/drain.js';
import { createHttpServer } from './http/server.js';
import { openIdentity } from './identity/open-identity.js';
import { createCheckArguments } from './limits/check-arguments.js';
import { createCheckCost } from './limits/check-cost.js';
import { type Limits, readLimits } from './limits/profile.js';
import { createScreen } from './limits/screen.js';
import { checkVariables } from './limits/variables.js';
import { createObserver } from './observe/observer.js';
import { createApolloEngine } from './plan/apollo.js';
import { createCompiledGateway } from './plan/compiled-gateway.js';
import { servePlayground } from './playground/serve.js';
import { formatError, formatRefusal } from './respond/format-error.js';
import type { GatewaySettings } from './settings.js';
import { readSupergraphFile, type Supergraph } from './supergraph.js';

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
  const supergraph = readSupergraphFile(settings.SUPERGRAPH_PATH);
  const identify = openIdentity({
    issuer: settings.OIDC_ISSUER,
    audience: settings.OIDC_AUDIENCE,
    mappingPath: settings.IDENTITY_PATH,
    log,
  });
  const limits = readLimits(settings);
  const http = { corsOrigins: settings.CORS_ORIGINS, maxBodyBytes: settings.MAX_BODY_BYTES };
  const phases = listPhases({ supergraph, limits, accessDefault: settings.ACCESS_DEFAULT });
  const fetching = openFetch({
    supergraph,
    cooperationPath: settings.COOPERATION_PATH,
    endpoint: {
      deadlineMs: settings.SUBGRAPH_DEADLINE_MS,
      connections: settings.SUBGRAPH_CONNECTIONS,
      maxBytes: settings.SUBGRAPH_MAX_BYTES,
    },
    isShared: settings.INFLIGHT_DEDUPE === 'on',
    onEvent: observer.onFetch,
    log,
  });
  const parts = { supergraph, fetchSubgraph: fetching.fetchSubgraph, log };
  const compiled = settings.ENGINE === 'compiled' ? createCompiledGateway(parts) : null;
  const engine = compiled ?? createApolloEngine(parts);
  const isIntrospectable = settings.INTROSPECTION === 'on';
  const host = createHost({ engine, phases, formatError, formatRefusal, isIntrospectable, log });
  await host.start();
  const api = await createHttpServer({
    answer: createAnswer({ host, identify, screen: createScreen(limits) }),
    direct: compiled && createDirect({ engine: compiled, identify, phases, formatError, drain, ...http, ...observer }),
    pages: createPages(settings),
    drain,
    ...http,
    ...observer,
  });
  const admin = createAdminServer(observer);
  return {
    api,
    admin,
    close: once(async () => {
      const notice = new Promise((resolve) => setTimeout(resolve, settings.DRAIN_NOTICE_MS));
      await Promise.all([drain.start(settings.DRAIN_MS), notice]);
      // Whoever is still there has had DRAIN_MS.
      if (drain.inFlight > 0) api.server.closeAllConnections();
      await api.close();
      await host.stop();
      await fetching.close();
      await admin.close();
    }),
  };
}

/** What an operation goes through before it runs. */
function listPhases(parts: {
  readonly supergraph: Supergraph;
  readonly limits: Limits;
  readonly accessDefault: GatewaySettings['ACCESS_DEFAULT'];
}): Phase[] {
  const { supergraph, limits, accessDefault } = parts;
  const checkArguments = createCheckArguments(supergraph);
  const readDisclosure = createReadDisclosure(supergraph, accessDefault);
  return [
    ({ variables }) => checkVariables(variables, limits),
    (operation) => void checkArguments(operation),
    createCheckCost(supergraph, limits),
    (operation, { method }) => {
      // An address stands in logs and histories: by GET only what everybody may know.
      if (method === 'GET' && !readDisclosure(operation).isPublic) throw new AppError('METHOD_NOT_ALLOWED');
    },
    (operation, { context }) => authorize(readDisclosure(operation), context.caller),
  ];
}

function createPages({ PLAYGROUND, OIDC_ISSUER: issuer, PLAYGROUND_CLIENT_ID: clientId }: GatewaySettings) {
  if (PLAYGROUND === 'off') return null;
  return servePlayground({ login: issuer !== undefined && clientId !== undefined ? { issuer, clientId } : null });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => {
    result ??= work();
    return result;
  };
}
