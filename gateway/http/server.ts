import {
  createServer as createNodeServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { fastifyCors } from '@fastify/cors';
import Fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { AppError } from '../../lib/errors.js';
import { createFacts, type RequestFacts } from '../context.js';
import type { createAnswer } from './answer.js';
import { refuseConnection } from './client-error.js';
import type { Direct } from './direct.js';
import type { Drain } from './drain.js';
import { findBadFraming, refuseFraming } from './framing.js';
import { EXPOSED_HEADERS, readRequestId, SECURITY_HEADERS } from './headers.js';
import { checkProtocol } from './protocol.js';
import { readBody } from './read-body.js';
import { sendRefusal, toAppError } from './refusal.js';
import { endSlowReaders } from './slow-readers.js';

declare module 'fastify' {
  interface FastifyRequest {
    facts: RequestFacts;
  }
}

/** A request that was answered, however. */
export interface HttpEvent {
  readonly requestId: string;
  readonly method: string;
  /** Pattern of the route, never the address asked for; `-` for none. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly facts: RequestFacts;
}

export interface HttpParts {
  /** Answers what the protocol lets through to `/graphql`. */
  readonly answer: ReturnType<typeof createAnswer>;
  /** What is tried before the host; `null`: nothing. */
  readonly direct: Direct | null;
  /** Pages beside the API, or `null`. */
  readonly pages: FastifyPluginAsync | null;
  /** Whether new operations can be answered, beside known ones; absent: always. */
  readonly isReady?: () => boolean;
  readonly drain: Drain;
  readonly corsOrigins: readonly string[];
  readonly maxBodyBytes: number;
  readonly onEvent: (event: HttpEvent) => void;
  /** What nobody expected, with the request's id. */
  readonly onFailure: (requestId: string, error: unknown) => void;
}

/** Clients that send or read slowly are let go after this time. */
const SLOW_CLIENT_MS = 10_000;
/** Of an answer, in that time. */
const SLOWEST_READ_BYTES = 65_536;
const KEEP_ALIVE_MS = 65_000;

/** The public port: the API, health, and pages; every answer that refuses is a GraphQL error in JSON. */
export async function createHttpServer(parts: HttpParts): Promise<FastifyInstance> {
  const { direct } = parts;
  const fastify = createServer(
    parts.maxBodyBytes,
    direct ? (host) => (request, response) => direct.handle(request, response, host) : undefined,
  );
  if (direct) giveBodiesBack(fastify, direct);
  frame(fastify, parts);
  if (parts.corsOrigins.length > 0) await fastify.register(fastifyCors, corsOptions(parts.corsOrigins));
  fastify.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest: async (request) => checkProtocol(request),
    handler: parts.answer,
  });
  serveHealth(fastify, parts);
  if (parts.pages) await fastify.register(parts.pages);
  return fastify;
}

const TIMEOUTS = {
  keepAliveTimeout: KEEP_ALIVE_MS,
  requestTimeout: SLOW_CLIENT_MS,
  headersTimeout: SLOW_CLIENT_MS,
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 16_384,
  insecureHTTPParser: false,
  requireHostHeader: false, // node would refuse without a word; framing.ts does it with one
};

/** What stands around the routes of a server. */
type Around = (host: RequestListener) => RequestListener;

/** A server without routes, with our way to refuse; the operators' port is one too. */
export function createServer(maxBodyBytes: number, around: Around = (host) => host): FastifyInstance {
  const refused = new WeakSet<Socket>();
  const fastify = Fastify({
    serverFactory: (host) => createGuardedServer(around(host), refused),
    logger: false,
    bodyLimit: maxBodyBytes,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: readRequestId,
    requestIdHeader: false,
    clientErrorHandler: (error, socket) => refused.has(socket) || refuseConnection(error, socket),
    frameworkErrors: (error, { id }, reply) =>
      void sendRefusal(reply.headers({ ...SECURITY_HEADERS, 'x-request-id': id }), toAppError(error)),
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) =>
    readBody(body),
  );
  return fastify;
}

/** @param refused Connections on which nothing more is read as a request, though it may have arrived already. */
function createGuardedServer(answer: RequestListener, refused: WeakSet<Socket>) {
  const refuse = (request: IncomingMessage, response: ServerResponse, status: number) => {
    refused.add(request.socket);
    refuseFraming(request, response, status);
  };
  const server = createNodeServer(TIMEOUTS, (request, response) => {
    if (refused.has(request.socket)) return;
    const status = findBadFraming(request);
    if (status === null) answer(request, response);
    else refuse(request, response, status);
  });
  server.on('checkExpectation', (request, response) => refuse(request, response, 417));
  endSlowReaders(server, { patienceMs: SLOW_CLIENT_MS, leastBytes: SLOWEST_READ_BYTES });
  return server;
}

