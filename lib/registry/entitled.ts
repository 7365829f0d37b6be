import type { Cooperation } from '../cooperation/model.js';
import type { RegistryEvent } from './event.js';
import { isSigned } from './keys.js';

/**
 * Whether whoever signed may do this under the agreement: a provider offers schemas of subgraphs it runs, for its own
 * instances, and takes its own instances out; everything else is the coordinator's.
 *
 * @returns What is wrong; `null`: nothing.
 */
export function findPresumption({ actor, body, sequence }: RegistryEvent, cooperation: Cooperation): string | null {
  const provider = actor === 'coordinator' ? null : actor.slice('provider:'.length);
  const owned = (subgraph: string) =>
    (cooperation.subgraphs.get(subgraph) ?? []).filter((instance) => instance.provider === provider);
  switch (body.type) {
    case 'proposed': {
      if (provider === null || provider !== body.provider)
        return `event ${sequence}: a proposal needs the provider's key`;
      const urls = owned(body.subgraph).map(({ url }) => url);
      if (urls.length === 0) return `event ${sequence}: ${provider} does not run ${body.subgraph}`;
      const foreign = body.instances?.find((url) => !urls.includes(url));
      return foreign === undefined ? null : `event ${sequence}: ${foreign} is not an instance of ${provider}`;
    }
    case 'disabled':
    case 'enabled': {
      const instances = [...cooperation.subgraphs.values()].flat();
      const isOwn = instances.some(({ url, provider: by }) => url === body.instance && by === provider);
      return provider === null || isOwn
        ? null
        : `event ${sequence}: ${body.instance} is not an instance of ${provider}`;
    }
    default:
      return provider === null ? null : `event ${sequence}: ${body.type} needs the coordinator's key`;
  }
}

/**
 * Checks a record against the agreement in force. Each event holds the hash of the one before, so the coordinator's
 * latest signature vouches for all that came before it, whatever keys were in use then; what follows it must stand by
 * itself.
 *
 * @returns What is wrong, one sentence each.
 */
export function findFalseEvents(events: readonly RegistryEvent[], cooperation: Cooperation): string[] {
  const latest = events.findLastIndex(({ actor }) => actor === 'coordinator');
  return events.slice(Math.max(latest, 0)).flatMap((event) => {
    if (!isSigned(event, cooperation))
      return [`event ${event.sequence}: the signature of ${event.actor} does not hold`];
    return findPresumption(event, cooperation) ?? [];
  });
}
