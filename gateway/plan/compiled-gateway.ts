import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { Log } from '../../lib/log.js';
import type { RequestContext } from '../context.js';
import type { Answer, CompiledOperation, ExecutionRequest } from '../execute/operation.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import { Refusal, refuse } from '../refuse.js';
import type { OperationKey } from './operations.js';
import { createOverrides, type DecideOverrides } from './overrides.js';
import { type PlannerSettings, startPlanner } from './planner.js';
import { type CompileOptions, compileIn, createSchemaState, type SchemaState } from './schema-state.js';

type ApolloGateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

/** The compiled engine: for @apollo/server its gateway, for our own HTTP path the operations themselves. */
export interface CompiledGateway extends ApolloGateway {
  /** SHA-256 of the supergraph in use, hexadecimal. */
  schemaHash(): string;
  /**
   * @param variant What else the operation depends on, as in `OperationKey`.
   * @returns `null` where the operation is not compiled yet.
   */
  lookup(
    text: string,
    operationName: string | undefined,
    context: RequestContext,
    variant?: string,
  ): CompiledOperation | null;
  /** @throws Refusal as `CompiledOperation.execute`. */
  execute(
    operation: CompiledOperation,
    variables: ExecutionRequest['variables'],
    context: RequestContext,
  ): Promise<Answer>;
  /**
   * Takes another supergraph: planned over and, for the operations in use, compiled before the switch, which nobody
   * notices but by the new fields.
   *
   * @throws Error where it is not fit; the one in use stays.
   */
  update(sdl: string): Promise<void>;
}

export interface CompiledGatewayParts {
  readonly supergraph: { readonly sdl: string };
  readonly fetchSubgraph: FetchSubgraph;
  readonly log: Log;
  readonly settings?: Partial<CompiledGatewaySettings>;
}

export interface CompiledGatewaySettings extends Pick<PlannerSettings, 'limits' | 'deadlineMs' | 'workerUrl'> {
  /** Of compiled operations, about. */
  readonly maxBytes: number;
  /** Operations compiled again before a new supergraph is used. */
  readonly maxRecompiled: number;
  /** Labels of `@override(label:)` that always count. */
  readonly overrideLabels: readonly string[];
}

const DEFAULTS: CompiledGatewaySettings = {
  limits: { maxEvaluatedPlans: 1000, maxPaths: 10_000 },
  deadlineMs: 2000,
  maxBytes: 64 * 2 ** 20,
  maxRecompiled: 500,
  overrideLabels: [],
};

export function createCompiledGateway({
  supergraph,
  fetchSubgraph,
  log,
  settings,
}: CompiledGatewayParts): CompiledGateway {
  return new Gateway(supergraph.sdl, fetchSubgraph, log, { ...DEFAULTS, ...settings });
}

type SchemaListener = Parameters<ApolloGateway['onSchemaLoadOrUpdate']>[0];
type ApolloRequest = Parameters<NonNullable<Awaited<ReturnType<ApolloGateway['load']>>['executor']>>[0];

class Gateway implements CompiledGateway {
  readonly #fetchSubgraph: FetchSubgraph;
  readonly #log: Log;
  readonly #settings: CompiledGatewaySettings;
  readonly #listeners = new Set<SchemaListener>();
  readonly #firstSdl: string;
  #state: SchemaState | null = null;
  /** Still answers requests that were judged by its schema. */
  #former: SchemaState | null = null;
  #decide: DecideOverrides = () => [];
  #updates: Promise<void> = Promise.resolve();

  constructor(sdl: string, fetchSubgraph: FetchSubgraph, log: Log, settings: CompiledGatewaySettings) {
    this.#firstSdl = sdl;
    this.#fetchSubgraph = fetchSubgraph;
    this.#log = log;
    this.#settings = settings;
  }

