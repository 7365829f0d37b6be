import type { FastifyInstance } from 'fastify';
import type { Log } from '../log.js';
import { maskError } from '../mask.js';

/** Where the legacy system sends what it has to say by itself. It has its own proof: the gateway's is not asked for. */
export interface Inlet<Connector> {
  /** The URL: `POST /PATH`. */
  readonly path: string;
  readonly mostBytes: number;
  /**
   * Looks at the sender before anything is read.
   *
   * @returns Who it is, in the words of `receive`; `null` for whoever may not send: 401 with an empty body.
   */
  admit(connector: Connector, authorization: string | undefined): string | null;
  /** @param body As it came, `mostBytes` at most. */
  receive(connector: Connector, message: InletMessage): Promise<InletAnswer>;
}

export interface InletMessage {
  readonly sender: string;
  readonly mediaType: string;
  readonly body: Buffer;
}

export interface InletAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
}

export function serveInlet<Connector>(
  server: FastifyInstance,
  { path, mostBytes, admit, receive }: Inlet<Connector>,
  { connector, log }: { readonly connector: Connector; readonly log: Log },
): void {
  const senders = new WeakMap<object, string>();
  server.post(
    `/${path}`,
    {
      config: { isOpen: true },
      bodyLimit: mostBytes,
      onRequest: async (request, reply) => {
        const sender = admit(connector, request.headers.authorization);
        if (sender === null) return reply.code(401).header('www-authenticate', 'Basic').send();
        senders.set(request, sender);
      },
    },
    async (request, reply) => {
      const sender = senders.get(request);
      if (sender === undefined) throw new TypeError('A message came in from nobody.');
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const message = { sender, mediaType: request.headers['content-type'] ?? '', body };
      try {
        const answer = await receive(connector, message);
        return await reply.code(answer.status).type(answer.mediaType).send(answer.body);
      } catch (error) {
        log.error({ code: maskError(error).extensions.code, path }, 'a message could not be taken');
        return reply.code(500).send();
      }
    },
  );
}
