import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, execute, type GraphQLSchema, parse, validate } from 'graphql';
import type { RequestContext } from '../../../gateway/context.js';
import { compileOperation } from '../../../gateway/execute/operation.js';
import type { ExecutionEvent } from '../../../gateway/execute/run.js';
import type { AnswerError } from '../../../gateway/execute/shaping.js';
import { createTypeTable } from '../../../gateway/execute/types.js';
import type { FetchSubgraph, SubgraphAnswer, SubgraphRequest } from '../../../gateway/fetch/subgraph-request.js';
import { findOperation } from '../../../gateway/plan/canonical.js';
import type { Conditions, PlanNode } from '../../../gateway/plan/plan.js';
import { createSupergraphPlanner } from '../../../gateway/plan/query-planner.js';

/** Takes the made-up objects of its schema. */
type Resolver = (parent: never, args: never) => unknown;

export interface SubgraphSource {
  readonly typeDefs: string;
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

export interface Outcome {
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
}

export interface AskOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly overrides?: readonly string[];
}

export interface Federation {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  /** Every request to a subgraph since the last `ask`. */
  readonly requests: readonly SubgraphRequest[];
  readonly events: readonly ExecutionEvent[];
  /** For an engine that plans and executes by itself. */
  readonly fetchSubgraph: FetchSubgraph;
  ask(text: string, options?: AskOptions): Promise<Outcome>;
  plan(text: string, options?: AskOptions): PlanNode | null;
  /** Answers in place of the named subgraph; `undefined` lets it answer itself. */
  intercept(change: (request: SubgraphRequest, answer: SubgraphAnswer) => SubgraphAnswer): void;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@external", "@requires", "@provides", "@shareable", "@override", "@interfaceObject", "@inaccessible",
  "@context", "@fromContext", "@authenticated", "@requiresScopes", "@policy", "@tag", "@composeDirective"])\n`;

const LIMITS = { maxEvaluatedPlans: 1000, maxPaths: 1000 };

/** Composes subgraphs that run in this process; keys are their names. A text that links by itself is taken as it is. */
export function createFederation(sources: Readonly<Record<string, SubgraphSource>>): Federation {
  const services = Object.entries(sources).map(([name, { typeDefs }]) => {
    const text = typeDefs.includes('@link(') || typeDefs.includes('# fed1') ? typeDefs : LINK + typeDefs;
    return { name, url: `http://${name}.invalid`, typeDefs: parse(text) };
  });
  const composed = composeServices(services);
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map(({ message }) => message).join('\n'));
  const sdl = composed.supergraphSdl;
  const schemas = new Map(
    services.map(({ name, typeDefs }) => [
      name,
      buildSubgraphSchema({ typeDefs, resolvers: (sources[name]?.resolvers ?? {}) as never }),
    ]),
  );
  return runFederation(sdl, schemas);
}

function runFederation(sdl: string, schemas: ReadonlyMap<string, GraphQLSchema>): Federation {
  const planner = createSupergraphPlanner(sdl, LIMITS);
  const schema = buildSchema(planner.facts.apiSdl);
  const types = createTypeTable(planner.facts);
  const requests: SubgraphRequest[] = [];
  const events: ExecutionEvent[] = [];
  let change: Parameters<Federation['intercept']>[0] = (_, answer) => answer;
  const fetchSubgraph: FetchSubgraph = async (request) => {
    requests.push(request);
    return change(request, await runSubgraph(schemas.get(request.subgraph), request));
  };
  const plan = (text: string, { operationName, overrides = [] }: AskOptions = {}, conditions: Conditions = new Map()) =>
    planner.plan({ text, operationName, overrides, conditions, validate: false });
  return {
    sdl,
    schema,
    requests,
    events,
    fetchSubgraph,
    intercept: (next) => {
      change = next;
    },
    plan: (text, options) => plan(text, options).plan,
    ask: async (text, options = {}) => {
      requests.length = 0;
      events.length = 0;
      const document = parse(text);
      const faults = validate(schema, document);
      if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'));
      const definition = findOperation(document, options.operationName);
      if (!definition) throw new Error('no such operation');
      const operation = compileOperation({
        schema,
        types,
        document,
        definition,
        plan: async (conditions) => plan(text, options, conditions),
      });
      const context: RequestContext = { requestId: 'r', caller: null, signal: new AbortController().signal };
      const onEvent = (event: ExecutionEvent) => events.push(event);
      const answer = await operation.execute({ variables: options.variables ?? {}, context, fetchSubgraph, onEvent });
      return { data: JSON.parse(answer.data), errors: answer.errors };
    },
  };
}

async function runSubgraph(schema: GraphQLSchema | undefined, request: SubgraphRequest): Promise<SubgraphAnswer> {
  if (!schema) throw new Error(`no subgraph ${request.subgraph}`);
  const document = parse(request.operation);
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(`${request.subgraph}: ${faults[0]?.message} in ${request.operation}`);
  // As over the wire: no prototypes, no undefined.
  const variableValues = JSON.parse(JSON.stringify(request.variables));
  const { data, errors } = await execute({ schema, document, variableValues, contextValue: {} });
  return {
    data: data ? JSON.parse(JSON.stringify(data)) : null,
    errors: (errors ?? []).map(({ message, path }) => ({ message, path, extensions: { code: 'SUBGRAPH_ERROR' } })),
  };
}
