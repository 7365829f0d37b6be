import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { AppError, ERROR_CODES, type ErrorCode } from '../lib/errors.js';

/** Why a whole request is refused: one error, or a few of the same code. */
export class Refusal extends Error {
  readonly errors: readonly AppError[];
  /** Whether a variable is not of its type, which GraphQL over HTTP counts among the faults of the document. */
  readonly isOfCoercion: boolean;

  /** @param errors At least one; the first decides the HTTP status. */
  constructor(errors: readonly AppError[], { isOfCoercion = false } = {}) {
    super(errors[0]?.message ?? '');
    this.name = 'Refusal';
    this.errors = errors;
    this.isOfCoercion = isOfCoercion;
  }
}

/** Headers that go with a refusal: how to log in, and when to come back. */
const REFUSAL_HEADERS: Readonly<Partial<Record<ErrorCode, Readonly<Record<string, string>>>>> = {
  UNAUTHENTICATED: { 'www-authenticate': 'Bearer' },
  OVERLOADED: { 'retry-after': '5' },
  SUBGRAPH_UNAVAILABLE: { 'retry-after': '5' },
  AUDIT_UNAVAILABLE: { 'retry-after': '5' },
};

/** @param error Where it says how long to wait, that is the time to come back. */
export function refusalHeadersOf({ code, extensions }: AppError): Readonly<Record<string, string>> {
  const { retryAfterSeconds } = extensions;
  const retry = typeof retryAfterSeconds === 'number' ? { 'retry-after': String(retryAfterSeconds) } : {};
  return { ...REFUSAL_HEADERS[code], ...retry };
}

/**
 * Turns what a phase threw into the one form that makes @apollo/server answer with a status of ours: without
 * `extensions.http` it answers 500 to whatever `context` or `didResolveOperation` throws.
 */
export function refuse(error: unknown): GraphQLError {
  const refusal = error instanceof AppError ? new Refusal([error]) : error;
  const [first = new AppError('INTERNAL')] = refusal instanceof Refusal ? refusal.errors : [];
  const { status } = ERROR_CODES[first.code];
  const headers = new HeaderMap(Object.entries(refusalHeadersOf(first)));
  return new GraphQLError(first.message, {
    originalError: refusal as Error,
    extensions: { ...first.extensions, http: { status, headers } },
  });
}
