import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../lib/errors.js';
import type { HostContext } from '../context.js';
import type { AskedDocument } from '../documents/choose-document.js';
import type { Documents } from '../documents/open-documents.js';
import { createExplaining, EXPLAIN_HEADER } from '../explanation.js';
import type { Admit } from '../limits/admit.js';
import { refuse } from '../refuse.js';
import { readClientName } from './headers.js';

export interface AnswerParts {
  readonly host: ApolloServer<HostContext>;
  readonly admit: Admit;
  readonly documents: Pick<Documents, 'takesIds' | 'choose'>;
  /** Looks at the document's text before it is parsed. @throws AppError where nobody should. */
  readonly screen: (text: string) => void;
  /** Whether clients are told, when they ask, how their answers come about; absent: they are not. */
  readonly isExplained?: boolean;
}

/** Answers GraphQL requests: finds out who asks and what, looks at the text, then hands over to the host. */
export function createAnswer({ host, admit, documents, screen, isExplained = false }: AnswerParts) {
  const createContext = async (request: FastifyRequest, reply: FastifyReply): Promise<HostContext> => {
    const { id: requestId, facts } = request;
    try {
      const caller = await admit(request.raw);
      facts.role = caller?.role ?? null;
      const asked = readAsked(request);
      const document = documents.choose(asked);
      screen(document);
      // An id is no matter of the host's, nor one beside a text.
      const isSubstitute = documents.takesIds && document !== '';
      return {
        requestId,
        caller,
        facts,
        client: readClientName(request.raw),
        signal: signalOf(reply),
        ...(isSubstitute && { document }),
        ...(isExplained && request.headers[EXPLAIN_HEADER] === '1' && { explaining: createExplaining() }),
      };
    } catch (error) {
      facts.codes = [error instanceof AppError ? error.code : 'INTERNAL'];
      throw refuse(error);
    }
  };
  return fastifyApolloHandler(host, { context: createContext });
}

/** What is wrong with its form the host says. */
function readAsked({ method, query, body }: FastifyRequest): AskedDocument {
  if (method !== 'GET') return (body ?? {}) as AskedDocument;
  const asked = query as Readonly<Record<string, unknown>>;
  return { ...asked, extensions: parseOrNull(asked.extensions) };
}

function parseOrNull(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** Ends when the client has left before its answer was complete. */
function signalOf({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) left.abort(new Error('The client has left.'));
  });
  return left.signal;
}
