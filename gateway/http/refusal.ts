import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError, ERROR_CODES, type ErrorCode } from '../../lib/errors.js';
import { chooseMediaType, MEDIA_TYPES } from '../media-type.js';
import { refusalHeadersOf } from '../refuse.js';

/** An HTTP answer that refuses, in the form of a GraphQL one. */
export interface RefusalBody {
  readonly errors: readonly [{ readonly message: string; readonly extensions: { readonly code: ErrorCode } }];
}

export const toRefusalBody = ({ message, code }: AppError): RefusalBody => ({
  errors: [{ message, extensions: { code } }],
});

/** @param status Where it is not that of the code: a path that does not exist is a `BAD_REQUEST` with 404. */
export function sendRefusal(
  reply: FastifyReply,
  error: AppError,
  status: number = ERROR_CODES[error.code].status,
): FastifyReply {
  const type = chooseMediaType(reply.request.headers.accept) ?? MEDIA_TYPES[0];
  return reply
    .code(status)
    .headers(refusalHeadersOf(error))
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify(toRefusalBody(error)));
}

/** What fastify found wrong, in our words; anything without a status of the client's fault is ours. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = (error as { statusCode?: number } | null)?.statusCode ?? 500;
  const code = STATUS_CODES[status] ?? (status >= 400 && status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
  return new AppError(code, undefined, { cause: error });
}

const STATUS_CODES: Readonly<Record<number, ErrorCode>> = {
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'OVERLOADED',
};

/** Whether the request is for the API; health and metrics are not. */
export const isForApi = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === '/graphql';
