import { randomUUID } from 'node:crypto';
import type { CatalogueObject } from './model.js';
import { type Entry, writeMessage } from './write-message.js';

/**
 * The stock as a list of changes: each object stands there once, at the number of its last change; what was erased
 * leaves its erasure. Who reads from 0 gets everything, who goes on from where they were gets what has changed since.
 */
export interface Feed {
  put(object: CatalogueObject): number;
  /** @returns Whether there was such an object. */
  erase(id: string): boolean;
  find(id: string): CatalogueObject | null;
  /** Every object that satisfies `wanted`. */
  list(wanted: (object: CatalogueObject) => boolean): CatalogueObject[];
  /** @param from Number of the first change wanted. @returns `null` where no such change can have been asked for. */
  page(from: number, count: number): Page | null;
  /** Changes whenever anything does. */
  version(): string;
}

export interface Page {
  readonly bestandId: string;
  readonly anzahlObjekte: number;
  readonly naechsterIndex: number;
  readonly vollstaendig: boolean;
  readonly xzufiObjekte: string;
}

export function createFeed(stock: readonly CatalogueObject[], now: () => Date): Feed {
  const stockId = randomUUID();
  const changes = new Map<string, { readonly number: number; readonly entry: Entry }>();
  let last = 0;
  const record = (id: string, entry: Entry) => {
    last += 1;
    changes.delete(id); // so that it stands at the end again
    changes.set(id, { number: last, entry });
    return last;
  };
  for (const object of stock) record(object.id, { write: object });
  const objectOf = (entry: Entry | undefined) => (entry && 'write' in entry ? entry.write : null);
  return {
    put: (object) => record(object.id, { write: object }),
    erase(id) {
      const object = objectOf(changes.get(id)?.entry);
      if (object === null) return false;
      record(id, { erase: { kind: object.kind, id } });
      return true;
    },
    find: (id) => objectOf(changes.get(id)?.entry),
    list: (wanted) => [...changes.values()].flatMap(({ entry }) => objectOf(entry) ?? []).filter(wanted),
    page(from, count) {
      if (from > last + 1) return null;
      const due = [...changes.values()].filter(({ number }) => number >= from);
      const some = due.slice(0, count);
      return {
        bestandId: stockId,
        anzahlObjekte: some.length,
        naechsterIndex: (some.at(-1)?.number ?? Math.max(from, 1) - 1) + 1,
        vollstaendig: some.length === due.length,
        xzufiObjekte: writeMessage(
          some.map(({ entry }) => entry),
          now().toISOString(),
        ),
      };
    },
    version: () => `${stockId}-${last}`,
  };
}
