import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'graphql';
import { composeWithCacheHints } from './compose-services.js';
import { findUnmarked, type SubgraphSource } from './marks.js';

const ROOT = new URL(import.meta.url.includes('/dist/') ? '../../' : '../', import.meta.url);
const SUPERGRAPH = new URL('schema/supergraph.graphql', ROOT);

/**
 * Composes the subgraphs of this repository.
 *
 * @returns The supergraph SDL, byte-equal for equal input.
 * @throws Error as `composeSources`.
 */
export function compose(): string {
  const words = readFileSync(new URL('schema/directives.graphql', ROOT), 'utf8');
  return composeSources(
    subgraphNames().map((name) => ({
      name,
      typeDefs: parse(`${words}\n${readFileSync(new URL(`subgraphs/${name}/schema.graphql`, ROOT), 'utf8')}`),
    })),
  );
}

/**
 * @throws Error with every field that has neither a rule nor `@public`, or both; then with every composition error and
 * hint: a schema with a hint is not published either.
 */
export function composeSources(sources: readonly SubgraphSource[]): string {
  refuse(findUnmarked(sources).map(({ message }) => message));
  // Where a subgraph runs is the cooperation file's business; the schema names no host.
  const services = sources.map((source) => ({ ...source, url: `http://${source.name}.invalid/graphql` }));
  const { errors = [], hints = [], supergraphSdl } = composeWithCacheHints(services);
  refuse([...errors, ...hints].map((fault) => fault.message));
  if (!supergraphSdl) throw new Error('The schema does not compose.');
  return `# Composed by schema/compose.ts; never edited.\n${supergraphSdl}\n`;
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`The schema does not compose:\n${faults.join('\n')}`);
}

export const readSupergraph = (): string => readFileSync(SUPERGRAPH, 'utf8');

const subgraphNames = (): string[] =>
  readdirSync(new URL('subgraphs/', ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'example')
    .filter(({ name }) => existsSync(new URL(`subgraphs/${name}/schema.graphql`, ROOT)))
    .map((entry) => entry.name)
    .sort();

if (process.argv[1]?.endsWith('/schema/compose.js')) writeFileSync(SUPERGRAPH, compose());
