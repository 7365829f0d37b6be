import { readFileSync } from 'node:fs';
import type { FastifyPluginAsync } from 'fastify';
import type { Log } from '../../lib/log.js';
import { instanceId } from '../../lib/map/boxes.js';
import type { FederationMap } from '../../lib/map/model.js';
import { drawMap } from './draw.js';
import { writePage } from './page.js';

export interface MapParts {
  /** As it is now; the same object while nothing has changed. */
  readonly readMap: () => FederationMap;
  /** Whether an instance is being asked now. */
  readonly isHealthy: (instance: MapInstance) => boolean;
  readonly log: Log;
}

export interface MapInstance {
  readonly subgraph: string;
  readonly provider: string;
  /** Counts from 1 among the instances of one provider. */
  readonly number: number;
}

const TITLE = 'Map of the federation';
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves `/map`: who runs what for whom, drawn once for each state of the federation, with the health of now. */
export const serveMap = ({ readMap, isHealthy, log }: MapParts): FastifyPluginAsync => {
  const files = ['map.js', 'map.css'].map((name) => ({
    name,
    type: name.endsWith('.js') ? 'text/javascript' : 'text/css',
    text: readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8'),
  }));
  const drawn = createDrawn(readMap);
  return async (fastify) => {
    fastify.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      });
    });
    fastify.get('/map', async (_request, reply) => {
      const page = await drawn().catch((error: Error) => {
        log.error({ reason: error.message }, 'map not drawn');
        return null;
      });
      if (page === null)
        return reply.code(503).type('text/plain; charset=utf-8').send('The map cannot be drawn now.\n');
      return reply.type('text/html; charset=utf-8').send(page);
    });
    fastify.get('/map/health.json', (_request, reply) => reply.send(healthOf(readMap(), isHealthy)));
    for (const { name, type, text } of files)
      fastify.get(`/map/${name}`, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(text));
  };
};

/** Draws when somebody looks, and again only when something has changed. */
function createDrawn(readMap: () => FederationMap): () => Promise<string> {
  let known: { readonly map: FederationMap; readonly page: Promise<string> } | null = null;
  return () => {
    const map = readMap();
    if (known?.map !== map) known = { map, page: drawMap(map, TITLE).then((svg) => writePage(map, svg)) };
    const { page } = known;
    page.catch(() => {
      if (known?.page === page) known = null;
    });
    return page;
  };
}

const healthOf = ({ subgraphs }: FederationMap, isHealthy: MapParts['isHealthy']): Record<string, boolean> =>
  Object.fromEntries(
    subgraphs.flatMap(({ name, instances }) =>
      instances.map(({ provider, number }) => [
        instanceId(name, { provider, number }),
        isHealthy({ subgraph: name, provider, number }),
      ]),
    ),
  );
