import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Headers of every answer that does not set its own: an API answer is no page, and is kept by nobody. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

/** What a page of another origin may read of an answer. */
export const EXPOSED_HEADERS = ['x-request-id', 'retry-after', 'age', 'cache-status', 'etag'] as const;

/** The client's own request id where it has the form of one, so that nobody writes into our log; else a new one. */
export function readRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[A-Za-z0-9-]{8,64}$/.test(given) ? given : randomUUID();
}

/** What the client calls itself, for whoever counts which clients use what; proven by nothing. */
export function readClientName({ headers }: Pick<IncomingMessage, 'headers'>): string | null {
  const given = headers['apollographql-client-name'] ?? headers['x-client-name'];
  return typeof given === 'string' ? given : null;
}
