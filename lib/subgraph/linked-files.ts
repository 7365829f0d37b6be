import { addAbortSignal, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ERROR_CODES } from '../errors.js';
import type { Log } from '../log.js';
import { maskError } from '../mask.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Anybody may ask: the gateway's proof is not needed. */
    readonly isOpen?: boolean;
  }
}

/** Files for whoever has a link that the subgraph itself has given out: browsers ask for them past the gateway. */
export interface LinkedFiles<Connector> {
  /** First part of the URL: `GET /PATH/LINK`. */
  readonly path: string;
  /** Checks the link; it is all that the one who asks has to show. */
  open(connector: Connector, link: string): Promise<LinkedFile | Refusal>;
}

export interface LinkedFile {
  /** Letters, digits and `._-`. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly stream: Readable;
}

/** 404: nobody gave out such a link, or what it led to is gone. 410: its time is over. */
export type Refusal = 404 | 410;

const LONGEST_LINK = 2048;
const LONGEST_DOWNLOAD_MS = 120_000;
const MOST_AT_ONCE = 64;

/** To be saved, not shown; kept by nobody on the way; never part of another page. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
  'accept-ranges': 'none',
} as const;

/** Every refusal has an empty body. */
export function serveLinkedFiles<Connector>(
  server: FastifyInstance,
  { path, open }: LinkedFiles<Connector>,
  parts: { readonly connector: Connector; readonly log: Log },
): void {
  let underWay = 0;
  server.get<{ Params: { link: string } }>(
    `/${path}/:link`,
    { config: { isOpen: true }, exposeHeadRoute: false },
    async ({ params: { link } }, reply) => {
      reply.headers(HEADERS);
      if (link.length > LONGEST_LINK) return reply.code(404).send();
      if (underWay >= MOST_AT_ONCE) return reply.code(503).header('retry-after', '5').send();
      underWay += 1;
      reply.raw.once('close', () => {
        underWay -= 1;
      });
      try {
        return await send(reply, await open(parts.connector, link));
      } catch (error) {
        const { code } = maskError(error).extensions;
        parts.log.error({ code, path }, 'a linked file could not be sent');
        return reply.code(ERROR_CODES[code].status).send();
      }
    },
  );
}

function send(reply: FastifyReply, answer: LinkedFile | Refusal): FastifyReply {
  if (typeof answer === 'number') return reply.code(answer).send();
  const { name, mediaType, bytes, stream } = answer;
  return reply
    .headers({
      'content-type': mediaType,
      'content-length': bytes,
      'content-disposition': `attachment; filename="${name}"`,
    })
    .send(addAbortSignal(AbortSignal.timeout(LONGEST_DOWNLOAD_MS), stream));
}
