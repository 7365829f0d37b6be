import { createHash } from 'node:crypto';
import { buildSchema, type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { AppError } from '../../lib/errors.js';
import { compileOperation } from '../execute/operation.js';
import { Output } from '../execute/output.js';
import { createTypeTable, type TypeTable } from '../execute/types.js';
import { MAX_VARIANTS } from '../execute/variants.js';
import { findOperation } from './canonical.js';
import { conditionVariables } from './conditions.js';
import { type Compiled, createOperations, type OperationKey, type Operations } from './operations.js';
import type { Conditions, PlannedOperation } from './plan.js';
import type { Planner } from './planner.js';
import { rememberRefusals } from './refusals.js';

/** Everything that belongs to one supergraph; replaced as a whole when it changes. */
export interface SchemaState {
  /** SHA-256 of the supergraph, hexadecimal. */
  readonly hash: string;
  readonly sdl: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly types: TypeTable;
  readonly out: Output;
  readonly planner: Planner;
  readonly operations: Operations;
}

export function createSchemaState(sdl: string, planner: Planner, maxBytes: number): SchemaState {
  return {
    hash: createHash('sha256').update(sdl).digest('hex'),
    sdl,
    schema: buildSchema(planner.facts.apiSdl, { assumeValidSDL: true, noLocation: true }),
    types: createTypeTable(planner.facts),
    out: new Output(),
    planner: rememberRefusals(planner),
    operations: createOperations(maxBytes),
  };
}

/** Plans in the planner's thread, then compiles here. */
export async function compileIn(
  { planner, schema, types, out }: SchemaState,
  key: OperationKey,
  { document: known, conditions, validate }: CompileOptions,
): Promise<Compiled> {
  const { text, operationName, overrides } = key;
  const document = known ?? parse(text, { noLocation: true });
  const definition = findOperation(document, operationName);
  if (!definition) throw new AppError('OPERATION_NOT_FOUND');
  let bytes = estimateBytes(text, null);
  const plan = async (asked: Conditions): Promise<PlannedOperation> => {
    const planned = await planner.plan({ text, operationName, overrides, conditions: asked, validate });
    bytes = Math.max(bytes, estimateBytes(text, planned));
    return planned;
  };
  const operation = compileOperation({ schema, types, out, document, definition, plan });
  const variables = conditionVariables(document);
  for (const combination of variables.length > 0 ? conditions : [NO_CONDITIONS]) await operation.prepare(combination);
  return { operation, bytes: bytes * Math.min(MAX_VARIANTS, 2 ** variables.length) };
}

export interface CompileOptions {
  /** Parsed already; its validity is then judged too. */
  readonly document: DocumentNode | null;
  /** Combinations of conditions to be ready for; others are planned when they come. */
  readonly conditions: readonly Conditions[];
  readonly validate: boolean;
}

const NO_CONDITIONS: Conditions = new Map();

const BYTES_PER_OPERATION = 4096;
/** A parsed document and compiled functions take many times the text they come from; measured on queries of 1 to 10 KB. */
const BYTES_PER_CHARACTER = 40;

const estimateBytes = (text: string, planned: PlannedOperation | null): number =>
  BYTES_PER_OPERATION + (text.length + JSON.stringify(planned).length) * BYTES_PER_CHARACTER;
