import { createHash, randomBytes } from 'node:crypto';
import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import type { HostContext } from '../context.js';
import { type Disclosed, NOTHING_DISCLOSED } from '../disclosed.js';
import type { Engine } from '../engine.js';
import { compileDisclosure, readRootFields } from '../execute/disclosure.js';
import { compileShape } from '../execute/shape.js';
import type { ObjectShape } from '../execute/shaping.js';
import type { Data } from '../execute/types.js';
import { personalFields } from '../personal.js';
import type { Registers } from '../registers.js';
import { findOperation, fragmentsOf } from './canonical.js';
import { completeKeys } from './complete-keys.js';
import { applyConditions } from './conditions.js';

type Executor = NonNullable<Awaited<ReturnType<Engine['load']>>['executor']>;
type Request = Parameters<Executor>[0];

/** No client can have chosen such a name. */
const MARK = `own_${randomBytes(8).toString('hex')}_`;
const TYPENAME = `${MARK}type`;
const nameOf = (field: string): string => `${MARK}${field}`;

/** The stock executor says nothing of whose records it answers with: their keys are asked for beside, and taken out. */
export function withDisclosure(execute: Executor, registers: Registers | null): Executor {
  if (!registers) return execute;
  return async (request) => {
    const context = request.context as HostContext;
    const completed = complete(request, registers);
    if (!completed) {
      context.disclosed = NOTHING_DISCLOSED;
      return execute(request);
    }
    const result = await execute(completed);
    const data = result.data as Data | null | undefined;
    context.disclosed = disclose(completed, registers, data ?? null);
    if (data) removeMarks(data);
    const errors = result.errors?.filter(({ path }) => !path?.some(isMark));
    const { errors: _, ...rest } = result;
    return { ...rest, ...(errors && errors.length > 0 && { errors }) };
  };
}

/** @returns `null` where nothing personal is asked for. */
function complete(request: Request, registers: Registers): Request | null {
  const { schema, document, operation, request: given, queryHash } = request;
  if (personalFields({ schema, document, definition: operation }, registers).length === 0) return null;
  const values = valuesOf(schema, operation, given.variables);
  const wanted = applyConditions(
    document,
    new Map(Object.entries(values).map(([name, value]) => [name, value === true])),
  );
  const completed = completeKeys(wanted, { schema, registers, nameOf, typename: TYPENAME });
  const definition = findOperation(completed, given.operationName);
  if (!definition) return null;
  const hash = createHash('sha256')
    .update(`${queryHash}${JSON.stringify(conditionsIn(values))}`)
    .digest('hex');
  return { ...request, document: completed, operation: definition, queryHash: hash };
}

const conditionsIn = (values: Readonly<Data>) =>
  Object.entries(values).filter(([, value]) => typeof value === 'boolean');

const valuesOf = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Request['request']['variables'],
): Readonly<Data> => getVariableValues(schema, variableDefinitions, given ?? {}).coerced ?? {};

function disclose(
  { schema, document, operation, request }: Request,
  registers: Registers,
  data: Data | null,
): Disclosed {
  const root = schema.getRootType(operation.operation);
  if (!root) return NOTHING_DISCLOSED;
  const parts = { schema, fragments: fragmentsOf(document) };
  const isMutation = operation.operation === 'mutation';
  const shape = compileShape(
    { ...parts, names: new Map(), conditions: new Map() },
    root,
    operation.selectionSet,
    isMutation,
  );
  const rootFields = readRootFields(parts, operation, new Map());
  const program = compileDisclosure({
    registers,
    nameOf,
    shape: asAnswered(shape),
    root: root.name,
    rootFields,
    isMutation,
  });
  const variables = valuesOf(schema, operation, request.variables);
  return program({ root: data ?? {}, sent: data === null ? null : undefined, variables });
}

/** The same shape over data under the client's names. */
function asAnswered({ type, fields, isDeep }: ObjectShape): ObjectShape {
  return {
    type,
    isDeep,
    fields: fields
      .filter(({ key }) => !isMark(key))
      .map((field) => {
        const { inside } = field;
        const known = new Map<ObjectShape, ObjectShape>();
        const answered = (shape: ObjectShape): ObjectShape => {
          const found = known.get(shape) ?? asAnswered(shape);
          known.set(shape, found);
          return found;
        };
        return {
          ...field,
          source: field.source === null ? null : field.key,
          inside: inside && {
            shapeOf: (object) => {
              const shape = inside.shapeOf({ __typename: object[TYPENAME] });
              return shape && answered(shape);
            },
            all: () => inside.all().map(answered),
          },
        };
      }),
  };
}

const isMark = (name: string | number): boolean => typeof name === 'string' && name.startsWith(MARK);

function removeMarks(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const element of value) removeMarks(element);
    return;
  }
  const object = value as Data;
  for (const key of Object.keys(object))
    if (isMark(key)) delete object[key];
    else removeMarks(object[key]);
}
