import { type DocumentNode, type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { AppError } from '../../lib/errors.js';
import type { RequestContext } from '../context.js';
import { type Disclosed, NOTHING_DISCLOSED } from '../disclosed.js';
import type { FetchSubgraph } from '../fetch/subgraph-request.js';
import { personalFields } from '../personal.js';
import { fragmentsOf } from '../plan/canonical.js';
import type { DeniedFields } from '../plan/deny.js';
import type { Conditions, PlanNode, PlannedOperation } from '../plan/plan.js';
import { Refusal } from '../refuse.js';
import type { Registers } from '../registers.js';
import { compileDisclosure, type DisclosureProgram, readRootFields } from './disclosure.js';
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

/** What it discloses beside is for the audit log. */
export interface Answer extends Disclosed {
  /** JSON text of `data`: an object, or `null`. */
  readonly data: string;
  /** The whole answer as it is sent, where it is long and has no errors: then `data` is a text only once it is asked for. */
  readonly body?: Buffer;
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
  /** The plan for these variables, made now where it was not there. @throws As `execute`. */
  planFor(variables: ExecutionRequest['variables']): Promise<ChosenPlan>;
}

export interface ChosenPlan {
  /** `null`: nothing is fetched. */
  readonly plan: PlanNode | null;
  /** Whether it was there before it was asked for. */
  readonly wasReady: boolean;
}

export interface OperationParts {
  readonly schema: GraphQLSchema;
  readonly types: TypeTable;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** Shared with other operations. */
  readonly out?: Output;
  /** Which data is personal; absent where nobody records what is disclosed. */
  readonly registers?: Registers | null | undefined;
  /** What of it the caller may not see, which is not in the plans; `null` or absent: nothing. */
  readonly denied?: DeniedFields | null;
  /** Asked once for each combination of conditions. */
  readonly plan: (conditions: Conditions) => Promise<PlannedOperation>;
}

interface Variant {
  /** What `program` was made from. */
  readonly plan: PlanNode | null;
  readonly program: Step;
  readonly shape: ObjectShape;
  /** As in `Reporting`. */
  readonly required: ReadonlySet<string>;
  /** `null`: nothing of it is personal, or nobody records it. */
  readonly disclose: DisclosureProgram | null;
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
  const planFor = async (variables: ExecutionRequest['variables']): Promise<ChosenPlan> => {
    const values = readVariables(variables);
    const found = variants.get((variable) => values[variable] === true);
    return { plan: (await found).plan, wasReady: !(found instanceof Promise) };
  };
  const execute = async (request: ExecutionRequest): Promise<Answer> => {
    const values = readVariables(request.variables);
    const found = variants.get((variable) => values[variable] === true);
    const variant = found instanceof Promise ? await found : found;
    const run = createRun(request);
    try {
      await variant.program(run);
      return shapeAnswer(run, variant, { out, values, introspection: introspect?.(request.variables) ?? null });
    } catch (error) {
      return failedAnswer(run, error);
    }
  };
  return { schema, document, definition, execute, prepare, conditionsInUse: () => variants.used(), planFor };
}

/** Written out: a spread costs more than the whole object. */
const createRun = ({ variables, context, fetchSubgraph, onEvent }: ExecutionRequest): Run => ({
  root: {},
  variables,
  context,
  fetchSubgraph,
  losses: new Losses(),
  joints: null,
  sharedBelow: null,
  onEvent,
});

function compileVariant(parts: OperationParts, conditions: Conditions, planned: PlannedOperation): Variant {
  const { schema, document, definition, types } = parts;
  const root = schema.getRootType(definition.operation);
  if (!root) throw new AppError('GRAPHQL_VALIDATION_FAILED');
  const shape = compileShape(
    { schema, fragments: fragmentsOf(document), names: planned.names, conditions, denied: parts.denied ?? null },
    root,
    definition.selectionSet,
    definition.operation === 'mutation',
  );
  const { plan } = planned;
  const program = compileProgram(plan, types);
  return { plan, program, shape, required: requiredNames(plan), disclose: discloseIn(parts, conditions, shape) };
}

function discloseIn(parts: OperationParts, conditions: Conditions, shape: ObjectShape): DisclosureProgram | null {
  const { schema, document, definition, registers } = parts;
  if (!registers || personalFields({ schema, document, definition }, registers).length === 0) return null;
  const rootFields = readRootFields({ schema, fragments: fragmentsOf(document) }, definition, conditions);
  const isMutation = definition.operation === 'mutation';
  return compileDisclosure({ registers, shape, root: shape.type, rootFields, isMutation });
}

interface Writing {
  readonly out: Output;
  /** Coerced variables. */
  readonly values: Readonly<Data>;
  readonly introspection: Shaping['introspection'];
}

function shapeAnswer(run: Run, variant: Variant, { out, values, introspection }: Writing): Answer {
  const { shape, required, disclose } = variant;
  const { root, losses } = run;
  const report = losses.isEmpty ? null : reportLosses(root, shape, { losses, required });
  const shaping: Shaping = {
    out,
    faults: [],
    denials: null,
    explained: report?.explained ?? null,
    unknown: losses.unknown,
    introspection,
    written: run.sharedBelow ? new Map() : null,
  };
  out.reset();
  const isWritten = writeFields(root, shape, shaping);
  const isWhole = isWritten && !report && shaping.faults.length === 0;
  if (isWhole && out.length > LONG_BYTES)
    return longAnswer(out, disclose?.({ root, sent: undefined, variables: values }) ?? NOTHING_DISCLOSED);
  const data = isWritten ? out.toString() : 'null';
  const errors = isWhole ? NO_ERRORS : [...(report?.errors ?? []), ...faultErrors(shaping)];
  if (!disclose) return { data, errors, disclosed: NOTHING_DISCLOSED.disclosed, searches: NOTHING_DISCLOSED.searches };
  // Where nothing went wrong every value of the joined data was sent; else the text alone says what was.
  const sent = errors.length === 0 ? undefined : (JSON.parse(data) as Data | null);
  return { data, errors, ...disclose({ root, sent, variables: values }) };
}

/** From here on two writes of bytes are cheaper than putting texts together. */
const LONG_BYTES = 8192;
const BEFORE_DATA = '{"data":';
const AFTER_DATA = '}\n';

function longAnswer(out: Output, disclosed: Disclosed): Answer {
  const body = out.toBytes(BEFORE_DATA, AFTER_DATA);
  return {
    get data() {
      return body.toString('utf8', BEFORE_DATA.length, body.length - AFTER_DATA.length);
    },
    body,
    errors: NO_ERRORS,
    ...disclosed,
  };
}

/** Once subgraphs were asked nothing may be tried again, so a fault of ours is an answer too. */
function failedAnswer({ onEvent }: Run, error: unknown): Answer {
  if (error instanceof AppError && error.code === 'LIMIT_COST') {
    const { message, extensions } = error;
    return { data: 'null', errors: [{ message, extensions }], ...NOTHING_DISCLOSED };
  }
  onEvent({ type: 'failed', cause: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const { message, extensions } = new AppError('INTERNAL');
  return { data: 'null', errors: [{ message, extensions }], ...NOTHING_DISCLOSED };
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
