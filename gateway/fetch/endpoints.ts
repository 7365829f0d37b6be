import type { Instance } from '../../lib/cooperation/model.js';
import { createEndpoint, type Endpoint, type EndpointSettings } from './endpoint.js';
import type { OnFetchEvent } from './events.js';
import type { Instances } from './instances.js';

/** The instances that are or were asked, each with its own sockets and its own breaker. */
export interface Endpoints {
  of(subgraph: string, instance: Instance): Endpoint;
  /** Lets go of instances that are no longer in force; requests in flight to them end as they would have. */
  keepOnly(instances: Instances): void;
  close(): Promise<void>;
}

export function createEndpoints(settings: EndpointSettings, onEvent: OnFetchEvent): Endpoints {
  const known = new Map<string, Endpoint>();
  // What every request looks up; an instance belongs to one subgraph.
  let found = new WeakMap<Instance, Endpoint>();
  return {
    of(subgraph, instance) {
      const quick = found.get(instance);
      if (quick) return quick;
      const { provider, url } = instance;
      const name = nameOf(subgraph, url);
      const endpoint = known.get(name) ?? createEndpoint({ subgraph, provider, url, settings, onEvent });
      known.set(name, endpoint);
      found.set(instance, endpoint);
      return endpoint;
    },
    keepOnly(instances) {
      found = new WeakMap();
      const named = new Set(
        [...instances].flatMap(([subgraph, { all }]) => all.map(({ url }) => nameOf(subgraph, url))),
      );
      for (const [name, endpoint] of known) {
        if (named.has(name)) continue;
        known.delete(name);
        // Nothing waits for it, and a socket that does not close in peace is closed by the operating system.
        endpoint.close().catch(() => undefined);
      }
    },
    async close() {
      await Promise.allSettled([...known.values()].map((endpoint) => endpoint.close()));
      known.clear();
    },
  };
}

const nameOf = (subgraph: string, url: string): string => `${subgraph} ${url}`;
