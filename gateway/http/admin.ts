import type { FastifyInstance } from 'fastify';
import { createDrain } from './drain.js';
import { createServer, frame, type HttpParts } from './server.js';

export interface AdminParts extends Pick<HttpParts, 'onEvent' | 'onFailure'> {
  /** Text in the Prometheus format, and its media type. */
  readonly readMetrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

/** The operators' port: it answers until the very end, so that a stop can be watched. */
export function createAdminServer({ readMetrics, onEvent, onFailure }: AdminParts): FastifyInstance {
  const fastify = createServer(1024);
  frame(fastify, { drain: createDrain(), onEvent, onFailure });
  fastify.get('/metrics', async (_request, reply) => {
    const { type, text } = await readMetrics();
    return reply.type(type).send(text);
  });
  return fastify;
}
