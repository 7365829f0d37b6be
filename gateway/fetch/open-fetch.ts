import type { KeyObject } from 'node:crypto';
import type { Cooperation, Instance } from '../../lib/cooperation/model.js';
import { watchCooperation } from '../../lib/cooperation/watch.js';
import { createSigner } from '../../lib/internal-token.js';
import type { Log } from '../../lib/log.js';
import type { Supergraph } from '../supergraph.js';
import { createAsk, type Sharing } from './ask.js';
import type { EndpointSettings } from './endpoint.js';
import { createEndpoints } from './endpoints.js';
import type { OnFetchEvent } from './events.js';
import { createFetchSubgraph } from './fetch-subgraph.js';
import { createFlights } from './flights.js';
import { type Instances, instancesIn, instancesOf } from './instances.js';
import { createShapes } from './shape.js';
import { createSplit } from './split.js';
import { heedStanding, type Standing } from './standing.js';
import type { FetchSubgraph } from './subgraph-request.js';

export interface FetchSettings {
  /** That the gateway starts with. */
  readonly supergraph: Supergraph;
  /** Without a cooperation file each subgraph runs where the supergraph says. */
  readonly cooperationPath: string | undefined;
  readonly endpoint: EndpointSettings;
  /** Among whom equal queries in flight are shared; `null`: none are. */
  readonly sharing: Omit<Sharing, 'flights'> | null;
  /** Signs what subgraphs are told of the caller; without it they are told unsigned. */
  readonly signingKey: KeyObject | undefined;
  /** What a registry says of instances; `null`: there is none. */
  readonly standing: Standing | null;
  readonly onEvent: OnFetchEvent;
  readonly log: Log;
}

export interface Fetching {
  /** For operations that are judged by this supergraph; all share sockets, breakers and what is in flight. */
  fetchFor(supergraph: Supergraph): FetchSubgraph;
  /** The agreement in force; `null`: there is none. */
  cooperation(): Cooperation | null;
  /** Whether the controllers of a subgraph let replicas share what is kept about people. */
  maySharePrivate(subgraph: string): boolean;
  /** Whether an instance would be asked now. */
  isHealthy(subgraph: string, instance: Instance): boolean;
  /** Lets requests in flight end. */
  close(): Promise<void>;
}

/**
 * Opens the way to the subgraphs; a changed agreement holds from the next request on.
 *
 * @throws CooperationError where the cooperation file cannot be used.
 */
export function openFetch(settings: FetchSettings): Fetching {
  const { supergraph, cooperationPath, endpoint, sharing, signingKey, standing, onEvent, log } = settings;
  const endpoints = createEndpoints(endpoint, onEvent);
  let instances: Instances = instancesIn(supergraph);
  let privateCaching: ReadonlySet<string> = new Set();
  const source =
    cooperationPath === undefined
      ? null
      : watchCooperation(cooperationPath, log, (cooperation) => {
          instances = instancesOf(cooperation);
          privateCaching = cooperation.privateCaching;
          endpoints.keepOnly(instances);
        });
  if (source) {
    instances = instancesOf(source.current());
    privateCaching = source.current().privateCaching;
  }
  const isHealthy = (subgraph: string, instance: Instance) =>
    standing?.isDisabled(instance.url) !== true && endpoints.of(subgraph, instance).isHealthy();
  const askAnybody = createAsk({
    endpointOf: endpoints.of,
    sharing: sharing && { ...sharing, flights: createFlights() },
    sign: signingKey ? createSigner(signingKey) : null,
    onEvent,
  });
  const ask = standing ? heedStanding(askAnybody, standing) : askAnybody;
  return {
    cooperation: () => source?.current() ?? null,
    maySharePrivate: (subgraph) => privateCaching.has(subgraph),
    isHealthy,
    fetchFor(supergraph) {
      warnOfNobody(supergraph, instances, log);
      return createFetchSubgraph({
        instances: () => instances,
        isHealthy,
        isDisabled: standing ? ({ url }) => standing.isDisabled(url) : null,
        ask,
        readShape: createShapes(supergraph),
        split: createSplit(),
        onEvent,
      });
    },
    async close() {
      source?.close();
      await endpoints.close();
    },
  };
}

function warnOfNobody({ subgraphs }: Supergraph, instances: Instances, log: Log): void {
  for (const { name } of subgraphs)
    if ((instances.get(name)?.all.length ?? 0) === 0) log.warn({ subgraph: name }, 'nobody runs this subgraph');
}
