import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ROOT } from '../../scripts/root.js';

/** One import line of a source file. Paths are from the root of the project, with `/`. */
export interface Import {
  readonly file: string;
  /** A file of ours, or the name of a package (`node:` for what the platform brings). */
  readonly target: string;
  readonly isOwn: boolean;
  /** Gone when the program runs. */
  readonly isType: boolean;
}

/** Folders with source of ours; what is not there yet has no files. */
const ROOMS = ['lib', 'gateway', 'subgraphs', 'simulators', 'schema', 'scripts', 'bench', 'cli', 'portal', 'test'];

/** All source files, by path from the root. */
export function sourceFiles(): readonly string[] {
  return ROOMS.flatMap((room) => {
    const entries = readdirSync(ROOT, { withFileTypes: true }).some(({ name }) => name === room)
      ? readdirSync(join(ROOT, room), { withFileTypes: true, recursive: true })
      : [];
    return entries
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => posix.relative(ROOT, posix.join(entry.parentPath, entry.name)))
      .filter((path) => !/(^|\/)(node_modules|dist|static)\//.test(path));
  });
}

export const readSource = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** @param text Source of `file`. @returns Its imports, re-exports and `import()` of constant names. */
export function readImports(file: string, text: string): readonly Import[] {
  const statements = text.matchAll(/^(?:import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm);
  const others = text.matchAll(/^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm);
  return [
    ...[...statements].map(([, clause = '', name = '']) => toImport(file, name, isTypeClause(clause))),
    ...[...others].map(([, plain, dynamic]) => toImport(file, plain ?? dynamic ?? '', false)),
  ];
}

function toImport(file: string, name: string, isType: boolean): Import {
  if (name.startsWith('.')) {
    const target = posix.join(posix.dirname(file), name).replace(/\.js$/, '.ts');
    return { file, target, isOwn: true, isType };
  }
  const [scope = '', inScope = ''] = name.split('/');
  const target = name.startsWith('node:') ? 'node:' : scope.startsWith('@') ? `${scope}/${inScope}` : scope;
  return { file, target, isOwn: false, isType };
}

/** `import type …`, or braces in which each name says `type`. */
function isTypeClause(clause: string): boolean {
  const text = clause.trim();
  if (/^type\b/.test(text)) return true;
  const names = /^\{([^}]*)\}$/
    .exec(text)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return names?.every((name) => name === '' || name.startsWith('type ')) ?? false;
}
