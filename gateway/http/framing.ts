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
  if (!areSingle(rawHeaders) || !(url?.startsWith('/') || url === '*')) return 400;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 400;
  // Only the transport of which all checks are made is spoken here; other offers to upgrade are left unanswered.
  return headers.upgrade !== undefined && /websocket/i.test(headers.upgrade) ? 400 : null;
}

/** Of several of these node reads the first, and others the last: another caller, another kind of body. */
const ONCE: ReadonlyMap<number, string> = new Map(
  ['host', 'authorization', 'content-type'].map((name) => [name.length, name]),
);

/** Whether there is one host, and no more than one of what else stands once. */
function areSingle(rawHeaders: readonly string[]): boolean {
  const seen: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const once = ONCE.get(name.length);
    if (once === undefined || name.toLowerCase() !== once) continue;
    if (seen.includes(once)) return false;
    seen.push(once);
  }
  return seen.includes('host');
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
