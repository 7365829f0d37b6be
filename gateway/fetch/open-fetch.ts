import { watchCooperation } from '../../lib/cooperation/watch.js';
import type { Log } from '../../lib/log.js';
import type { Supergraph } from '../supergraph.js';
import { createAsk } from './ask.js';
import type { EndpointSettings } from './endpoint.js';
import { createEndpoints } from './endpoints.js';
import type { OnFetchEvent } from './events.js';
import { createFetchSubgraph } from './fetch-subgraph.js';
import { createFlights } from './flights.js';
import { type Instances, instancesIn, instancesOf } from './instances.js';
import { createShapes } from './shape.js';
import { createSplit } from './split.js';
import type { FetchSubgraph } from './subgraph-request.js';

export interface FetchSettings {
  readonly supergraph: Supergraph;
  /** Without a cooperation file each subgraph runs where the supergraph says. */
  readonly cooperationPath: string | undefined;
  readonly endpoint: EndpointSettings;
  /** Whether equal queries in flight are shared. */
  readonly isShared: boolean;
  readonly onEvent: OnFetchEvent;
  readonly log: Log;
}

export interface Fetching {
  readonly fetchSubgraph: FetchSubgraph;
  /** Lets requests in flight end. */
  close(): Promise<void>;
}

/**
 * Opens the way to the subgraphs; a changed agreement holds from the next request on.
 *
 * @throws CooperationError where the cooperation file cannot be used.
 */
export function openFetch(settings: FetchSettings): Fetching {
  const { supergraph, cooperationPath, endpoint, isShared, onEvent, log } = settings;
  const endpoints = createEndpoints(endpoint, onEvent);
  let instances: Instances = instancesIn(supergraph);
  const source =
    cooperationPath === undefined
      ? null
      : watchCooperation(cooperationPath, log, (cooperation) => {
          instances = instancesOf(cooperation);
          endpoints.keepOnly(instances);
        });
  if (source) instances = instancesOf(source.current());
  for (const { name } of supergraph.subgraphs)
    if ((instances.get(name)?.all.length ?? 0) === 0) log.warn({ subgraph: name }, 'nobody runs this subgraph');
  const fetchSubgraph = createFetchSubgraph({
    instances: () => instances,
    isHealthy: (subgraph, instance) => endpoints.of(subgraph, instance).isHealthy(),
    ask: createAsk({ endpointOf: endpoints.of, flights: isShared ? createFlights() : null, onEvent }),
    readShape: createShapes(supergraph),
    split: createSplit(),
    onEvent,
  });
  return {
    fetchSubgraph,
    async close() {
      source?.close();
      await endpoints.close();
    },
  };
}
