import type { ExecutionResult } from 'graphql';
import type { Run } from './faults.js';

/** One operation as a client sends it. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

/** Something that answers operations over a test supergraph. */
export interface Engine {
  readonly name: string;
  run(operation: Operation, run: Run): Promise<ExecutionResult>;
  close(): Promise<void>;
}
