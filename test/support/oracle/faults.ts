import type { Item } from './items.js';
import { happens } from './random.js';

export const FAULT_KINDS = ['none', 'field', 'machinery', 'down', 'missing'] as const;
/**
 * `field`: a resolver throws; `machinery`: the same for fields that keys, `@requires` and the like read; `down`: a
 * subgraph does not answer; `missing`: a subgraph does not know an entity.
 */
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What fails while one operation runs. It depends on what is asked for and never on how often or in which order, so
 * that two engines with different plans meet the same faults.
 */
export interface Faults {
  failsField(item: Item, fieldName: string, isMachinery: boolean): boolean;
  isDown(subgraph: string, isEntityFetch: boolean): boolean;
  isMissing(subgraph: string, item: Item): boolean;
}

const never = () => false;
export const NO_FAULTS: Faults = { failsField: never, isDown: never, isMissing: never };

/** @param rate How often a field, a subgraph or an entity fails, 0 to 1. */
export function createFaults(kind: FaultKind, seed: string, rate: number): Faults {
  if (kind === 'field' || kind === 'machinery') {
    const fails = (item: Item, fieldName: string) => happens(`${seed} ${item.id}.${fieldName}`, rate);
    const isMeant = (isMachinery: boolean) => isMachinery === (kind === 'machinery');
    return { ...NO_FAULTS, failsField: (item, name, isMachinery) => isMeant(isMachinery) && fails(item, name) };
  }
  if (kind === 'down')
    return { ...NO_FAULTS, isDown: (subgraph, isEntityFetch) => happens(`${seed} ${subgraph} ${isEntityFetch}`, rate) };
  if (kind === 'missing')
    return { ...NO_FAULTS, isMissing: (subgraph, item) => happens(`${seed} ${subgraph} ${item.id}`, rate) };
  return NO_FAULTS;
}

/** What one run of one operation sees and leaves behind. */
export interface Run {
  readonly faults: Faults;
  /** Requests that subgraphs got, in order. */
  readonly calls: Call[];
  /** Mutation fields run so far: their values tell their turn. */
  turns: number;
}

export interface Call {
  readonly subgraph: string;
  readonly operation: string;
  /** Representations of an `_entities` fetch; `null` for others. */
  readonly entities: number | null;
}

export const createRun = (faults: Faults): Run => ({ faults, calls: [], turns: 0 });
