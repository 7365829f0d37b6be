import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../caller.js';
import { INTERNAL_TOKEN_HEADER, type Proof, type VerifyRequest } from '../internal-token.js';
import type { Log } from '../log.js';

export interface Guard {
  /** Who asks, as the gateway has signed it. @throws TypeError for a request that was never let in. */
  callerOf(request: FastifyRequest): Caller | null;
}

/** What anybody may ask, beside what a route says of itself (`isOpen`): whether the process lives. */
const OPEN_PATHS: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz']);
const REFUSED = 401;
const REPORT_MS = 1000;

/**
 * Lets nothing in but what the gateway has signed: every other request, whatever its method, path or type, is answered
 * 401 with an empty body, before its own body is read where the token alone shows it.
 */
export function guard(server: FastifyInstance, verify: VerifyRequest, log: Log): Guard {
  const proofs = new WeakMap<FastifyRequest, Proof>();
  const refusals = createRefusals(log);
  const refuse = (reply: FastifyReply, reason: string) => {
    refusals.add(reason);
    return reply.code(REFUSED).send();
  };
  server.addHook('onRequest', async (request, reply) => {
    if (OPEN_PATHS.has(request.routeOptions.url) || request.routeOptions.config.isOpen) return;
    const header = request.headers[INTERNAL_TOKEN_HEADER];
    const proof = verify(typeof header === 'string' ? header : undefined);
    if (typeof proof === 'string') return refuse(reply, proof);
    proofs.set(request, proof);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.addHook('preHandler', async (request, reply) => {
    const proof = proofs.get(request);
    if (!proof) return;
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (!proof.isOf(body)) return refuse(reply, 'another body');
    request.body = readJson(body);
  });
  server.addHook('onClose', async () => refusals.report());
  return {
    callerOf(request) {
      const proof = proofs.get(request);
      if (!proof) throw new TypeError('A request came in past the guard.');
      return proof.caller;
    },
  };
}

/** What is no JSON is no GraphQL request either, and is refused as such behind the guard. */
function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Counts by reason; a line a second at most, so that nobody can fill the log from outside. */
function createRefusals(log: Log) {
  let counts: Record<string, number> = {};
  let timer: NodeJS.Timeout | null = null;
  const report = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (Object.keys(counts).length > 0) log.warn({ refused: counts }, 'requests without proof of the gateway');
    counts = {};
  };
  return {
    report,
    add(reason: string) {
      counts[reason] = (counts[reason] ?? 0) + 1;
      timer ??= setTimeout(report, REPORT_MS).unref();
    },
  };
}
