import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../../lib/caller.js';
import { AppError } from '../../lib/errors.js';
import type { HostContext } from '../context.js';
import { refuse } from '../refuse.js';

export interface AnswerParts {
  readonly host: ApolloServer<HostContext>;
  /** @throws AppError where the caller is refused. */
  readonly identify: (headers: FastifyRequest['headers']) => Promise<Caller | null>;
  /** Looks at the document's text before it is parsed. @throws AppError where nobody should. */
  readonly screen: (text: string) => void;
}

/** Answers GraphQL requests: finds out who asks, looks at the text, then hands over to the host. */
export function createAnswer({ host, identify, screen }: AnswerParts) {
  const createContext = async (request: FastifyRequest, reply: FastifyReply): Promise<HostContext> => {
    const { id: requestId, facts } = request;
    try {
      const caller = await identify(request.headers);
      facts.role = caller?.role ?? null;
      screen(textOf(request));
      return { requestId, caller, facts, signal: signalOf(reply) };
    } catch (error) {
      facts.codes = [error instanceof AppError ? error.code : 'INTERNAL'];
      throw refuse(error);
    }
  };
  return fastifyApolloHandler(host, { context: createContext });
}

/** The document as the client sent it, or an empty text: what is wrong with that the host says. */
function textOf({ method, query, body }: FastifyRequest): string {
  const text = ((method === 'GET' ? query : body) as { query?: unknown } | null | undefined)?.query;
  return typeof text === 'string' ? text : '';
}

/** Ends when the client has left before its answer was complete. */
function signalOf({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) left.abort(new Error('The client has left.'));
  });
  return left.signal;
}
