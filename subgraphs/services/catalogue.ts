import type { OfficeRecord } from './office-record.js';
import type { CompetenceRecord, LinkRecord, OnlineServiceRecord, ServiceRecord } from './record.js';
import type { Change } from './transfer-message.js';

/** All objects by their id, as the last message left them. Never changed: a change makes a new one. */
export interface Holdings {
  readonly services: ReadonlyMap<string, ServiceRecord>;
  readonly offices: ReadonlyMap<string, OfficeRecord>;
  readonly competences: ReadonlyMap<string, CompetenceRecord>;
  readonly online: ReadonlyMap<string, OnlineServiceRecord>;
}

/** Who is competent for what, and what is offered where. */
export interface Catalogue {
  /** By name as in a German dictionary, then by key. */
  readonly services: readonly ServiceRecord[];
  byKey(leikaKey: string): ServiceRecord | null;
  /** Offices competent for a service in a municipality: the nearest first, then by name. */
  competent(service: ServiceRecord, ags: string): readonly OfficeRecord[];
  /** The one office for an address; `null` where nobody is competent. */
  competentAt(service: ServiceRecord, address: { ags: string; postalCode: string | null }): OfficeRecord | null;
  /** Where the service can be applied for online; `null`: anywhere. */
  onlineLinks(service: ServiceRecord, ags: string | null): readonly LinkRecord[];
  /** Offices competent for anything in a municipality, by name; ask for municipalities one serves alone. */
  officesIn(ags: string): readonly OfficeRecord[];
  /**
   * By place in `services`: 1 where an office is competent in a municipality. Remembered, so ask for municipalities one
   * serves alone.
   */
  offeredIn(ags: string): Uint8Array;
}

export const NO_HOLDINGS: Holdings = {
  services: new Map(),
  offices: new Map(),
  competences: new Map(),
  online: new Map(),
};

export function applyChanges(holdings: Holdings, changes: readonly Change[]): Holdings {
  const after = {
    services: new Map(holdings.services),
    offices: new Map(holdings.offices),
    competences: new Map(holdings.competences),
    online: new Map(holdings.online),
  };
  for (const change of changes) {
    if (change.kind === 'service') put(after.services, change.id, change.record);
    else if (change.kind === 'office') put(after.offices, change.id, change.record);
    else if (change.kind === 'competence') put(after.competences, change.id, change.record);
    else put(after.online, change.id, change.record);
  }
  return after;
}

export function openCatalogue(holdings: Holdings): Catalogue {
  const { compare } = new Intl.Collator('de');
  const services = [...new Map([...holdings.services.values()].map((one) => [one.leikaKey, one])).values()].sort(
    (a, b) => compare(a.name, b.name) || (a.leikaKey < b.leikaKey ? -1 : 1),
  );
  const byKey = new Map(services.map((service) => [service.leikaKey, service]));
  const byService = groupBy([...holdings.competences.values()], ({ serviceId }) => serviceId);
  const byName = (a: OfficeRecord, b: OfficeRecord) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1);

  const candidates = (service: ServiceRecord, ags: string): Candidate[] =>
    (byService.get(service.id) ?? [])
      .flatMap((competence): Candidate[] => {
        const office = holdings.offices.get(competence.ownerId);
        const nearness = nearnessOf(competence, ags);
        return office && nearness > 0 ? [{ office, nearness, postalCodes: competence.postalCodes }] : [];
      })
      .sort((a, b) => b.nearness - a.nearness || byName(a.office, b.office));

  const reaches = new Map<string, Reach>();
  const reach = (ags: string): Reach => {
    const found = reaches.get(ags) ?? reachOf({ holdings, services }, ags, byName);
    reaches.set(ags, found);
    return found;
  };

  return {
    services,
    byKey: (leikaKey) => byKey.get(leikaKey) ?? null,
    competent: (service, ags) => [...new Set(candidates(service, ags).map(({ office }) => office))],
    competentAt(service, { ags, postalCode }) {
      const all = candidates(service, ags);
      const local = all.find(({ postalCodes }) => postalCode !== null && postalCodes.includes(postalCode));
      return (local ?? all.find(({ postalCodes }) => postalCodes.length === 0))?.office ?? null;
    },
    onlineLinks: (service, ags) =>
      (byService.get(service.id) ?? [])
        .filter((competence) => ags === null || nearnessOf(competence, ags) > 0)
        .flatMap(({ ownerId }) => holdings.online.get(ownerId)?.links ?? []),
    officesIn: (ags) => reach(ags).offices,
    offeredIn: (ags) => reach(ags).offered,
  };
}

interface Candidate {
  readonly office: OfficeRecord;
  readonly nearness: number;
  readonly postalCodes: readonly string[];
}

/** How many digits of the municipality's key the nearest area has: 8 the municipality, 5 its district; 0 none. */
function nearnessOf({ areas }: CompetenceRecord, ags: string): number {
  let nearness = 0;
  for (const area of areas) if (area.length > nearness && ags.startsWith(area)) nearness = area.length;
  return nearness;
}

/** What competences say of one municipality. */
interface Reach {
  readonly offered: Uint8Array;
  readonly offices: readonly OfficeRecord[];
}

function reachOf(
  { holdings, services }: { holdings: Holdings; services: readonly ServiceRecord[] },
  ags: string,
  order: (a: OfficeRecord, b: OfficeRecord) => number,
): Reach {
  const ids = new Set<string>();
  const offices = new Set<OfficeRecord>();
  for (const competence of holdings.competences.values()) {
    const office = holdings.offices.get(competence.ownerId);
    if (office === undefined || nearnessOf(competence, ags) === 0) continue;
    ids.add(competence.serviceId);
    offices.add(office);
  }
  return { offered: Uint8Array.from(services, ({ id }) => (ids.has(id) ? 1 : 0)), offices: [...offices].sort(order) };
}

function put<Stored>(map: Map<string, Stored>, id: string, record: Stored | null): void {
  if (record === null) map.delete(id);
  else map.set(id, record);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
