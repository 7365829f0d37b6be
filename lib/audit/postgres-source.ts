import { digestOf, readLine } from './line.js';
import type { LineSource } from './source.js';

/** One reading statement with a name under which it may be kept prepared. */
export interface Reading {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | number | readonly string[])[];
}

/** @returns The rows, text by column name. @throws What the connection says. */
export type ReadRows = (reading: Reading) => Promise<readonly Readonly<Record<string, string | null>>[]>;

/** A line may have many accesses, and each page of a person begins with one statement. */
const PAGE = 32;
const REGISTERS = 'SELECT name FROM audit_register';
const FIND = `SELECT line FROM audit_export WHERE sequence IN (
    SELECT DISTINCT sequence FROM audit_index WHERE person = ANY($1) AND sequence < $2 ORDER BY sequence DESC LIMIT ${PAGE}
  ) ORDER BY sequence DESC`;

/**
 * Finds lines in the database of several replicas, newest first.
 *
 * @param read Over whatever connection the caller has; it needs SELECT on audit_export, audit_index and audit_register.
 */
export function createPostgresSource(read: ReadRows): LineSource {
  return {
    async *find(indexesOf, before) {
      const registers = await read({ name: 'audit registers', text: REGISTERS, values: [] });
      const people = registers.flatMap(({ name }) => (typeof name === 'string' ? [...indexesOf(name)] : []));
      let end = before ?? Number.MAX_SAFE_INTEGER;
      for (;;) {
        const rows = await read({ name: 'audit lines', text: FIND, values: [people, end] });
        for (const { line: text } of rows) {
          const line = typeof text === 'string' ? readLine(text) : null;
          if (line === null) continue;
          end = line.sequence;
          if (line.payload !== null && digestOf(line.payload) === line.digest) yield line;
        }
        if (rows.length < PAGE) return;
      }
    },
  };
}
