import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../../lib/errors.js';
import { readRequestId, SECURITY_HEADERS } from './headers.js';
import { toRefusalBody } from './refusal.js';

const MOST_HEADERS = 100;

/**
 * What node's parser lets through and nobody should: two readers of such a message may see two different requests.
 *
 * @returns The status with which it is refused; `null` where nothing is wrong.
 */
export function findBadFraming({
  httpVersion,
  url,
  rawHeaders,
  headers,
}: Pick<IncomingMessage, 'httpVersion' | 'url' | 'rawHeaders' | 'headers'>): 400 | 431 | null {
  if (rawHeaders.length > 2 * MOST_HEADERS) return 431;
  if (httpVersion !== '1.1') return httpVersion === '1.0' && headers['transfer-encoding'] === undefined ? null : 400;
  if (countHosts(rawHeaders) !== 1 || !(url?.startsWith('/') || url === '*')) return 400;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 400;
  // Only the transport of which all checks are made is spoken here; other offers to upgrade are left unanswered.
  return headers.upgrade !== undefined && /websocket/i.test(headers.upgrade) ? 400 : null;
}

function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}

/** Answers and closes: nothing behind it is read as a request. */
export function refuseFraming(request: IncomingMessage, response: ServerResponse, status: number): void {
  const body = JSON.stringify(toRefusalBody(new AppError('BAD_REQUEST')));
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'x-request-id': readRequestId(request),
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(request.method === 'HEAD' ? undefined : body, () => request.socket.destroySoon());
}
