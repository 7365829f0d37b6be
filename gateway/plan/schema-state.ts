import { createHash } from 'node:crypto';
import { buildSchema, type DocumentNode, type GraphQLSchema, validate as judge, parse, print } from 'graphql';
import { AppError } from '../../lib/errors.js';
import { type CompiledOperation, compileOperation } from '../execute/operation.js';
import { Output } from '../execute/output.js';
import { createTypeTable, type TypeTable } from '../execute/types.js';
import { MAX_VARIANTS } from '../execute/variants.js';
import type { Registers } from '../registers.js';
import { findOperation } from './canonical.js';
import { conditionVariables } from './conditions.js';
import { findDenied, withoutDenied } from './deny.js';
import { lazily } from './lazily.js';
import {
  type Compiled,
  createOperations,
  type OperationEntry,
  type OperationKey,
  type Operations,
} from './operations.js';
import type { Conditions, PlannedOperation } from './plan.js';
import type { Planner } from './planner.js';
import { type Requirements, readRequirements } from './read-requirements.js';
import { rememberRefusals } from './refusals.js';

/** Everything that belongs to one supergraph; replaced as a whole when it changes. */
export interface SchemaState {
  /** SHA-256 of the supergraph, hexadecimal. */
  readonly hash: string;
  readonly sdl: string;
  /** Read when somebody asks for a plan to read. */
  readonly requirements: () => Requirements;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly types: TypeTable;
  /** `null`: nobody records what is disclosed. */
  readonly registers: Registers | null;
  readonly out: Output;
  readonly planner: Planner;
  readonly operations: Operations;
}

export interface SchemaStateParts extends Pick<SchemaState, 'sdl' | 'planner' | 'registers'> {
  readonly maxBytes: number;
  readonly maxAnswerBytes: number;
}

export function createSchemaState({ sdl, planner, registers, ...bounds }: SchemaStateParts): SchemaState {
  return {
    hash: createHash('sha256').update(sdl).digest('hex'),
    sdl,
    requirements: lazily(() => readRequirements(parse(sdl, { noLocation: true }))),
    schema: buildSchema(planner.facts.apiSdl, { assumeValidSDL: true, noLocation: true }),
    types: createTypeTable(planner.facts),
    registers,
    out: new Output(bounds.maxAnswerBytes),
    planner: rememberRefusals(planner),
    operations: createOperations(bounds.maxBytes),
  };
}

/** Plans in the planner's thread, then compiles here. */
export async function compileIn(
  { planner, schema, types, registers, out }: SchemaState,
  key: OperationKey,
  { document: known, conditions, validate, isWanted }: CompileOptions,
): Promise<Compiled> {
  const { text, operationName, overrides } = key;
  const document = known ?? parse(text, { noLocation: true });
  const definition = findOperation(document, operationName);
  if (!definition) throw new AppError('OPERATION_NOT_FOUND');
  let bytes = estimateBytes(text, null);
  const denied = key.denied && key.denied.size > 0 ? findDenied({ schema, document, definition }, key.denied) : null;
  // The planner is never told of what is denied, so it cannot judge the whole.
  if (denied && validate && judge(schema, document).length > 0) throw new AppError('GRAPHQL_VALIDATION_FAILED');
  const source = denied ? print(withoutDenied({ schema, document, definition }, denied)) : text;
  const plan = async (asked: Conditions): Promise<PlannedOperation> => {
    const request = { text: source, operationName, overrides, conditions: asked, validate };
    const planned = await planner.plan(request, isCompiled ? undefined : isWanted);
    bytes = Math.max(bytes, estimateBytes(text, planned));
    return planned;
  };
  let isCompiled = false;
  const operation = compileOperation({ schema, types, registers, out, document, definition, denied, plan });
  const variables = conditionVariables(document);
  for (const combination of variables.length > 0 ? conditions : [NO_CONDITIONS]) await operation.prepare(combination);
  isCompiled = true;
  return { operation, bytes: bytes * Math.min(MAX_VARIANTS, 2 ** variables.length) };
}

/** @param entries Of another schema, the latest first; so they are here too. */
export async function recompileIn(state: SchemaState, entries: readonly OperationEntry[]): Promise<void> {
  for (const { key, operation } of [...entries].reverse())
    try {
      const conditions = operation.conditionsInUse();
      state.operations.set(key, await compileIn(state, key, { document: null, conditions, validate: true }));
    } catch {
      // The new schema does not have what it asks for: its next caller is told so.
    }
}

export interface Wanted {
  readonly state: SchemaState;
  readonly key: OperationKey;
  readonly options: CompileOptions;
  /** Ends when who asks has left. */
  readonly signal: AbortSignal;
}

/** The compiled operation, once for all who ask for it at the same time. */
export const compileFor = ({ state, key, options, signal }: Wanted): Promise<CompiledOperation> =>
  state.operations.getOrCompile(key, (isWanted) => compileIn(state, key, { ...options, isWanted }), signal);

export interface CompileOptions {
  /** Parsed already; its validity is then judged too. */
  readonly document: DocumentNode | null;
  /** Combinations of conditions to be ready for; others are planned when they come. */
  readonly conditions: readonly Conditions[];
  readonly validate: boolean;
  /** Whether anybody still waits for it; absent: yes. */
  readonly isWanted?: () => boolean;
}

const NO_CONDITIONS: Conditions = new Map();

const BYTES_PER_OPERATION = 4096;
/** A parsed document and compiled functions take many times the text they come from; measured on queries of 1 to 100 KB. */
const BYTES_PER_CHARACTER = 110;
const BYTES_PER_CHARACTER_OF_PLAN = 20;

const estimateBytes = (text: string, planned: PlannedOperation | null): number =>
  BYTES_PER_OPERATION +
  text.length * BYTES_PER_CHARACTER +
  JSON.stringify(planned).length * BYTES_PER_CHARACTER_OF_PLAN;
