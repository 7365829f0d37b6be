import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, ERROR_CODES, type ErrorCode, isErrorCode } from '../../lib/errors.js';
import { pickDetails } from '../public-error.js';
import { Refusal } from '../refuse.js';

/** Codes of @apollo/server for what is one of ours. */
const HOST_CODES: Readonly<Record<string, ErrorCode>> = {
  OPERATION_RESOLUTION_FAILURE: 'OPERATION_NOT_FOUND',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
};

const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/**
 * What a client may see of any error: an allow-list. Errors of ours keep their text; what is wrong with the client's
 * document is said in graphql-js' words without suggestions; all else is a code and the constant text of that code.
 *
 * @param formatted As @apollo/server would send it.
 * @param error What was thrown.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { path, locations } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const own = findAppError(error);
  if (own) return { message: own.message, ...place, extensions: { ...pickDetails(own.extensions), code: own.code } };
  const code = toCode(formatted, error);
  const details = pickDetails(formatted.extensions ?? {});
  return { message: toMessage(code, formatted.message, error), ...place, extensions: { ...details, code } };
}

/** All errors of a refusal, where a phase has several to tell. */
export function formatRefusal(error: unknown): GraphQLFormattedError[] | null {
  const refusal = error instanceof GraphQLError ? error.originalError : error;
  if (!(refusal instanceof Refusal) || refusal.errors.length < 2) return null;
  return refusal.errors.map((each) => formatError({ message: each.message }, each));
}

/** Whether nobody expected the error: it goes to the log in full. */
export const isUnexpected = (formatted: GraphQLFormattedError): boolean => formatted.extensions?.code === 'INTERNAL';

function findAppError(error: unknown): AppError | null {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current instanceof AppError) return current;
    if (current instanceof Refusal) return current.errors[0] ?? null;
    current = (current as { originalError?: unknown }).originalError;
  }
  return null;
}

function toCode({ extensions }: GraphQLFormattedError, error: unknown): ErrorCode {
  const given = extensions?.code;
  const host = typeof given === 'string' && Object.hasOwn(HOST_CODES, given) ? HOST_CODES[given] : undefined;
  if (host) return host;
  if (!isErrorCode(given)) return 'INTERNAL';
  const http = (error as { extensions?: { http?: { status?: number } } } | null)?.extensions?.http;
  return given === 'BAD_REQUEST' ? (CODE_BY_STATUS[http?.status ?? 400] ?? given) : given;
}

/** Only graphql-js' own words about the document go out; a `RangeError` of its recursion is not one of them. */
function toMessage(code: ErrorCode, message: string, error: unknown): string {
  const isOfDocument = code === 'GRAPHQL_PARSE_FAILED' || code === 'GRAPHQL_VALIDATION_FAILED';
  const original = error instanceof GraphQLError ? error.originalError : error;
  if (!isOfDocument || original instanceof RangeError || /call stack/i.test(message)) return ERROR_CODES[code].text;
  return message.replace(/ Did you mean .*\?$/s, '');
}
