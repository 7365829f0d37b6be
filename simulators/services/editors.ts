import type { Feed } from './feed.js';
import type { Competence, Service } from './model.js';
import { toArs } from './organisations.js';
import { idOfService, toService } from './stock.js';

/** What editors do between two looks of a reader; the routes of the control API. */
export interface Editors {
  /** `{ key, name?, aliases?, short?, office? }`: changes a service, or makes a new one for the office of that id. */
  publish(body: Record<string, unknown>): object;
  /** `{ key }`: erases a service and who is competent for it; `{ office }`: an office. */
  erase(body: Record<string, unknown>): object;
}

export function createEditors(feed: Feed, now: () => Date): Editors {
  return {
    publish(body) {
      const key = readKey(body);
      const known = feed.find(idOfService(key)) as Service | null;
      const before = known ?? toService({ ...EMPTY, key });
      const changed = { name: before.name, aliases: before.aliases, short: before.short, ...pick(body) };
      const index = feed.put({ ...before, ...changed, changedAt: now().toISOString() });
      if (typeof body.office === 'string') feed.put(toCompetence(before.id, body.office));
      return { key, index };
    },
    erase(body) {
      const id = typeof body.office === 'string' ? body.office : idOfService(readKey(body));
      if (!feed.erase(id)) throw new Error('there is no such object');
      const orphans = feed.list(
        (object) =>
          object.kind === 'zustaendigkeitTransferObjekt' && (object.serviceId === id || object.ownerId === id),
      );
      for (const orphan of orphans) feed.erase(orphan.id);
      return { erased: 1 + orphans.length };
    },
  };
}

const EMPTY = { name: '', aliases: [], short: '', documents: [], fees: [], law: [] };

function readKey({ key }: Record<string, unknown>): string {
  if (typeof key !== 'string' || !/^\d{14}$/.test(key)) throw new Error('key must have 14 digits');
  return key;
}

function pick({ name, aliases, short }: Record<string, unknown>): Partial<Service> {
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof short === 'string' && { short, full: short }),
    ...(Array.isArray(aliases) && { aliases: aliases.map(String) }),
  };
}

/** For the municipality or district that the office's id names. */
const toCompetence = (serviceId: string, officeId: string): Competence => ({
  kind: 'zustaendigkeitTransferObjekt',
  id: `Z.${serviceId}.${officeId}`,
  ownerId: officeId,
  ownerKind: 'organisationseinheit',
  serviceId,
  areas: [{ scheme: 'ars', value: toArea(/-(\d{2,8})/.exec(officeId)?.[1] ?? '') }],
});

const toArea = (place: string): string => (place.length === 8 ? toArs(place) : place);
