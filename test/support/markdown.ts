import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/root.js';

export interface MarkdownTable {
  /** The heading above it. */
  readonly title: string;
  /** Cells without the head. */
  readonly rows: readonly (readonly string[])[];
}

export const readDocument = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The tables of a document, in their order. */
export function readTables(path: string): MarkdownTable[] {
  const tables: { title: string; rows: string[][] }[] = [];
  let title = '';
  let isInTable = false;
  for (const line of readDocument(path).split('\n')) {
    if (line.startsWith('#')) title = line.replace(/^#+ /, '');
    if (line.startsWith('|') && !isInTable) tables.push({ title, rows: [] });
    isInTable = line.startsWith('|');
    if (isInTable) tables.at(-1)?.rows.push(readCells(line));
  }
  return tables.map((table) => ({ ...table, rows: table.rows.slice(2) }));
}

/** A vertical bar inside a cell is written `\|`. */
const readCells = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
