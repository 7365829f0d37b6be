import type { Log } from '../lib/log.js';
import { type Caches, openCaches } from './cache/open-caches.js';
import { type Keeping, openKeeping } from './cache/open-keeping.js';
import { createScopeOf } from './cache/scope.js';
import { joinEntities } from './fetch/merge.js';
import { type Fetching, openFetch } from './fetch/open-fetch.js';
import type { Observer } from './observe/observer.js';
import type { RegistryLink } from './registry/open-registry.js';
import type { GatewaySettings } from './settings.js';
import type { Supergraph } from './supergraph.js';

/** Where data come from: the subgraphs, and what is kept of their answers. */
export interface Data {
  readonly caches: Caches;
  readonly fetching: Fetching;
  readonly keeping: Keeping;
  close(): Promise<void>;
}

export interface DataParts {
  readonly settings: GatewaySettings;
  readonly supergraph: Supergraph;
  /** Changes with the rules that decide what callers may see. */
  readonly policyVersion: string;
  /** `null`: the supergraph is a file. */
  readonly registry: RegistryLink | null;
  readonly observer: Observer;
  readonly log: Log;
}

/** @throws CooperationError where the cooperation file cannot be used. */
export function openData({ settings, supergraph, policyVersion, registry, observer, log }: DataParts): Data {
  const caches = openCaches({
    supergraph,
    memoryBytes: settings.CACHE_MEMORY_BYTES,
    redisUrl: settings.REDIS_URL,
    keys: settings.CACHE_KEYS,
    onEvent: observer.onCache,
  });
  observer.watchMemory(caches.bytes);
  const scopeOf = createScopeOf(`${policyVersion} ${settings.ACCESS_DEFAULT}`);
  const fetching = openFetch({
    supergraph,
    cooperationPath: settings.COOPERATION_PATH,
    endpoint: {
      deadlineMs: settings.SUBGRAPH_DEADLINE_MS,
      connections: settings.SUBGRAPH_CONNECTIONS,
      maxBytes: settings.SUBGRAPH_MAX_BYTES,
    },
    sharing: settings.INFLIGHT_DEDUPE === 'on' ? { scopeOf, watermark: caches.watermark } : null,
    signingKey: settings.SUBGRAPH_SIGNING_KEY,
    standing: registry,
    onEvent: observer.onFetch,
    log,
  });
  const keeping = openKeeping({
    caches,
    keepsEntities: settings.ENTITY_CACHE === 'on',
    keepsResponses: settings.RESPONSE_CACHE === 'on',
    scopeOf,
    maySharePrivate: fetching.maySharePrivate,
    join: joinEntities,
    onEvent: observer.onCache,
  });
  return {
    caches,
    fetching,
    keeping,
    async close() {
      await fetching.close();
      caches.close();
    },
  };
}
