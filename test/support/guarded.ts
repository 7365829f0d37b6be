import { createAuthorize } from '../../gateway/authorize/authorize.js';
import { readPolicies } from '../../gateway/authorize/policies.js';
import { readRules } from '../../gateway/authorize/rules.js';
import { createFacts, type HostContext } from '../../gateway/context.js';
import type { Engine } from '../../gateway/engine.js';
import { createHost } from '../../gateway/host.js';
import { createApolloEngine } from '../../gateway/plan/apollo.js';
import { type CompiledGateway, createCompiledGateway } from '../../gateway/plan/compiled-gateway.js';
import { formatError, formatRefusal } from '../../gateway/respond/format-error.js';
import { readSupergraph } from '../../gateway/supergraph.js';
import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import { createFederation, type SubgraphSource } from './supergraphs/federation.js';

export interface GuardedAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
  /** Operations that subgraphs were sent, in order. */
  readonly sent: readonly string[];
}

export interface Question {
  /** `null`: nobody signed in. */
  readonly caller: Caller | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Guarded {
  readonly compiled: (text: string, question: Question) => Promise<GuardedAnswer>;
  readonly stock: (text: string, question: Question) => Promise<GuardedAnswer>;
  readonly gateway: CompiledGateway;
  readonly sdl: string;
  close(): Promise<void>;
}

export interface GuardedOptions {
  readonly sources: Readonly<Record<string, SubgraphSource>>;
  /** Text of a policy table. */
  readonly policies?: string;
  readonly accessDefault?: 'deny' | 'public';
}

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Threads do not inherit how the test runner reads TypeScript, so the planner's runs as it was built. */
const workerUrl = new URL('../../dist/gateway/plan/planner-worker.js', import.meta.url);

/** A small federation in this process behind both engines, with the rules of its schema and a policy table. */
export async function startGuarded({
  sources,
  policies = 'grants: []',
  accessDefault = 'public',
}: GuardedOptions): Promise<Guarded> {
  const federation = createFederation(sources);
  const supergraph = readSupergraph(federation.sdl);
  const authorize = createAuthorize({ rules: readRules(supergraph), policies: readPolicies(policies), accessDefault });
  const parts = { supergraph, fetchSubgraph: federation.fetchSubgraph, log };
  const gateway = createCompiledGateway({ ...parts, settings: { workerUrl, deadlineMs: 20_000 } });
  const hosts = await Promise.all([startHost(gateway, authorize), startHost(createApolloEngine(parts), authorize)]);
  const [compiled, stock] = hosts.map((host) => async (query: string, { caller, variables = {} }: Question) => {
    const before = federation.requests.length;
    const contextValue: HostContext = {
      requestId: 'r',
      caller,
      signal: new AbortController().signal,
      facts: createFacts(),
    };
    const { body, http } = await host.executeOperation({ query, variables: { ...variables } }, { contextValue });
    if (body.kind !== 'single') throw new TypeError('An answer comes as a whole.');
    const { data, errors = [] } = body.singleResult;
    return JSON.parse(
      JSON.stringify({
        status: http.status ?? 200,
        data: data ?? null,
        errors,
        sent: federation.requests.slice(before).map(({ operation }) => operation),
      }),
    ) as GuardedAnswer;
  });
  if (!compiled || !stock) throw new TypeError('There are two engines.');
  return {
    compiled,
    stock,
    gateway,
    sdl: federation.sdl,
    close: async () => void (await Promise.all(hosts.map((host) => host.stop()))),
  };
}

async function startHost(engine: Engine, authorize: ReturnType<typeof createAuthorize>) {
  const host = createHost({
    engine,
    phases: [
      (operation, { context }) => {
        const decision = authorize.decide(operation, context.caller);
        context.decision = decision;
        if (decision.isRefused) throw new AppError('FORBIDDEN');
      },
    ],
    formatError,
    formatRefusal,
    isIntrospectable: false,
    costLimit: Number.POSITIVE_INFINITY,
    log,
  });
  await host.start();
  return host;
}
