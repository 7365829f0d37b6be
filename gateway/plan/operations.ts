import { LRUCache } from 'lru-cache';
import type { Denial } from '../authorize/decision.js';
import type { CompiledOperation } from '../execute/operation.js';

/** What an operation is compiled from, over one schema. */
export interface OperationKey {
  readonly text: string;
  readonly operationName: string | undefined;
  /** What else the plan depends on, the fields a caller may not see; the same text for the same decisions. */
  readonly variant: string;
  /** Those fields, by coordinate; absent: none. `variant` stands for them. */
  readonly denied?: ReadonlyMap<string, Denial>;
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
  /** The operation of that text and name in any variant, the latest that was asked for; with its variant. */
  find(key: Omit<OperationKey, 'variant' | 'denied'>): OperationEntry | null;
  /**
   * @param compile Is told how to find out whether anybody still waits for it.
   * @param signal Ends when who asks has left.
   * @throws What `compile` throws.
   */
  getOrCompile(key: OperationKey, compile: Compile, signal?: AbortSignal): Promise<CompiledOperation>;
  set(key: OperationKey, compiled: Compiled): void;
  /** Those in use, the latest first. */
  entries(): OperationEntry[];
}

export type Compile = (isWanted: () => boolean) => Promise<Compiled>;

interface Flight {
  readonly operation: Promise<CompiledOperation>;
  /** Of everybody who waits; `undefined` of who waits in any case. */
  readonly signals: (AbortSignal | undefined)[];
}

export interface OperationEntry extends Compiled {
  readonly key: OperationKey;
}

/** @param maxBytes Of compiled operations, about. */
export function createOperations(maxBytes: number): Operations {
  /** Key of the latest variant by what all variants have in common. */
  const latest = new Map<string, string>();
  const entries = new LRUCache<string, OperationEntry>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes,
    dispose: ({ key }, text) => {
      const common = commonTextOf(key);
      if (latest.get(common) === text) latest.delete(common);
    },
  });
  const flights = new Map<string, Flight>();
  const set = (key: OperationKey, compiled: Compiled): void => {
    const text = textOf(key);
    entries.set(text, { ...compiled, key });
    // What is too large for it is not kept.
    if (entries.has(text)) latest.set(commonTextOf(key), text);
  };
  const compileOnce = async (key: OperationKey, compile: Compile, signals: Flight['signals']) => {
    try {
      const compiled = await compile(() => signals.some((signal) => !signal?.aborted));
      set(key, compiled);
      return compiled.operation;
    } finally {
      flights.delete(textOf(key));
    }
  };
  return {
    get: (key) => {
      const text = textOf(key);
      const known = entries.get(text);
      if (known) latest.set(commonTextOf(key), text);
      return known?.operation ?? null;
    },
    find: (key) => entries.get(latest.get(commonTextOf(key)) ?? '') ?? null,
    getOrCompile: async (key, compile, signal) => {
      const text = textOf(key);
      const known = entries.get(text);
      if (known) return known.operation;
      const boarding = flights.get(text);
      if (boarding) {
        boarding.signals.push(signal);
        return boarding.operation;
      }
      const signals = [signal];
      const operation = compileOnce(key, compile, signals);
      flights.set(text, { operation, signals });
      return operation;
    },
    set,
    entries: () => [...entries.values()],
  };
}

const textOf = (key: OperationKey): string => `${JSON.stringify(key.variant)}${commonTextOf(key)}`;

// No part can look like the end of another, and no name like the beginning of a list.
const commonTextOf = ({ text, operationName, overrides }: Omit<OperationKey, 'variant' | 'denied'>): string =>
  overrides.length === 0 && (operationName === undefined || NAME.test(operationName))
    ? `${operationName ?? ''}\n${text}`
    : `${JSON.stringify([operationName ?? null, overrides])}${text}`;

const NAME = /^\w+$/;