/** A body that the direct path has read is read again from memory. */
function giveBodiesBack(fastify: FastifyInstance, direct: Direct): void {
  fastify.addHook('preParsing', async ({ raw }, _reply, payload) => {
    const body = direct.bodyOf(raw);
    return body === null ? payload : Readable.from([body], { objectMode: false });
  });
}

/** What holds for every request, whatever its path. */
export function frame(
  fastify: FastifyInstance,
  { drain, onEvent, onFailure }: Pick<HttpParts, 'drain' | 'onEvent' | 'onFailure'>,
): void {
  fastify.decorateRequest('facts');
  fastify.addHook('onRequest', async (request, reply) => {
    request.facts = createFacts();
    reply.header('x-request-id', request.id);
    reply.raw.once('close', drain.enter());
    if (drain.isDraining) reply.header('connection', 'close');
    if (drain.isDraining && !HEALTH.has(request.routeOptions.url ?? '')) throw new AppError('OVERLOADED');
    if (request.is404) refuseRoute(fastify, request, reply);
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
    if (request.routeOptions.url !== '/graphql' || !reply.hasHeader('etag')) return payload;
    // The same answer has two media types.
    const others = reply.getHeader('vary');
    reply.header('vary', others === undefined ? 'Accept' : `${String(others)}, Accept`);
    if (reply.statusCode !== 304) return payload;
    reply.removeHeader('content-type');
    reply.removeHeader('content-length');
    return null;
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const { id: requestId, method, facts } = request;
    const route = request.routeOptions.url ?? '-';
    onEvent({ requestId, method, route, status: reply.statusCode, durationMs: reply.elapsedTime, facts });
  });
  fastify.setErrorHandler((error, request, reply) => {
    const known = toAppError(error);
    request.facts.codes = [known.code];
    if (known.code === 'INTERNAL') onFailure(request.id, error);
    // A client that is cut off while it sends never reads why: what it goes on sending is thrown away, for 10 s at most.
    if (known.code === 'PAYLOAD_TOO_LARGE' && !drain.isDraining) reply.removeHeader('connection');
    return sendRefusal(reply, known, reply.statusCode === 404 ? 404 : undefined);
  });
}

/** A path that exists under other methods is told apart from one that does not. */
function refuseRoute(fastify: FastifyInstance, { url }: FastifyRequest, reply: FastifyReply): never {
  const path = url.split('?')[0] ?? '';
  const methods = (['GET', 'HEAD', 'POST'] as const).filter((method) => fastify.hasRoute({ method, url: path }));
  if (methods.length > 0) {
    reply.header('allow', methods.join(', '));
    throw new AppError('METHOD_NOT_ALLOWED');
  }
  reply.code(404);
  throw new AppError('BAD_REQUEST', 'There is nothing at this path.');
}

const HEALTH: ReadonlySet<string> = new Set(['/livez', '/readyz', '/health', '/.well-known/apollo/server-health']);

function serveHealth(fastify: FastifyInstance, { drain, isReady }: Pick<HttpParts, 'drain' | 'isReady'>): void {
  const method = ['GET', 'HEAD'];
  const isUp = async () => ({ status: 'UP' });
  fastify.route({ method, url: '/livez', handler: isUp });
  fastify.route({ method, url: '/health', handler: isUp });
  fastify.route({ method, url: '/.well-known/apollo/server-health', handler: async () => ({ status: 'pass' }) });
  fastify.route({
    method,
    url: '/readyz',
    handler: async () => {
      if (drain.isDraining) throw new AppError('OVERLOADED', 'The gateway is about to stop.');
      if (isReady?.() === false) throw new AppError('OVERLOADED', 'New operations cannot be planned now.');
      return { status: 'UP' };
    },
  });
}

const corsOptions = (origins: readonly string[]) => ({
  origin: [...origins],
  methods: ['GET', 'POST'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'apollo-require-preflight',
    'x-request-id',
    'x-purpose',
    'x-file-reference',
    'x-cost',
    'apollographql-client-name',
    'x-client-name',
  ],
  exposedHeaders: [...EXPOSED_HEADERS],
  maxAge: 600,
});
