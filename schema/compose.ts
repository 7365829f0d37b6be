import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

const ROOT = new URL(import.meta.url.includes('/dist/') ? '../../' : '../', import.meta.url);
const SUPERGRAPH = new URL('schema/supergraph.graphql', ROOT);

/**
 * Composes the subgraphs of this repository.
 *
 * @returns The supergraph SDL, byte-equal for equal input.
 * @throws Error with every composition error and hint: a schema with a hint is not published either.
 */
export function compose(): string {
  const words = readFileSync(new URL('schema/directives.graphql', ROOT), 'utf8');
  const services = subgraphNames().map((name) => ({
    name,
    // Where a subgraph runs is the cooperation file's business; the schema names no host.
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(`${words}\n${readFileSync(new URL(`subgraphs/${name}/schema.graphql`, ROOT), 'utf8')}`),
  }));
  const result = composeServices(services);
  const faults = [...(result.errors ?? []), ...(result.hints ?? [])].map((fault) => fault.message);
  if (faults.length > 0 || !result.supergraphSdl) throw new Error(`The schema does not compose:\n${faults.join('\n')}`);
  return `# Composed by schema/compose.ts; never edited.\n${result.supergraphSdl}\n`;
}

export const readSupergraph = (): string => readFileSync(SUPERGRAPH, 'utf8');

const subgraphNames = (): string[] =>
  readdirSync(new URL('subgraphs/', ROOT), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'example')
    .map((entry) => entry.name)
    .sort();

if (process.argv[1]?.endsWith('/schema/compose.js')) writeFileSync(SUPERGRAPH, compose());
