import { randomBytes } from 'node:crypto';
import { type DocumentNode, type FieldNode, GraphQLError, Kind, visit } from 'graphql';
import type { Engine } from '../engine.js';
import { findOperation } from './canonical.js';

type Executor = NonNullable<Awaited<ReturnType<Engine['load']>>['executor']>;

/** No client can have chosen such a name. */
const MARK = `alias_${randomBytes(8).toString('hex')}_`;

/**
 * Keeps the client's names out of the joined data. The stock executor reads keys and required fields there by their
 * names: `vin: make` would answer with the VIN, `holderLink: make` with what clients may not see.
 */
export const withOwnNames =
  (execute: Executor): Executor =>
  async (request) => {
    const document = markAliases(request.document);
    const operation = findOperation(document, request.operation.name?.value);
    if (!operation || document === request.document) return execute(request);
    const result = await execute({ ...request, document, operation });
    const errors = result.errors?.map(
      (error) =>
        new GraphQLError(error.message, {
          ...(error.path && { path: error.path.map(unmark) }),
          extensions: error.extensions,
        }),
    );
    return {
      ...result,
      ...(result.data && { data: unmarkKeys(result.data) as typeof result.data }),
      ...(errors && { errors }),
      ...(result.extensions && { extensions: unmarkPaths(result.extensions) }),
    };
  };

/** The same document where it has no aliases. */
const markAliases = (document: DocumentNode): DocumentNode =>
  visit(document, {
    Field: (field: FieldNode) =>
      field.alias && field.alias.value !== field.name.value
        ? { ...field, alias: { kind: Kind.NAME, value: `${MARK}${field.alias.value}` } }
        : undefined,
  });

const unmark = <Step>(step: Step): Step | string =>
  typeof step === 'string' && step.startsWith(MARK) ? step.slice(MARK.length) : step;

/** In the same order; a member may be called `__proto__`. */
function unmarkKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarkKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [unmark(key), unmarkKeys(inner)]));
}

/** What the executor says beside the answer names places too. */
function unmarkPaths<Said extends object>(said: Said): Said {
  const { valueCompletion } = said as { readonly valueCompletion?: readonly GraphQLError[] };
  if (!valueCompletion) return said;
  const unmarked = valueCompletion.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { ...(path && { path: path.map(unmark) }), extensions }),
  );
  return { ...said, valueCompletion: unmarked };
}
