import { LRUCache } from 'lru-cache';
import type { CompiledOperation } from '../execute/operation.js';

/** What an operation is compiled from, over one schema. */
export interface OperationKey {
  readonly text: string;
  readonly operationName: string | undefined;
  /** What else the plan depends on: the fields a caller may not see, say; the same text for the same decisions. */
  readonly variant: string;
  /** Labels of `@override(label:)` that count. */
  readonly overrides: readonly string[];
}

export interface Compiled {
  readonly operation: CompiledOperation;
  readonly bytes: number;
}

/** Compiled operations of one schema: bounded by bytes, each compiled once however many ask at the same time. */
export interface Operations {
  get(key: OperationKey): CompiledOperation | null;
  /** @throws What `compile` throws. */
  getOrCompile(key: OperationKey, compile: () => Promise<Compiled>): Promise<CompiledOperation>;
  set(key: OperationKey, compiled: Compiled): void;
  /** Those in use, the latest first. */
  entries(): OperationEntry[];
}

export interface OperationEntry extends Compiled {
  readonly key: OperationKey;
}

/** @param maxBytes Of compiled operations, about. */
export function createOperations(maxBytes: number): Operations {
  const entries = new LRUCache<string, OperationEntry>({ maxSize: maxBytes, sizeCalculation: ({ bytes }) => bytes });
  const flights = new Map<string, Promise<CompiledOperation>>();
  const set = (key: OperationKey, compiled: Compiled): void => {
    entries.set(textOf(key), { ...compiled, key });
  };
  const compileOnce = async (key: OperationKey, compile: () => Promise<Compiled>): Promise<CompiledOperation> => {
    try {
      const compiled = await compile();
      set(key, compiled);
      return compiled.operation;
    } finally {
      flights.delete(textOf(key));
    }
  };
  return {
    get: (key) => entries.get(textOf(key))?.operation ?? null,
    getOrCompile: async (key, compile) => {
      const text = textOf(key);
      const known = entries.get(text);
      if (known) return known.operation;
      const flight = flights.get(text) ?? compileOnce(key, compile);
      flights.set(text, flight);
      return flight;
    },
    set,
    entries: () => [...entries.values()],
  };
}

const textOf = ({ text, operationName, variant, overrides }: OperationKey): string =>
  // No part can look like the end of another.
  `${JSON.stringify([operationName ?? null, variant, overrides])}${text}`;
