import {
  baseType,
  type CompositeType,
  federationMetadata,
  isCompositeType,
  type Subgraph,
  type Supergraph,
} from '@apollo/federation-internals';
import { Kind, type SelectionSetNode } from 'graphql';
import type { RequirementFacts } from './misplaced.js';
import type { PreparedSupergraph } from './prepare-supergraph.js';
import { argumentOf, isComposite, parseFieldSet, requirementKey } from './required-arguments.js';

/** @param supergraph Built from `prepared`. */
export function readRequirementFacts(supergraph: Supergraph, prepared: PreparedSupergraph): RequirementFacts {
  const graphOf = (subgraph: string): string => prepared.graphs.get(subgraph) ?? subgraph;
  const provided = namesProvided(prepared);
  const keys = keysOf(prepared);
  const find = (subgraph: string): Subgraph | undefined => supergraph.subgraphs().get(subgraph);
  const typeOf = (subgraph: string, name: string): CompositeType | undefined => {
    const type = find(subgraph)?.schema.type(name);
    return type && isCompositeType(type) ? type : undefined;
  };
  /** External, and in no place brought along by `@provides`. */
  const isElsewhere = (subgraph: string, type: string, name: string): boolean => {
    const schema = find(subgraph)?.schema;
    const field = typeOf(subgraph, type)?.field(name);
    const isExternal = schema && field && federationMetadata(schema)?.isFieldExternal(field);
    return isExternal === true && !provided.get(graphOf(subgraph))?.has(name);
  };
  return {
    requirement: (subgraph, type, field) => {
      const original = prepared.standIns.get(field)?.field.name.value ?? field;
      const set = prepared.requirements.get(requirementKey(graphOf(subgraph), type, original));
      return set && namesIn(set).some((name) => isElsewhere(subgraph, type, name)) ? set : undefined;
    },
    fieldType: (subgraph, type, field) => {
      const found = typeOf(subgraph, type)?.field(field)?.type;
      return found && baseType(found).name;
    },
    rootType: (subgraph) => find(subgraph)?.schema.schemaDefinition.rootType('query')?.name ?? 'Query',
    key: (subgraph, type) =>
      keys
        .get(`${graphOf(subgraph)} ${type}`)
        ?.find((key) => !namesIn(key).some((name) => isElsewhere(subgraph, type, name))),
  };
}

const namesIn = (set: SelectionSetNode): string[] =>
  set.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));

/** Resolvable keys by graph and type. */
function keysOf({ document }: PreparedSupergraph): ReadonlyMap<string, readonly SelectionSetNode[]> {
  const keys = new Map<string, SelectionSetNode[]>();
  for (const type of document.definitions.filter(isComposite))
    for (const directive of type.directives ?? []) {
      const [graph, key] = [argumentOf(directive, 'graph'), argumentOf(directive, 'key')];
      const resolvable = argumentOf(directive, 'resolvable');
      if (directive.name.value !== 'join__type' || graph?.kind !== Kind.ENUM || key?.kind !== Kind.STRING) continue;
      if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) continue;
      const at = `${graph.value} ${type.name.value}`;
      keys.set(at, [...(keys.get(at) ?? []), parseFieldSet(key.value)]);
    }
  return keys;
}

/** Every field name that a `@provides` of a graph mentions. */
function namesProvided({ document }: PreparedSupergraph): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const type of document.definitions.filter(isComposite))
    for (const directive of (type.fields ?? []).flatMap((field) => field.directives ?? [])) {
      const [graph, provides] = [argumentOf(directive, 'graph'), argumentOf(directive, 'provides')];
      if (directive.name.value !== 'join__field' || graph?.kind !== Kind.ENUM || provides?.kind !== Kind.STRING)
        continue;
      const known = names.get(graph.value) ?? new Set();
      for (const word of provides.value.match(/\w+/g) ?? []) known.add(word);
      names.set(graph.value, known);
    }
  return names;
}
