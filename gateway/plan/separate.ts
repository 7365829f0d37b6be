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

/**
 * Asks apart what cannot be asked for with one representation: fields that require different values of one field (it
 * holds `price` once only), and fields of an interface that require something beside such as do not, because the planner
 * may have got what they require for some implementations only.
 */
export function separateFetch(fetch: FetchNode, supergraph: PreparedSupergraph): PlanNode {
  const { requires } = fetch;
  if (!requires || supergraph.requirements.size === 0) return fetch;
  if (!hasConflict(requires) && !requires.some((required) => isOnInterface(required, supergraph))) return fetch;
  const document = parse(fetch.operation, { noLocation: true });
  const { parts, placed, needed } = place(document, fetch.subgraph, supergraph);
  if (parts.length < 2) return fetch;
  const nodes = parts.map((part, index): FetchNode => {
    const kept = keepPart(document, placed, index);
    const used = variablesIn(kept);
    return {
      ...fetch,
      operation: stripIgnoredCharacters(print(withVariables(kept, used))),
      variables: fetch.variables.filter(({ name }) => used.has(name)),
      requires: choose(requires, { part, needed }, ''),
    };
  });
  return { kind: 'Parallel', nodes };
}

/** Fields that are asked for together, with what they need: place in the representation → response name. */
type Part = Map<string, string>;

interface Placing {
  readonly parts: readonly Part[];
  readonly placed: ReadonlyMap<FieldNode, number>;
  /** Places that some part needs and no key fills. */
  readonly needed: ReadonlySet<string>;
}

const isOnInterface = (required: Required, { interfaces }: PreparedSupergraph): boolean =>
  required.kind === 'Fragment' && required.type !== null && interfaces.has(required.type);

function place(document: DocumentNode, subgraph: string, supergraph: PreparedSupergraph): Placing {
  const { requirements, standIns, interfaces, keyFields } = supergraph;
  const graph = supergraph.graphs.get(subgraph) ?? subgraph;
  const parts: Part[] = [];
  const needed = new Set<string>();
  const partOf = (type: string, field: FieldNode): number => {
    const needs = choicesIn(requirements.get(requirementKey(graph, type, field.name.value)), standIns, '');
    const fits = (part: Part): boolean =>
      needs.every(([at, choice]) => (part.get(at) ?? choice) === choice) &&
      (!interfaces.has(type) || needs.length === part.size);
    let index = parts.findIndex(fits);
    if (index < 0) index = parts.push(new Map()) - 1;
    for (const [at, choice] of needs) {
      parts[index]?.set(at, choice);
      if (!keyFields.get(type)?.includes(at.slice(1))) needed.add(at);
    }
    return index;
  };
  return { parts, placed: placeFields(document, partOf), needed };
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
function choose(
  requires: readonly Required[],
  { part, needed }: { readonly part: Part; readonly needed: ReadonlySet<string> },
  prefix: string,
): Required[] {
  return requires.flatMap((required): Required[] => {
    if (required.kind === 'Fragment')
      return [{ ...required, selections: choose(required.selections, { part, needed }, prefix) }];
    const at = `${prefix}.${required.name}`;
    const chosen = part.get(at);
    const isOfOthers = required.from !== required.name || needed.has(at);
    if (chosen === undefined ? isOfOthers : chosen !== required.from) return [];
    if (!required.selections) return [required];
    const selections = choose(required.selections, { part, needed }, at);
    return selections.length > 0 ? [{ ...required, selections }] : [];
  });
}
