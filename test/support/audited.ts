import { createAudit } from '../../gateway/audit/audit.js';
import { createAuthorize } from '../../gateway/authorize/authorize.js';
import { readPolicies } from '../../gateway/authorize/policies.js';
import { readRules } from '../../gateway/authorize/rules.js';
import { openCaches } from '../../gateway/cache/open-caches.js';
import { openKeeping } from '../../gateway/cache/open-keeping.js';
import { createScopeOf } from '../../gateway/cache/scope.js';
import { joinEntities } from '../../gateway/fetch/merge.js';
import type { SubgraphRequest } from '../../gateway/fetch/subgraph-request.js';
import { createHost, type Phase } from '../../gateway/host.js';
import { createAnswer } from '../../gateway/http/answer.js';
import { createDirect } from '../../gateway/http/direct.js';
import { createDrain } from '../../gateway/http/drain.js';
import { createHttpServer } from '../../gateway/http/server.js';
import { createApolloEngine } from '../../gateway/plan/apollo.js';
import { createCompiledGateway } from '../../gateway/plan/compiled-gateway.js';
import { readRegisters } from '../../gateway/registers.js';
import { formatError, formatRefusal } from '../../gateway/respond/format-error.js';
import { readSupergraph, type Supergraph } from '../../gateway/supergraph.js';
import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import { createMemoryLog, type MemoryLog } from './memory-log.js';
import { createFederation, type Federation, type SubgraphSource } from './supergraphs/federation.js';

export interface AuditedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface AuditedQuestion {
  readonly variables?: object;
  readonly caller?: string;
  /** Whether the request may be answered without the host, once it is compiled. */
  readonly isPlain?: boolean;
  readonly operationName?: string;
}

/** A small federation of this process behind the real HTTP server, with an audit log that the test holds. */
export interface Audited {
  readonly log: MemoryLog;
  /** Requests to subgraphs so far. */
  readonly requests: readonly SubgraphRequest[];
  ask(query: string, options?: AuditedQuestion): Promise<AuditedAnswer>;
  close(): Promise<void>;
}

export interface AuditedOptions {
  readonly engine: 'compiled' | 'apollo';
  /** Subgraphs of this process, or a federation that there is already. */
  readonly sources: Readonly<Record<string, SubgraphSource>> | AuditedFederation;
  readonly policies: string;
  /** By the name with which they ask. */
  readonly callers: Readonly<Record<string, Caller>>;
  readonly now: Date;
  /** `Cache-Control` of every answer of a subgraph; absent: nothing is kept. */
  readonly cacheControl?: string;
}

export type AuditedFederation = Pick<Federation, 'sdl' | 'fetchSubgraph' | 'requests'>;

const isFederation = (sources: AuditedOptions['sources']): sources is AuditedFederation =>
  typeof sources['sdl'] === 'string';

function keep(supergraph: Supergraph, isKept: boolean) {
  const onEvent = () => undefined;
  const caches = openCaches({ supergraph, memoryBytes: 10_000_000, redisUrl: undefined, keys: [], onEvent });
  return openKeeping({
    caches,
    keepsEntities: isKept,
    keepsResponses: isKept,
    scopeOf: createScopeOf('1'),
    maySharePrivate: () => false,
    join: joinEntities,
    onEvent,
  });
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };
/** Threads do not inherit how the test runner reads TypeScript, so the planner's runs as it was built. */
const workerUrl = new URL('../../dist/gateway/plan/planner-worker.js', import.meta.url);

export async function startAudited({
  engine: kind,
  sources,
  policies,
  callers,
  now,
  cacheControl,
}: AuditedOptions): Promise<Audited> {
  const federation = isFederation(sources) ? sources : createFederation(sources);
  const supergraph = readSupergraph(federation.sdl);
  const rules = readRules(supergraph);
  const readPersonal = () =>
    readRegisters(supergraph, (coordinate) => rules.ruleOf(coordinate).requirements.length === 0);
  const log = createMemoryLog();
  const registers = readPersonal();
  const audit = createAudit({ sink: log, registers: () => registers, now: () => now, onFailure: () => undefined });
  const authorize = createAuthorize({ rules, policies: readPolicies(policies), accessDefault: 'public' });
  const phases: Phase[] = [
    (operation, { context }) => {
      const decision = authorize.decide(operation, context.caller);
      context.decision = decision;
      if (decision.isRefused) throw new AppError('FORBIDDEN');
    },
    (operation) => audit.check(operation),
  ];
  const keeping = keep(supergraph, cacheControl !== undefined);
  phases.push(...keeping.phases);
  const fetchSubgraph = keeping.around(() => async (request, context) => ({
    ...(await federation.fetchSubgraph(request, context)),
    ...(cacheControl !== undefined && { cacheControl }),
  }))(supergraph, (coordinate) => registers.registers.has(coordinate));
  const responses = keeping.responses({
    supergraphOf: () => supergraph,
    isOpen: (operation) => authorize.isPublic(operation),
    overridesOf: () => [],
    settings: '',
  });
  const parts = { supergraph, fetchSubgraph, log: silent };
  const settings = { workerUrl, deadlineMs: 20_000, readRegisters: readPersonal };
  const compiled = kind === 'compiled' ? createCompiledGateway({ ...parts, settings }) : null;
  const engine = compiled ?? createApolloEngine({ ...parts, readRegisters: () => registers });
  const costLimit = Number.POSITIVE_INFINITY;
  const host = createHost({
    engine,
    phases,
    formatError,
    formatRefusal,
    isIntrospectable: false,
    costLimit,
    audit,
    responses,
    log: silent,
  });
  await host.start();
  const admit = async ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
    callers[String(headers['x-test-caller'])] ?? null;
  const choose = ({ query }: { readonly query?: unknown }) => (typeof query === 'string' ? query : '');
  const drain = createDrain();
  const http = { corsOrigins: [], maxBodyBytes: 100_000, onEvent: () => undefined, onFailure: () => undefined };
  const documents = { takesIds: false, choose };
  const api = await createHttpServer({
    answer: createAnswer({ host, admit, documents, screen: () => undefined }),
    direct:
      compiled &&
      createDirect({ engine: compiled, admit, documents, phases, formatError, audit, responses, drain, ...http }),
    pages: null,
    drain,
    ...http,
  });
  const origin = await api.listen({ port: 0, host: '127.0.0.1' });
  return {
    log,
    requests: federation.requests,
    async ask(query, { variables = {}, caller = '', isPlain = true, operationName } = {}) {
      // The quoted charset is unusual enough for the host.
      const type = `application/json${isPlain ? '' : '; charset="utf-8"'}`;
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': type, 'x-test-caller': caller, 'x-request-id': 'one-request-id' },
        body: JSON.stringify({ query, variables, operationName }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    async close() {
      api.server.closeAllConnections();
      await api.close();
      await host.stop();
    },
  };
}
