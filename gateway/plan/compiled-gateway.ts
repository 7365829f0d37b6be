import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import type { Log } from '../../lib/log.js';
import type { Decision } from '../authorize/decision.js';
import type { RunCurrent } from '../cache/overtaken.js';
import type { HostContext, RequestContext } from '../context.js';
import type { Answer, CompiledOperation, ExecutionRequest } from '../execute/operation.js';
import { DEFAULT_MAX_BYTES } from '../execute/output.js';
import type { ExecutionEvent } from '../execute/run.js';
import type { Explaining } from '../explanation.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import type { Registers } from '../registers.js';
import { writePlan } from './explain.js';
import type { OperationEntry, OperationKey } from './operations.js';
import { createOverrides, type DecideOverrides } from './overrides.js';
import { type PlannerSettings, startPlanner } from './planner.js';
import { type CompileOptions, compileFor, createSchemaState, recompileIn, type SchemaState } from './schema-state.js';
import { refusalsOf, toGraphQLErrors } from './to-graphql-errors.js';

type ApolloGateway = ApolloServerOptionsWithGateway<RequestContext>['gateway'];

/** The compiled engine: for @apollo/server its gateway, for our own HTTP path the operations themselves. */
export interface CompiledGateway extends ApolloGateway {
  /** SHA-256 of the supergraph in use, hexadecimal. */
  schemaHash(): string;
  /** Whether operations seen for the first time can be planned. */
  isReady(): boolean;
  /** What of the supergraph in use is personal; `null`: nobody records it. */
  registers(): Registers | null;
  /** @returns Labels of `@override(label:)` that count for a request; it is planned by them. */
  overridesOf(context: RequestContext): readonly string[];
  /** @returns The operation, as it is compiled for whomever, for the phases to judge; `null` where it never was. */
  find(text: string, operationName: string | undefined, context: RequestContext): OperationEntry | null;
  /**
   * @returns The same operation without what `context.decision` denies; no promise where it is compiled already.
   * @throws AppError as `Planner.plan`.
   */
  fit(found: OperationEntry, context: RequestContext): CompiledOperation | Promise<CompiledOperation>;
  /** @throws Refusal as `CompiledOperation.execute`, AppError as `RunCurrent`. */
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
  /** As `Output` takes it. */
  readonly maxAnswerBytes: number;
  /** Operations compiled again before a new supergraph is used. */
  readonly maxRecompiled: number;
  /** Labels of `@override(label:)` that always count. */
  readonly overrideLabels: readonly string[];
  /** What of a supergraph is personal; `null`: nobody records what answers disclose. */
  readonly readRegisters: ((sdl: string) => Registers) | null;
  /** Around each run of an operation. */
  readonly runCurrent: RunCurrent;
}

const DEFAULTS: CompiledGatewaySettings = {
  limits: { maxEvaluatedPlans: 1000, maxPaths: 10_000 },
  deadlineMs: 2000,
  maxBytes: 64 * 2 ** 20,
  maxAnswerBytes: DEFAULT_MAX_BYTES,
  maxRecompiled: 500,
  overrideLabels: [],
  readRegisters: null,
  runCurrent: (run) => run(),
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

  registers(): Registers | null {
    return this.#current().registers;
  }

  isReady(): boolean {
    return this.#state?.planner.hasThread() ?? false;
  }

  overridesOf({ requestId }: RequestContext): readonly string[] {
    return this.#decide(requestId);
  }

  find(text: string, operationName: string | undefined, { requestId }: RequestContext): OperationEntry | null {
    return this.#current().operations.find({ text, operationName, overrides: this.#decide(requestId) });
  }

  fit(found: OperationEntry, context: RequestContext): CompiledOperation | Promise<CompiledOperation> {
    const { operation } = found;
    const { variant, denied } = context.decision ?? NOTHING_DENIED;
    if (found.key.variant === variant) return operation;
    const state = this.#stateOf(operation.schema);
    const key = { ...found.key, variant, denied };
    const options = { document: operation.document, conditions: [], validate: operation.schema !== state.schema };
    return state.operations.get(key) ?? compileFor({ state, key, options, signal: context.signal });
  }

  execute(
    operation: CompiledOperation,
    variables: ExecutionRequest['variables'],
    context: RequestContext,
  ): Promise<Answer> {
    const { requestId } = context;
    const fetchSubgraph = this.#fetchSubgraph;
    const onEvent = (event: ExecutionEvent) =>
      this.#log.warn({ requestId, ...event }, 'an operation did not go as planned');
    return this.#settings.runCurrent(() => operation.execute({ variables, context, fetchSubgraph, onEvent }), context);
  }

  update(sdl: string): Promise<void> {
    const update = this.#updates.then(async () => {
      if (sdl === this.#state?.sdl) return;
      const state = await this.#prepare(sdl);
      await recompileIn(state, this.#state?.operations.entries().slice(0, this.#settings.maxRecompiled) ?? []);
      this.#use(state);
    });
    this.#updates = update.catch(() => undefined);
    return update;
  }

  async #prepare(sdl: string): Promise<SchemaState> {
    const { limits, deadlineMs, workerUrl, maxBytes, maxAnswerBytes, readRegisters } = this.#settings;
    const registers = readRegisters?.(sdl) ?? null;
    const planner = await startPlanner({ sdl, limits, deadlineMs, registers, ...(workerUrl && { workerUrl }) });
    return createSchemaState({ sdl, planner, registers, maxBytes, maxAnswerBytes });
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

  #stateOf(schema: GraphQLSchema): SchemaState {
    return schema === this.#former?.schema ? this.#former : this.#current();
  }

  async #answer(request: ApolloRequest): Promise<{ data?: Record<string, unknown> | null; errors?: GraphQLError[] }> {
    const context = request.context as HostContext;
    try {
      const operation = await this.#compile(request, context);
      if (context.explaining) await this.#explain(context.explaining, operation, request);
      const answer = await this.execute(operation, request.request.variables ?? {}, context);
      context.disclosed = answer;
      const { data, errors } = answer;
      const parsed = JSON.parse(data) as Record<string, unknown> | null;
      return errors.length === 0 ? { data: parsed } : { data: parsed, errors: toGraphQLErrors(errors) };
    } catch (error) {
      return { errors: refusalsOf(error) };
    }
  }

  #compile(request: ApolloRequest, context: RequestContext): Promise<CompiledOperation> {
    const state = this.#stateOf(request.schema);
    const { variant, denied } = context.decision ?? NOTHING_DENIED;
    const operationName = request.request.operationName ?? undefined;
    const overrides = this.#decide(context.requestId);
    const key: OperationKey = { text: request.source, operationName, variant, denied, overrides };
    const isJudged = request.schema === state.schema;
    const document: DocumentNode | null = isJudged ? request.document : null;
    const options: CompileOptions = { document, conditions: [], validate: !isJudged };
    if (context.explaining) context.explaining.isCompiled = state.operations.get(key) !== null;
    return compileFor({ state, key, options, signal: context.signal });
  }

  async #explain(explaining: Explaining, operation: CompiledOperation, { request, schema }: ApolloRequest) {
    const { plan, wasReady } = await operation.planFor(request.variables ?? {});
    explaining.plan = writePlan(plan, this.#stateOf(schema).requirements());
    explaining.isCompiled &&= wasReady;
  }
}

const NOTHING_DENIED: Decision = { denied: new Map(), variant: '' };
