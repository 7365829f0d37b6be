import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { FetchNode, PlanNode, Required } from './plan.js';
import type { PreparedSupergraph } from './prepare-supergraph.js';
import { requirementKey, type StandIn } from './required-arguments.js';

/** Puts real fields and arguments back for the stand-ins of `required-arguments.ts`. */
export function restoreFetch(fetch: FetchNode, supergraph: PreparedSupergraph): PlanNode {
  const { standIns } = supergraph;
  if (standIns.size === 0) return fetch;
  const requires = fetch.requires?.map((required) => restoreRequired(required, standIns)) ?? null;
  const document = restoreDocument(parse(fetch.operation, { noLocation: true }), standIns);
  const restored: FetchNode = { ...fetch, requires, operation: document ? compact(document) : fetch.operation };
  return requires && hasConflict(requires) ? separate(restored, requires, supergraph) : restored;
}

function restoreRequired(required: Required, standIns: ReadonlyMap<string, StandIn>): Required {
  if (required.kind === 'Fragment')
    return { ...required, selections: required.selections.map((inner) => restoreRequired(inner, standIns)) };
  const selections = required.selections?.map((inner) => restoreRequired(inner, standIns)) ?? null;
  const standIn = standIns.get(required.name);
  return { ...required, selections, name: standIn?.field.name.value ?? required.name };
}

/** @returns `null` where the document has no stand-in. */
function restoreDocument(document: DocumentNode, standIns: ReadonlyMap<string, StandIn>): DocumentNode | null {
  let found = false;
  const restored = visit(document, {
    Field: (field) => {
      const standIn = standIns.get(field.name.value);
      if (!standIn) return undefined;
      found = true;
      return { ...standIn.field, ...withoutName(field), alias: field.alias ?? field.name };
    },
  });
  return found ? restored : null;
}

const withoutName = ({ name: _, arguments: __, ...rest }: FieldNode): Partial<FieldNode> => rest;

const compact = (document: DocumentNode): string => stripIgnoredCharacters(print(document));

/** One representation cannot hold `price` twice: fields that need different ones are asked for apart. */
function separate(fetch: FetchNode, requires: readonly Required[], supergraph: PreparedSupergraph): PlanNode {
  const document = parse(fetch.operation, { noLocation: true });
  const graph = supergraph.graphs.get(fetch.subgraph) ?? fetch.subgraph;
  const needsOf = (type: string, field: string) =>
    choicesIn(supergraph.requirements.get(requirementKey(graph, type, field)), supergraph.standIns, '');
  const parts: Map<string, string>[] = [];
  const partOf = (type: string, field: FieldNode): number => {
    const needs = needsOf(type, field.name.value);
    let index = parts.findIndex((part) => needs.every(([at, choice]) => (part.get(at) ?? choice) === choice));
    if (index < 0) index = parts.push(new Map()) - 1;
    for (const [at, choice] of needs) parts[index]?.set(at, choice);
    return index;
  };
  const placed = placeFields(document, partOf);
  const nodes = parts.map((part, index): FetchNode => {
    const kept = keepPart(document, placed, index);
    const used = variablesIn(kept);
    return {
      ...fetch,
      operation: compact(withVariables(kept, used)),
      variables: fetch.variables.filter(({ name }) => used.has(name)),
      requires: choose(requires, part, ''),
    };
  });
  return { kind: 'Parallel', nodes };
}

/** Which part each top field of the entities goes into. */
function placeFields(
  document: DocumentNode,
  partOf: (type: string, field: FieldNode) => number,
): ReadonlyMap<FieldNode, number> {
  const placed = new Map<FieldNode, number>();
  const walk = (set: SelectionSetNode, type: string): void => {
    for (const selection of set.selections)
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? type);
      else if (selection.kind === Kind.FIELD) placed.set(selection, partOf(type, selection));
  };
  for (const field of rootsOf(document)) if (field.selectionSet) walk(field.selectionSet, '');
  return placed;
}

function keepPart(document: DocumentNode, placed: ReadonlyMap<FieldNode, number>, part: number): DocumentNode {
  const keep = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return placed.get(selection) === part ? [selection] : [];
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
      const selectionSet = keep(selection.selectionSet);
      return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
    }),
  });
  const roots = new Set<unknown>(rootsOf(document));
  return visit(document, {
    Field: (field) =>
      roots.has(field) && field.selectionSet ? { ...field, selectionSet: keep(field.selectionSet) } : undefined,
  });
}

function variablesIn(document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      used.add(name.value);
    },
  });
  return used;
}

const withVariables = (document: DocumentNode, used: ReadonlySet<string>): DocumentNode =>
  visit(document, { VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null) });

const rootsOf = (document: DocumentNode): FieldNode[] =>
  document.definitions
    .filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
    .flatMap((operation) => operation.selectionSet.selections)
    .filter((selection): selection is FieldNode => selection.kind === Kind.FIELD);

/** Place in the representation → response name of the value that a requirement puts there. */
function choicesIn(
  set: SelectionSetNode | undefined,
  standIns: ReadonlyMap<string, StandIn>,
  prefix: string,
): (readonly [string, string])[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return choicesIn(selection.selectionSet, standIns, prefix);
    const name = standIns.get(selection.name.value)?.field.name.value ?? selection.name.value;
    const at = `${prefix}.${name}`;
    return [[at, selection.name.value] as const, ...choicesIn(selection.selectionSet, standIns, at)];
  });
}

function hasConflict(requires: readonly Required[]): boolean {
  const seen = new Map<string, string>();
  const walk = (selections: readonly Required[], prefix: string): boolean =>
    selections.some((required) => {
      if (required.kind === 'Fragment') return walk(required.selections, prefix);
      const at = `${prefix}.${required.name}`;
      const conflict = (seen.get(at) ?? required.from) !== required.from;
      seen.set(at, required.from);
      return conflict || walk(required.selections ?? [], at);
    });
  return walk(requires, '');
}

/** What one part requires: of several values for one place, the one it needs. */
function choose(requires: readonly Required[], part: ReadonlyMap<string, string>, prefix: string): Required[] {
  return requires.flatMap((required): Required[] => {
    if (required.kind === 'Fragment') return [{ ...required, selections: choose(required.selections, part, prefix) }];
    const at = `${prefix}.${required.name}`;
    const chosen = part.get(at);
    if (chosen === undefined ? required.from !== required.name : chosen !== required.from) return [];
    if (!required.selections) return [required];
    const selections = choose(required.selections, part, at);
    return selections.length > 0 ? [{ ...required, selections }] : [];
  });
}