  async load(): ReturnType<ApolloGateway['load']> {
    if (!this.#state) this.#use(await this.#prepare(this.#firstSdl));
    return { executor: (request) => this.#answer(request) };
  }

  onSchemaLoadOrUpdate(listener: SchemaListener): () => void {
    this.#listeners.add(listener);
    if (this.#state) this.#tell(listener, this.#state);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    await this.#updates.catch(() => undefined);
    await Promise.all([this.#state?.planner.close(), this.#former?.planner.close()]);
  }

  schemaHash(): string {
    return this.#current().hash;
  }

  lookup(
    text: string,
    operationName: string | undefined,
    context: RequestContext,
    variant = '',
  ): CompiledOperation | null {
    return this.#current().operations.get({ text, operationName, variant, overrides: this.#decide(context.requestId) });
  }

  execute(
    operation: CompiledOperation,
    variables: ExecutionRequest['variables'],
    context: RequestContext,
  ): Promise<Answer> {
    const { requestId } = context;
    return operation.execute({
      variables,
      context,
      fetchSubgraph: this.#fetchSubgraph,
      onEvent: (event) => this.#log.warn({ requestId, ...event }, 'an operation did not go as planned'),
    });
  }

  update(sdl: string): Promise<void> {
    const update = this.#updates.then(async () => {
      if (sdl === this.#state?.sdl) return;
      const state = await this.#prepare(sdl);
      await this.#recompile(state);
      this.#use(state);
    });
    this.#updates = update.catch(() => undefined);
    return update;
  }

  async #prepare(sdl: string): Promise<SchemaState> {
    const planner = await startPlanner({ ...this.#settings, sdl });
    return createSchemaState(sdl, planner, this.#settings.maxBytes);
  }

  async #recompile(state: SchemaState): Promise<void> {
    const entries = this.#state?.operations.entries().slice(0, this.#settings.maxRecompiled) ?? [];
    for (const { key, operation } of entries.reverse())
      try {
        const conditions = operation.conditionsInUse();
        state.operations.set(key, await compileIn(state, key, { document: null, conditions, validate: true }));
      } catch {
        // The new schema does not have what it asks for: its next caller is told so.
      }
  }

  #use(state: SchemaState): void {
    const former = this.#state;
    this.#former?.planner.close().catch(() => undefined);
    this.#former = former;
    this.#state = state;
    this.#decide = createOverrides(state.planner.facts.overrideLabels, new Set(this.#settings.overrideLabels));
    for (const listener of this.#listeners) this.#tell(listener, state);
  }

  #tell(listener: SchemaListener, { schema, sdl }: SchemaState): void {
    listener({ apiSchema: schema, coreSupergraphSdl: sdl });
  }

  #current(): SchemaState {
    if (!this.#state) throw new TypeError('The gateway is not loaded.');
    return this.#state;
  }

  async #answer(request: ApolloRequest): Promise<{ data?: Record<string, unknown> | null; errors?: GraphQLError[] }> {
    const context = request.context as RequestContext;
    try {
      const operation = await this.#compile(request, context);
      const { data, errors } = await this.execute(operation, request.request.variables ?? {}, context);
      const parsed = JSON.parse(data) as Record<string, unknown> | null;
      return errors.length === 0 ? { data: parsed } : { data: parsed, errors: errors.map(toGraphQLError) };
    } catch (error) {
      return { errors: refusalsOf(error) };
    }
  }

  #compile(request: ApolloRequest, context: RequestContext): Promise<CompiledOperation> {
    const isFormer = request.schema === this.#former?.schema;
    const state = (isFormer ? this.#former : null) ?? this.#current();
    const key: OperationKey = {
      text: request.source,
      operationName: request.request.operationName ?? undefined,
      variant: '',
      overrides: this.#decide(context.requestId),
    };
    const isJudged = request.schema === state.schema;
    const document: DocumentNode | null = isJudged ? request.document : null;
    const options: CompileOptions = { document, conditions: [], validate: !isJudged };
    return state.operations.getOrCompile(key, () => compileIn(state, key, options));
  }
}

const toGraphQLError = ({ message, path, extensions }: Answer['errors'][number]): GraphQLError =>
  new GraphQLError(message, { ...(path && { path }), extensions });

const refusalsOf = (error: unknown): GraphQLError[] =>
  error instanceof Refusal ? error.errors.map((each) => refuse(each)) : [refuse(error)];
