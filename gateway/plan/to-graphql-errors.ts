import { GraphQLError } from 'graphql';
import type { Answer } from '../execute/operation.js';
import { Refusal, refuse } from '../refuse.js';

/** Errors of an answer as @apollo/server takes them. */
export const toGraphQLErrors = (errors: Answer['errors']): GraphQLError[] =>
  errors.map(({ message, path, extensions }) => new GraphQLError(message, { ...(path && { path }), extensions }));

/** What was thrown before anything ran, each refusal by itself. */
export const refusalsOf = (error: unknown): GraphQLError[] =>
  error instanceof Refusal ? error.errors.map((each) => refuse(each)) : [refuse(error)];
