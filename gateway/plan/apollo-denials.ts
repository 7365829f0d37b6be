import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLOutputType,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Denial } from '../authorize/decision.js';
import type { RequestContext } from '../context.js';
import type { Engine } from '../engine.js';
import { type Document, selectFields } from '../execute/select-fields.js';
import { fragmentsOf } from './canonical.js';
import { conditionVariables } from './conditions.js';
import { type DeniedFields, findDenied, withoutDenied } from './deny.js';
import type { Conditions } from './plan.js';

type Executor = NonNullable<Awaited<ReturnType<Engine['load']>>['executor']>;
type Result = Awaited<ReturnType<Executor>>;
type Request = Parameters<Executor>[0];

/**
 * Lets an executor that knows nothing of rights answer as the compiled engine does: it never sees what is denied, and
 * each place of it is `null` with an error afterwards.
 */
export const withDenials =
  (execute: Executor): Executor =>
  async (request) => {
    const { decision } = request.context as RequestContext;
    if (!decision || decision.denied.size === 0) return execute(request);
    const parts = { schema: request.schema, document: request.document, definition: request.operation };
    const denied = findDenied(parts, decision.denied);
    const result = await execute(
      reduce(request, withTypenames(withoutDenied(parts, denied), request), decision.variant),
    );
    return result.data ? restore(result, request, denied) : result;
  };

function reduce(request: Request, document: DocumentNode, variant: string): Request {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION) ?? request.operation;
  const source = print(document);
  return {
    ...request,
    document,
    operation,
    source,
    // Plans are kept by it.
    queryHash: createHash('sha256').update(`${request.queryHash} ${variant}`).digest('hex'),
    request: { ...request.request, query: source },
  };
}

/** Under it the type of an object comes where it decides which fields were asked for. */
const TYPENAME_KEY = 'fachverbund__typename';
const TYPENAME: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPENAME_KEY },
  name: { kind: Kind.NAME, value: '__typename' },
};

function withTypenames(document: DocumentNode, { schema }: Request): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: (set) =>
        isAbstractType(types.getParentType()) ? { ...set, selections: [TYPENAME, ...set.selections] } : undefined,
    }),
  );
}

/** Thrown where a field that must have a value is denied: its object is null then. */
const NO_VALUE = Symbol('no value');

type Path = readonly (string | number)[];

interface Restoring {
  readonly document: Document;
  readonly conditions: Conditions;
  readonly denied: DeniedFields;
  readonly errors: GraphQLError[];
}

function restore(result: Result, request: Request, denied: DeniedFields): Result {
  const { schema, document, operation } = request;
  const root = schema.getRootType(operation.operation);
  if (!root) return result;
  const { coerced = {} } = getVariableValues(
    schema,
    operation.variableDefinitions ?? [],
    request.request.variables ?? {},
  );
  const conditions = new Map(conditionVariables(document).map((name) => [name, coerced[name] === true]));
  const restoring = { document: { schema, fragments: fragmentsOf(document) }, conditions, denied, errors: [] };
  const data = orNull(() => restoreObject(result.data, root, [operation.selectionSet], { path: [], ...restoring }));
  const errors = [...(result.errors ?? []), ...restoring.errors];
  const { errors: _, ...rest } = result;
  return { ...rest, data: data as Result['data'] & object, ...(errors.length > 0 && { errors }) };
}

interface Place extends Restoring {
  readonly path: Path;
}

function restoreObject(
  value: unknown,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
  place: Place,
): Record<string, unknown> {
  const object = value as Record<string, unknown>;
  const runtime = runtimeType(type, object[TYPENAME_KEY], place);
  const restored: [string, unknown][] = [];
  for (const [key, nodes] of selectFields(place.document, runtime, sets, place.conditions)) {
    const name = nodes[0]?.name.value ?? '';
    const field = 'getFields' in runtime ? runtime.getFields()[name] : undefined;
    const at = { ...place, path: [...place.path, key] };
    if (field) restored.push([key, restoreField(object[key], field.type, nodes, at)]);
    else if (Object.hasOwn(object, key)) restored.push([key, object[key]]);
  }
  return Object.fromEntries(restored);
}

function restoreField(value: unknown, type: GraphQLOutputType, nodes: readonly FieldNode[], place: Place): unknown {
  const denial = nodes.map((node) => place.denied.get(node)).find((found) => found !== undefined);
  if (!denial) return restoreValue(value ?? null, type, nodes, place);
  place.errors.push(toError(denial, place.path));
  if (isNonNullType(type)) throw NO_VALUE;
  return null;
}

function restoreValue(value: unknown, type: GraphQLOutputType, nodes: readonly FieldNode[], place: Place): unknown {
  if (value === null) return null;
  // Where it may be null, what cannot be told ends here.
  if (!isNonNullType(type)) return orNull(() => restorePresent(value, type, nodes, place));
  return restorePresent(value, type.ofType, nodes, place);
}

function restorePresent(value: unknown, type: GraphQLOutputType, nodes: readonly FieldNode[], place: Place): unknown {
  if (isListType(type))
    return (value as readonly unknown[]).map((element, index) =>
      restoreValue(element, type.ofType, nodes, { ...place, path: [...place.path, index] }),
    );
  const named = getNamedType(type);
  if (!isCompositeType(named)) return value;
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return restoreObject(value, named, sets, place);
}

function orNull(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error === NO_VALUE) return null;
    throw error;
  }
}

function runtimeType(type: GraphQLCompositeType, typename: unknown, { document }: Place): GraphQLCompositeType {
  const runtime = isAbstractType(type) && typeof typename === 'string' ? document.schema.getType(typename) : undefined;
  return isObjectType(runtime) ? runtime : type;
}

const toError = ({ message, code, detail }: Denial, path: Path): GraphQLError =>
  new GraphQLError(message, { path: [...path], extensions: { ...detail, code } });
