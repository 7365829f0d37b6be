import type { KeyObject } from 'node:crypto';
import type { Cooperation } from '../cooperation/model.js';
import { findFalseEvents, findPresumption } from './entitled.js';
import type { Actor, EventBody, RegistryEvent } from './event.js';
import { createFolderStore } from './folder-store.js';
import { signEvent } from './keys.js';
import { createPostgresStore } from './postgres-store.js';
import { advance, EMPTY_REGISTRY, type RegistryState } from './state.js';
import type { RegistryStore } from './store.js';

/** A registry without a cloud: what runs, since when, and who decided it. The agreement says who may. */
export interface Registry {
  readonly store: RegistryStore;
  /**
   * Reads what is new.
   *
   * @throws RegistryError where the record is broken or an event is false: then what was known before stays.
   */
  refresh(): Promise<RegistryState>;
  /**
   * @returns The state after the event.
   * @throws RegistryError where the actor may not do this, RegistryConflict where somebody else was first.
   */
  append(body: EventBody, signer: Signer): Promise<RegistryState>;
  close(): Promise<void>;
}

export interface Signer {
  readonly actor: Actor;
  readonly key: KeyObject;
}

/** What a registry refuses, in words for whoever runs it. */
export class RegistryError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The registry refuses:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'RegistryError';
    this.problems = problems;
  }
}

/** @param where `postgres://…`, or the path of a folder, which is made where it is not there. */
export const openStore = (where: string): Promise<RegistryStore> =>
  /^postgres(ql)?:\/\//.test(where) ? createPostgresStore(where) : createFolderStore(where);

/** @param cooperation The agreement in force, asked each time. */
export function createRegistry(store: RegistryStore, cooperation: () => Cooperation): Registry {
  let state = EMPTY_REGISTRY;
  const events: RegistryEvent[] = [];
  const refresh = async (): Promise<RegistryState> => {
    const known = state.sequence;
    const fresh = await store.readEvents(known);
    if (fresh.length === 0 || state.sequence !== known) return state;
    const all = [...events, ...fresh];
    const problems = findFalseEvents(all, cooperation());
    if (problems.length > 0) throw new RegistryError(problems);
    state = advanceOrRefuse(state, fresh);
    events.push(...fresh);
    return state;
  };
  return {
    store,
    refresh,
    async append(body, { actor, key }) {
      const { sequence, hash } = await refresh();
      const unsigned = { sequence: sequence + 1, previous: hash, at: new Date().toISOString(), actor, body };
      const event = signEvent(unsigned, key);
      const presumption = findPresumption(event, cooperation());
      if (presumption !== null) throw new RegistryError([presumption]);
      await store.appendEvent(event);
      return refresh();
    },
    close: () => store.close(),
  };
}

function advanceOrRefuse(state: RegistryState, events: readonly RegistryEvent[]): RegistryState {
  try {
    return advance(state, events);
  } catch (error) {
    throw new RegistryError([(error as Error).message]);
  }
}
