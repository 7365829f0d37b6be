import type { FastifyPluginAsync } from 'fastify';
import type { Cooperation, Instance } from '../../lib/cooperation/model.js';
import type { Log } from '../../lib/log.js';
import { type FederationMap, readMap } from '../../lib/map/model.js';
import { serveMap } from './serve.js';

/** What the map shows, asked each time. */
export interface MapSources {
  /** The supergraph in use. */
  readonly sdl: () => string;
  /** The agreement in force; `null`: there is none, and nobody knows who runs what. */
  readonly cooperation: () => Cooperation | null;
  /** Whether an instance would be asked now. */
  readonly isHealthy: (subgraph: string, instance: Instance) => boolean;
  readonly log: Log;
}

/** The map of the federation as it is now; read anew when its schema or its agreement has changed. */
export function openMap({ sdl, cooperation, isHealthy, log }: MapSources): FastifyPluginAsync {
  let known: { readonly sdl: string; readonly agreement: Cooperation | null; readonly map: FederationMap } | null =
    null;
  return serveMap({
    readMap() {
      const [text, agreement] = [sdl(), cooperation()];
      if (known?.sdl !== text || known.agreement !== agreement)
        known = { sdl: text, agreement, map: readMap(text, agreement) };
      return known.map;
    },
    isHealthy({ subgraph, provider, number }) {
      const own = cooperation()
        ?.subgraphs.get(subgraph)
        ?.filter((instance) => instance.provider === provider);
      const instance = own?.[number - 1];
      return instance !== undefined && isHealthy(subgraph, instance);
    },
    log,
  });
}
