import type { FastifyRequest } from 'fastify';
import { AppError } from '../../lib/errors.js';
import { chooseMediaType } from '../media-type.js';

/** Headers that a page of another origin cannot send without asking first. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];

/**
 * What the headers of a request for the API must be, before its body is read.
 *
 * @throws AppError `NOT_ACCEPTABLE`, `UNSUPPORTED_MEDIA_TYPE`, or `BAD_REQUEST` for a GET that a foreign page could send.
 */
export function checkProtocol({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): void {
  if (chooseMediaType(headers.accept) === null) throw new AppError('NOT_ACCEPTABLE');
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity')
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The request body must not be compressed.');
  const type = headers['content-type'];
  if (!isJson(type) && (method === 'POST' || type !== undefined))
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', 'The request must be of the type application/json in UTF-8.');
  if (method === 'GET' && type === undefined && !PREFLIGHT_HEADERS.some((name) => headers[name]))
    throw new AppError('BAD_REQUEST', `A GET request needs one of the headers ${PREFLIGHT_HEADERS.join(', ')}.`);
}

function isJson(type: string | undefined): boolean {
  const [essence = '', ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
  return essence === 'application/json' && (charset === undefined || /^"?utf-8"?$/.test(charset));
}
