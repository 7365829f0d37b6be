import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import type { FetchNode, Required } from './plan.js';

/** What has to be known of `@requires` in the subgraphs. */
export interface RequirementFacts {
  /** The field set a field requires from other subgraphs; `undefined` where it can be asked for as it is. */
  requirement(subgraph: string, type: string, field: string): SelectionSetNode | undefined;
  /** Name of the field's type, without list and non-null. */
  fieldType(subgraph: string, type: string, field: string): string | undefined;
  rootType(subgraph: string): string;
  /** A key by which the subgraph resolves the type. */
  key(subgraph: string, type: string): SelectionSetNode | undefined;
}

/** A field that was asked for without what it requires. */
export interface Misplaced {
  readonly from: FetchNode;
  /** The fetch without it, and without the ones found before it. */
  readonly rest: FetchNode;
  /** A fetch for it alone. */
  readonly own: FetchNode;
  /** Its response name. */
  readonly field: string;
  /** Response names it needs at its object. */
  readonly needs: readonly string[];
}

interface Found {
  readonly node: FieldNode;
  readonly parent: SelectionSetNode;
  readonly type: string;
  readonly path: readonly string[];
  readonly requirement: SelectionSetNode;
  readonly key: SelectionSetNode;
}

export function findMisplaced(fetch: FetchNode, facts: RequirementFacts): Misplaced[] {
  const [operation] = parse(fetch.operation, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  const found = findIn(operation, fetch, facts);
  const taken = new Set<SelectionNode>();
  return found.map((each): Misplaced => {
    taken.add(each.node);
    const keys = new Map(found.filter(({ node }) => taken.has(node)).map(({ parent, key }) => [parent, key]));
    return {
      from: fetch,
      rest: { ...fetch, ...withoutFields(operation, fetch, taken, keys) },
      own: ownFetch(fetch, operation, each),
      field: responseName(each.node),
      needs: each.requirement.selections.flatMap((selection) =>
        selection.kind === Kind.FIELD ? [selection.name.value] : [],
      ),
    };
  });
}

function findIn(operation: OperationDefinitionNode, fetch: FetchNode, facts: RequirementFacts): Found[] {
  const found: Found[] = [];
  const { subgraph } = fetch;
  const walk = (set: SelectionSetNode, type: string, path: readonly string[]): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        walk(selection.selectionSet, selection.typeCondition?.name.value ?? type, path);
      if (selection.kind !== Kind.FIELD) continue;
      const name = selection.name.value;
      const isEntities = path.length === 0 && name === '_entities';
      const requirement = facts.requirement(subgraph, type, name);
      const key = facts.key(subgraph, type);
      if (requirement && key && !(path[0] === ENTITIES && path.length === 1 && isMet(fetch, requirement)))
        found.push({ node: selection, parent: set, type, path, requirement, key });
      else if (selection.selectionSet) {
        const below = isEntities ? '' : facts.fieldType(subgraph, type, name);
        if (below !== undefined)
          walk(selection.selectionSet, below, [...path, isEntities ? ENTITIES : responseName(selection)]);
      }
    }
  };
  walk(operation.selectionSet, facts.rootType(subgraph), []);
  return found;
}

/** Stands for `_entities` in a path; no response name has it. */
const ENTITIES = '';

const responseName = (field: FieldNode): string => field.alias?.value ?? field.name.value;

function isMet({ requires }: FetchNode, requirement: SelectionSetNode): boolean {
  const sent = new Set<string>();
  const add = (required: Required): void => {
    if (required.kind === 'Field') sent.add(required.from);
    else required.selections.forEach(add);
  };
  requires?.forEach(add);
  return requirement.selections.every((selection) => selection.kind !== Kind.FIELD || sent.has(selection.name.value));
}

function withoutFields(
  operation: OperationDefinitionNode,
  fetch: FetchNode,
  taken: ReadonlySet<SelectionNode>,
  keys: ReadonlyMap<SelectionSetNode, SelectionSetNode>,
): Pick<FetchNode, 'operation' | 'variables'> {
  const kept: OperationDefinitionNode = visit(operation, {
    SelectionSet: (set) => {
      const key = keys.get(set);
      if (!key) return undefined;
      const selections = set.selections.filter((selection) => !taken.has(selection));
      return { ...set, selections: [TYPENAME, ...key.selections, ...selections] };
    },
  });
  return { operation: printWith(kept, definitionsFor(kept, operation)), variables: variablesFor(kept, fetch) };
}

function ownFetch(fetch: FetchNode, operation: OperationDefinitionNode, found: Found): FetchNode {
  const { node, type, path, requirement, key } = found;
  const fragment: SelectionNode = {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [node] },
  };
  const [entities] = (parse(ENTITY_OPERATION, { noLocation: true }).definitions as [OperationDefinitionNode]) ?? [];
  const [field] = entities.selectionSet.selections as [FieldNode];
  const asked: OperationDefinitionNode = {
    ...entities,
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [{ ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: [fragment] } }],
    },
  };
  const definitions = [...(entities.variableDefinitions ?? []), ...definitionsFor(fragment, operation)];
  return {
    ...fetch,
    operation: printWith(asked, definitions),
    operationName: undefined,
    path: [...fetch.path, ...path.filter((name) => name !== ENTITIES)],
    variables: variablesFor(fragment, fetch),
    requires: [
      { kind: 'Fragment', type, selections: [TYPENAME_REQUIRED, ...toRequired(key), ...toRequired(requirement)] },
    ],
    inputRewrites: [],
    outputRewrites: [],
    contexts: [],
    joint: null,
  };
}

const ENTITY_OPERATION =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
const TYPENAME_REQUIRED: Required = { kind: 'Field', name: '__typename', from: '__typename', selections: null };

const toRequired = (set: SelectionSetNode): Required[] =>
  set.selections.flatMap((selection): Required[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const type = selection.typeCondition?.name.value ?? null;
      return [{ kind: 'Fragment', type, selections: toRequired(selection.selectionSet) }];
    }
    const { value } = selection.name;
    if (selection.kind !== Kind.FIELD) return [];
    return [
      {
        kind: 'Field',
        name: value,
        from: value,
        selections: selection.selectionSet ? toRequired(selection.selectionSet) : null,
      },
    ];
  });

function variablesIn(node: OperationDefinitionNode | SelectionNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(node, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}

function definitionsFor(
  node: OperationDefinitionNode | SelectionNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): VariableDefinitionNode[] {
  const names = variablesIn(node);
  return variableDefinitions.filter(({ variable }) => names.has(variable.name.value));
}

function variablesFor(node: OperationDefinitionNode | SelectionNode, { variables }: FetchNode): FetchNode['variables'] {
  const names = variablesIn(node);
  return variables.filter(({ name }) => names.has(name));
}

const printWith = (operation: OperationDefinitionNode, variableDefinitions: VariableDefinitionNode[]): string =>
  stripIgnoredCharacters(print({ ...operation, variableDefinitions }));
