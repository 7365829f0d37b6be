import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastifyStatic } from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';

/** How the page signs somebody in: authorization code with PKCE at a demo identity provider that knows personas. */
export interface PlaygroundLogin {
  /** Issuer URL, as in `OIDC_ISSUER`. */
  readonly issuer: string;
  /** A public client whose redirect URI is the page itself. */
  readonly clientId: string;
}

export interface PlaygroundOptions {
  /** `null` outside the demo: whoever uses the page brings an access token along. */
  readonly login: PlaygroundLogin | null;
  /** What `npm run build` made of `app/`. */
  readonly folder?: string;
}

/**
 * Serves the playground: the page at `/`, its files and its configuration under `/playground/`. The page speaks to this
 * gateway and, in the demo, to the issuer; its content security policy allows nothing else.
 *
 * @throws Error where the page is not built.
 */
export const servePlayground =
  ({ login, folder = fileURLToPath(new URL('static', import.meta.url)) }: PlaygroundOptions): FastifyPluginAsync =>
  async (fastify) => {
    if (!existsSync(join(folder, 'index.html'))) throw new Error('The playground is not built; run: npm run build');
    const policy = contentSecurityPolicy(login);
    fastify.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      });
    });
    await fastify.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/playground/assets/',
      decorateReply: true,
      index: false,
      maxAge: '365d', // the name of each file holds its hash
      immutable: true,
    });
    fastify.get('/', (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html', folder, { cacheControl: false }),
    );
    fastify.get('/playground/config.json', (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send({ login, hasMap: fastify.hasRoute({ method: 'GET', url: '/map' }) }),
    );
  };

/**
 * Inline styles stay allowed: the editor (Monaco) writes its colours into style elements and attributes. Scripts and
 * workers come from here alone, without eval.
 */
function contentSecurityPolicy(login: PlaygroundLogin | null): string {
  const issuer = login ? ` ${new URL(login.issuer).origin}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "worker-src 'self'",
    `connect-src 'self'${issuer}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
