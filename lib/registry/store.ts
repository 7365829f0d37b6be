import type { RegistryEvent } from './event.js';

/** Where a registry keeps its record and its texts; several processes may use one at the same time. */
export interface RegistryStore {
  /** @returns The events after the `after`th, in their order; none where nothing new has happened. */
  readEvents(after: number): Promise<RegistryEvent[]>;
  /** @throws RegistryConflict where another event has taken its place; nothing is kept then. */
  appendEvent(event: RegistryEvent): Promise<void>;
  /** @param hash SHA-256 of the text, hexadecimal. @returns `null` where it is not kept, or does not fit its hash. */
  readText(hash: string): Promise<string | null>;
  /** @returns Its hash; a text that is kept already is kept once. */
  writeText(text: string): Promise<string>;
  /** Replaces what one writer has counted on one day (YYYY-MM-DD). */
  writeUsage(day: string, writer: string, usage: Usage): Promise<void>;
  /** @returns What all writers have counted since the day, the day included. */
  readUsage(since: string): Promise<Usage>;
  close(): Promise<void>;
}

/** Operations that were really sent, by the hash of their text; no variables, no values, nobody's name. */
export type Usage = Readonly<Record<string, UsedOperation>>;

export interface UsedOperation {
  /** The document with its literals taken out. */
  readonly text: string;
  readonly operationName: string | null;
  /** How often, by the name the client gives itself; `-` where it gives none. */
  readonly clients: Readonly<Record<string, number>>;
}

/** Somebody else has changed the registry in the meantime. */
export class RegistryConflict extends Error {
  constructor() {
    super('The registry has changed in the meantime; look at it and try again.');
    this.name = 'RegistryConflict';
  }
}

/** Adds up what several writers or days have counted. */
export function addUsage(usages: readonly Usage[]): Usage {
  const total: Record<string, UsedOperation> = {};
  for (const usage of usages)
    for (const [hash, { clients, ...operation }] of Object.entries(usage)) {
      const sum: Record<string, number> = { ...total[hash]?.clients };
      for (const [client, count] of Object.entries(clients)) sum[client] = (sum[client] ?? 0) + count;
      total[hash] = { ...operation, clients: sum };
    }
  return total;
}
