import { type DocumentNode, Kind } from 'graphql';
import { argumentsOf, fieldsOf, nameOf } from '../supergraph.js';

/** Field sets of `@requires`, by subgraph and coordinate as `requirementAt` writes them. */
export type Requirements = ReadonlyMap<string, string>;

export const requirementAt = (subgraph: string, coordinate: string): string => `${subgraph} ${coordinate}`;

/** What fields of a supergraph need of other subgraphs before they can be asked for. */
export function readRequirements(document: DocumentNode): Requirements {
  const join = (directive: string) => nameOf(document, { url: 'https://specs.apollo.dev/join/', directive });
  const graphs = readGraphs(document, join('graph'));
  const fieldDirective = join('field');
  const requirements = new Map<string, string>();
  for (const { coordinate, field } of fieldsOf(document))
    for (const directive of field.directives ?? []) {
      if (directive.name.value !== fieldDirective) continue;
      const { graph, requires } = argumentsOf(directive);
      const subgraph = graphs.get(String(graph));
      if (subgraph !== undefined && typeof requires === 'string')
        requirements.set(requirementAt(subgraph, coordinate), requires);
    }
  return requirements;
}

/** Names of the subgraphs by their values in the supergraph's enum. */
function readGraphs(document: DocumentNode, directive: string | null): ReadonlyMap<string, string> {
  const graphs = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    for (const { name, directives = [] } of definition.values ?? [])
      for (const applied of directives.filter((each) => each.name.value === directive))
        graphs.set(name.value, String(argumentsOf(applied).name));
  }
  return graphs;
}
