import type { RequestContext } from '../../lib/subgraph/context.js';
import type { ServicesConnector, Snapshot } from './connector.js';
import type { OfficeRecord } from './office-record.js';
import type { LinkRecord, ServiceRecord } from './record.js';
import { listServices, type ServiceList, type ServicePage } from './service-list.js';

export type Context = RequestContext<Loaders>;

/** Municipalities are those that this instance serves: `resolvers.ts` has asked. */
export interface Loaders {
  list(wanted: ServiceList): ServicePage;
  byKey(leikaKey: string): ServiceRecord | null;
  competent(service: ServiceRecord, ags: string): readonly OfficeRecord[];
  competentAt(service: ServiceRecord, address: { ags: string; postalCode: string | null }): OfficeRecord | null;
  onlineLinks(service: ServiceRecord, ags: string | null): readonly LinkRecord[];
  officesIn(ags: string): readonly OfficeRecord[];
}

/** Per request: all of it reads one catalogue, the one in force when it first asks. Nothing waits: it is in memory. */
export function createLoaders(connector: ServicesConnector): Loaders {
  let taken: Snapshot | null = null;
  const snapshot = () => {
    taken ??= connector.current();
    return taken;
  };
  return {
    list: (wanted) => listServices(snapshot(), wanted),
    byKey: (leikaKey) => snapshot().catalogue.byKey(leikaKey),
    competent: (service, ags) => snapshot().catalogue.competent(service, ags),
    competentAt: (service, address) => snapshot().catalogue.competentAt(service, address),
    onlineLinks: (service, ags) => snapshot().catalogue.onlineLinks(service, ags),
    officesIn: (ags) => snapshot().catalogue.officesIn(ags),
  };
}
