import type { SchemaFacts } from '../plan/plan.js';

/** Data of subgraphs while it is joined. Keys are response names of the plan, never of the client. */
export type Data = Record<string, unknown>;

/** What is needed of the whole supergraph (not only of what clients see) to read plans. */
export interface TypeTable {
  /** Whether an object of runtime type `typename` meets the condition `... on type`. */
  isOfType(typename: unknown, type: string): boolean;
  /** Interfaces that some subgraph answers with instead of the object's own type. */
  readonly interfaceObjects: ReadonlySet<string>;
  readonly keyFields: ReadonlyMap<string, readonly string[]>;
}

export function createTypeTable(facts: Pick<SchemaFacts, 'subtypes' | 'interfaceObjects' | 'keyFields'>): TypeTable {
  const below = new Map([...facts.subtypes].map(([type, names]) => [type, new Set(names)]));
  return {
    isOfType: (typename, type) => typename === type || (below.get(type)?.has(typename as string) ?? false),
    interfaceObjects: new Set(facts.interfaceObjects),
    keyFields: facts.keyFields,
  };
}

export const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null;

/**
 * Whether plain reading of this key could find something that `Object.prototype` has instead of data: fields may well
 * be named `constructor` or `toString`.
 */
export const isInherited = (key: string): boolean => key in Object.prototype;

/** The object's own value, whatever the key is called. */
export const read = (object: Data, key: string): unknown =>
  isInherited(key) && !Object.hasOwn(object, key) ? undefined : object[key];

/** `read` for a key that is known ahead. */
export const compileRead = (key: string): ((object: Data) => unknown) =>
  isInherited(key) ? (object) => read(object, key) : (object) => object[key];
