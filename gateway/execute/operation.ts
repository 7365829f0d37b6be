import { type DocumentNode, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { AppError } from '../../lib/errors.js';
import type { RequestContext } from '../context.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import { fragmentsOf } from '../plan/canonical.js';
import type { Conditions, PlannedOperation } from '../plan/plan.js';
import { Refusal } from '../refuse.js';
import { compileIntrospection } from './introspection.js';
import { Losses } from './losses.js';
import { Output } from './output.js';
import { compileProgram, requiredNames } from './program.js';
import { reportLosses } from './report.js';
import type { ExecutionEvent, Run, Step } from './run.js';
import { compileShape } from './shape.js';
import { type AnswerError, faultErrors, type ObjectShape, type Shaping, writeFields } from './shaping.js';
import type { Data, TypeTable } from './types.js';
import { createVariants } from './variants.js';

export interface ExecutionRequest {
  /** As the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  readonly fetchSubgraph: FetchSubgraph;
  readonly onEvent: (event: ExecutionEvent) => void;
}

export interface Answer {
  /** JSON text of `data`: an object, or `null`. */
  readonly data: string;
  /** Those of subgraphs in the order of the answer, then promises that data broke. */
  readonly errors: readonly AnswerError[];
}

/** An operation ready to run any number of times, also at the same time. */
export interface CompiledOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /**
   * @throws Refusal `BAD_USER_INPUT` where variables do not fit their types; AppError as `Planner.plan`. Both before any
   * subgraph is asked, and nothing else.
   */
  execute(request: ExecutionRequest): Promise<Answer>;
  /** Plans and compiles for these conditions ahead of the first request with them. */
  prepare(conditions: Conditions): Promise<void>;
  conditionsInUse(): readonly Conditions[];
}

export interface OperationParts {
  readonly schema: GraphQLSchema;
  readonly types: TypeTable;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** Shared with other operations. */
  readonly out?: Output;
  /** Asked once for each combination of conditions. */
  readonly plan: (conditions: Conditions) => Promise<PlannedOperation>;
}

interface Variant {
  readonly program: Step;
  readonly shape: ObjectShape;
  /** As in `Reporting`. */
  readonly required: ReadonlySet<string>;
}

export function compileOperation(parts: OperationParts): CompiledOperation {
  const { schema, document, definition, out = new Output() } = parts;
  const introspect = compileIntrospection(schema, definition, fragmentsOf(document));
  const readVariables = compileVariables(parts);
  const variants = createVariants(document, async (conditions) =>
    compileVariant(parts, conditions, await parts.plan(conditions)),
  );
  const prepare = async (conditions: Conditions): Promise<void> => {
    await variants.get((variable) => conditions.get(variable) === true);
  };
  const execute = async (request: ExecutionRequest): Promise<Answer> => {
    const values = readVariables(request.variables);
    const { program, shape, required } = await variants.get((variable) => values[variable] === true);
    const run: Run = { ...request, root: {}, losses: new Losses(), joints: new Map(), isShared: false };
    try {
      await program(run);
      return shapeAnswer(run, { shape, out, required }, introspect?.(request.variables) ?? null);
    } catch (error) {
      return failedAnswer(run, error);
    }
  };
  return { schema, document, definition, execute, prepare, conditionsInUse: () => variants.used() };
}

function compileVariant(parts: OperationParts, conditions: Conditions, planned: PlannedOperation): Variant {
  const { schema, document, definition, types } = parts;
  const root = schema.getRootType(definition.operation);
  if (!root) throw new AppError('GRAPHQL_VALIDATION_FAILED');
  const shape = compileShape(
    { schema, fragments: fragmentsOf(document), names: planned.names, conditions },
    root,
    definition.selectionSet,
    definition.operation === 'mutation',
  );
  return { program: compileProgram(planned.plan, types), shape, required: requiredNames(planned.plan) };
}

interface Shaped {
  readonly shape: ObjectShape;
  readonly required: ReadonlySet<string>;
  readonly out: Output;
}

function shapeAnswer(run: Run, { shape, required, out }: Shaped, introspection: Shaping['introspection']): Answer {
  const { root, losses } = run;
  const report = losses.isEmpty ? null : reportLosses(root, shape, { losses, required });
  const shaping: Shaping = {
    out,
    faults: [],
    explained: report?.explained ?? null,
    unknown: losses.unknown,
    introspection,
    written: run.isShared ? new Map() : null,
  };
  out.reset();
  const data = writeFields(root, shape, shaping) ? out.toString() : 'null';
  if (!report && shaping.faults.length === 0) return { data, errors: NO_ERRORS };
  return { data, errors: [...(report?.errors ?? []), ...faultErrors(shaping)] };
}

/** Once subgraphs were asked nothing may be tried again, so a fault of ours is an answer too. */
function failedAnswer({ onEvent }: Run, error: unknown): Answer {
  onEvent({ type: 'failed', cause: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const { message, extensions } = new AppError('INTERNAL');
  return { data: 'null', errors: [{ message, extensions }] };
}

const NO_ERRORS: readonly AnswerError[] = [];

const MAX_COERCION_ERRORS = 5;
const NO_VALUES: Readonly<Data> = Object.freeze(Object.create(null));

function compileVariables({ schema, definition }: OperationParts): (variables: Readonly<Data>) => Readonly<Data> {
  const definitions = definition.variableDefinitions ?? [];
  if (definitions.length === 0) return () => NO_VALUES;
  return (variables) => {
    const { coerced, errors } = getVariableValues(schema, definitions, variables, { maxErrors: MAX_COERCION_ERRORS });
    if (coerced) return coerced;
    const shown = errors?.slice(0, MAX_COERCION_ERRORS) ?? [];
    throw new Refusal(shown.map(({ message }) => new AppError('BAD_USER_INPUT', message.replace(SUGGESTION, ''))));
  };
}

/** graphql-js offers values of the schema, which are not for everybody. */
const SUGGESTION = / Did you mean .*$/;
