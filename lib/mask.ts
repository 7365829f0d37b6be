import { AppError } from './errors.js';
import type { Log } from './log.js';

/** What a caller may see of any failure: an `AppError` as it is, everything else as `INTERNAL` with one constant text. */
export const maskError = (error: unknown): AppError => findAppError(error) ?? new AppError('INTERNAL');

/** What `maskError` keeps from the caller goes to the log under the request id. */
export function reportError(error: unknown, log: Log, requestId: string): void {
  const known = findAppError(error);
  if (!known) log.error({ requestId, cause: describe(error) }, 'unexpected failure');
  else if (known.cause !== undefined)
    log.warn({ requestId, code: known.code, cause: describe(known.cause) }, 'failure with a cause');
}

/** graphql-js and @apollo/server wrap what was thrown in `originalError`. */
function findAppError(error: unknown): AppError | null {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth++) {
    if (current instanceof AppError) return current;
    current = (current as { originalError?: unknown }).originalError as Error;
  }
  return null;
}

const describe = (cause: unknown): string => (cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
