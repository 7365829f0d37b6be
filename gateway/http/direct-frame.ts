import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { EXPLAIN_HEADER } from '../explanation.js';
import { chooseMediaType, type MediaType } from '../media-type.js';
import { EXPOSED_HEADERS, SECURITY_HEADERS } from './headers.js';

interface FrameParts {
  readonly corsOrigins: readonly string[];
  readonly maxBodyBytes: number;
}

/** What the answer's headers depend on. */
export interface Frame {
  readonly mediaType: MediaType;
  readonly origin: string | undefined;
}

const JSON_TYPES: ReadonlySet<string | undefined> = new Set([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
]);

/** Reads it off a request. @returns `null` where anything about the request is not plain. */
export function readFrame(
  { method, url, headers }: IncomingMessage,
  { maxBodyBytes, corsOrigins }: FrameParts,
): Frame | null {
  if (headers['x-cost'] !== undefined || headers[EXPLAIN_HEADER] !== undefined) return null; // the host tells
  if (method !== 'POST' || url !== '/graphql' || !JSON_TYPES.has(headers['content-type'])) return null;
  if (headers['content-encoding'] !== undefined || !(Number(headers['content-length']) <= maxBodyBytes)) return null;
  const { origin } = headers;
  if (origin !== undefined && corsOrigins.length > 0 && !corsOrigins.includes(origin)) return null;
  const mediaType = mediaTypeFor(headers);
  return mediaType && { mediaType, origin };
}

const mediaTypeFor = ({ accept }: IncomingHttpHeaders): MediaType | null =>
  accept === undefined || accept === '*/*' || accept === 'application/json'
    ? 'application/json'
    : chooseMediaType(accept);

const { 'cache-control': NO_STORE, ...OTHERS } = SECURITY_HEADERS;
const FIXED_HEADERS = Object.entries(OTHERS).flat();

interface Body {
  /** `null`: none is sent. */
  readonly bytes: number | null;
  /** Headers of this answer alone. */
  readonly more: Readonly<Record<string, string>>;
  readonly corsOrigins: readonly string[];
}

/** Headers of an answer, names and values in turn. */
export function headersOf(
  { mediaType, origin }: Frame,
  requestId: string,
  { bytes, more, corsOrigins }: Body,
): string[] {
  const headers = FIXED_HEADERS.slice();
  headers.push('x-request-id', requestId);
  if (bytes !== null) headers.push('content-type', `${mediaType}; charset=utf-8`, 'content-length', String(bytes));
  for (const name in more) headers.push(name, more[name] ?? '');
  if (more['cache-control'] === undefined) headers.push('cache-control', NO_STORE ?? '');
  const isOpen = more['etag'] !== undefined;
  if (corsOrigins.length > 0) headers.push('vary', isOpen ? 'Origin, Accept' : 'Origin');
  else if (isOpen) headers.push('vary', 'Accept');
  if (corsOrigins.length > 0) {
    if (origin !== undefined) headers.push('access-control-allow-origin', origin);
    headers.push('access-control-expose-headers', EXPOSED_HEADERS.join(', '));
  }
  return headers;
}
