import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../../lib/errors.js';
import type { Invalidate } from '../cache/open-caches.js';
import { createDrain } from './drain.js';
import { createServer, frame, type HttpParts } from './server.js';

export interface AdminParts extends Pick<HttpParts, 'onEvent' | 'onFailure'> {
  /** Text in the Prometheus format, and its media type. */
  readonly readMetrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Bearer token of whatever changes something; `undefined`: nothing does. */
  readonly token: string | undefined;
  readonly invalidate: Invalidate;
}

const MOST_BODY_BYTES = 262_144;

/** The operators' port: it answers until the very end, so that a stop can be watched. */
export function createAdminServer({ readMetrics, token, invalidate, onEvent, onFailure }: AdminParts): FastifyInstance {
  const fastify = createServer(MOST_BODY_BYTES);
  frame(fastify, { drain: createDrain(), onEvent, onFailure });
  fastify.get('/metrics', async (_request, reply) => {
    const { type, text } = await readMetrics();
    return reply.type(type).send(text);
  });
  const isTrusted = createCheckToken(token);
  fastify.route({
    method: 'POST',
    url: '/invalidation',
    // Before the body is read: nobody else is worth reading.
    onRequest: async ({ headers }) => {
      if (token === undefined) throw new AppError('FORBIDDEN');
      if (!isTrusted(headers.authorization)) throw new AppError('UNAUTHENTICATED');
    },
    handler: async ({ body }) => {
      const invalidated = await invalidate(body);
      if (invalidated === 'malformed') throw new AppError('BAD_USER_INPUT');
      // It holds here; the same again, later, is the way to reach all.
      if (invalidated === 'unsure') throw new AppError('OVERLOADED');
      return { invalidated };
    },
  });
  return fastify;
}

/** The scheme is known in any case (RFC 9110). Compares digests: how long it takes tells nothing of the token. */
function createCheckToken(token: string | undefined): (header: string | undefined) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(token ?? '');
  return (header = '') => {
    const [, given] = /^bearer +(.+)$/i.exec(header) ?? [];
    return token !== undefined && given !== undefined && timingSafeEqual(digest(given), expected);
  };
}
