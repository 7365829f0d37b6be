import { isAscii } from 'node:buffer';
import { AppError, ERROR_CODES, type ErrorCode, isErrorCode } from '../../lib/errors.js';
import { pickDetails } from '../public-error.js';
import type { HttpAnswer } from './exchange.js';
import type { SubgraphAnswer, SubgraphFieldError } from './subgraph-request.js';

/** Codes that say something true when a subgraph says them; whatever else it says is `SUBGRAPH_ERROR`. */
const SUBGRAPH_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'INSUFFICIENT_TRUST_LEVEL',
  'BAD_USER_INPUT',
  'NOT_OFFERED_HERE',
  'MATCH_UNCERTAIN',
  'LEGACY_UNAVAILABLE',
  'LEGACY_TIMEOUT',
  'LEGACY_MALFORMED',
  'OVERLOADED',
  'INTERNAL',
]);

/**
 * Reads what an instance answered.
 *
 * @returns Data, errors in our words, or both.
 * @throws AppError `SUBGRAPH_MALFORMED` where it is not a GraphQL answer: a redirect, no JSON, neither data nor errors;
 *   `SUBGRAPH_ERROR` where it refuses (4xx) without one.
 */
export function readAnswer({ status, body, cacheControl = '', ageSeconds = 0 }: HttpAnswer): SubgraphAnswer {
  const answer = status >= 300 && status < 400 ? null : parseJson(body);
  if (!isRecord(answer)) throw new AppError(status >= 400 ? 'SUBGRAPH_ERROR' : 'SUBGRAPH_MALFORMED');
  const data = Object.hasOwn(answer, 'data') ? answer.data : null;
  const errors = Object.hasOwn(answer, 'errors') ? answer.errors : [];
  const isAnswer = isRecord(data) ? status < 300 : Array.isArray(errors) && errors.length > 0;
  if (!isAnswer || (errors !== null && !Array.isArray(errors))) throw new AppError('SUBGRAPH_MALFORMED');
  return {
    data: isRecord(data) ? data : null,
    errors: ((errors as unknown[] | null) ?? []).slice(0, MOST_ERRORS).map(readError),
    cacheControl: cacheControl === '' ? undefined : cacheControl,
    ageSeconds: ageSeconds === 0 ? undefined : ageSeconds,
  };
}

/** More errors of one answer tell nobody more, and are no reason to be busy. */
const MOST_ERRORS = 1000;

/** An error in our own words: the code's constant text, and only names and numbers as details. */
export const toFieldError = (
  code: ErrorCode,
  path?: SubgraphFieldError['path'],
  details: Readonly<Record<string, string | number>> = {},
): SubgraphFieldError => ({
  message: ERROR_CODES[code].text,
  ...(path && { path }),
  extensions: { ...details, code },
});

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readError(error: unknown): SubgraphFieldError {
  if (!isRecord(error)) return toFieldError('SUBGRAPH_ERROR');
  const extensions = isRecord(error.extensions) ? error.extensions : {};
  const code = extensions.code;
  const path = isPath(error.path) ? error.path : undefined;
  if (!isErrorCode(code) || !SUBGRAPH_CODES.has(code)) return toFieldError('SUBGRAPH_ERROR', path);
  return toFieldError(code, path, pickDetails(extensions));
}

const isPath = (path: unknown): path is (string | number)[] =>
  Array.isArray(path) && path.every((step) => typeof step === 'string' || Number.isSafeInteger(step));

function parseJson(body: Buffer): unknown {
  try {
    // What is plain ASCII is read several times as quickly.
    return JSON.parse(body.toString(isAscii(body) ? 'latin1' : 'utf8'));
  } catch {
    return null;
  }
}
