import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { remember } from '../remember.js';
import { type Gaps, type MissingField, TYPE_KEY } from './gaps.js';
import { createKnows } from './known-keys.js';
import type { OperationPart } from './split.js';

/** What of operations a schema can answer. */
export interface Fit {
  /** Worked out once for each text. */
  operation(text: string): Fitted;
  /** Whether it has the type of a representation, with a key that the representation has. */
  knows(representation: unknown): boolean;
}

export interface Fitted {
  /** What it can answer, `null`: nothing. */
  readonly part: OperationPart | null;
  /** What it cannot; `null`: it can answer all. */
  readonly gaps: Gaps | null;
}

/** There may be as many schemas as instances that lag behind. */
const MOST_BYTES = 4 * 2 ** 20;

/** @param sdl Of a subgraph, Federation 2, as the registry keeps it. */
export function createFit(sdl: string): Fit {
  const document = parse(sdl, { noLocation: true });
  const schema = buildSubgraphSchema(document);
  const operation = remember((text) => fitOperation(schema, text), { maxBytes: MOST_BYTES });
  return { operation, knows: createKnows(document) };
}

function fitOperation(schema: GraphQLSchema, text: string): Fitted {
  const { definitions } = parse(text, { noLocation: true });
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new TypeError('A plan holds a document without an operation.');
  const fragments = new Map(
    definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  );
  const root = schema.getRootType(operation.operation);
  const found = createFound();
  const selectionSet = keepKnown(operation.selectionSet, { schema, fragments, type: root ?? null, types: null, found });
  const gaps = toGaps(found);
  const asked = selectionSet.selections.filter((node) => !isTypeKey(node));
  if (!asked.some(asksMoreThanType)) return { part: null, gaps };
  return { part: toPart(operation, { ...selectionSet, selections: asked }), gaps };
}

interface Found {
  readonly missing: MissingField[];
  readonly below: Map<string, Found>;
  /** Whether something was left out that no answer could have held. */
  isCut: boolean;
}

interface Level {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Of which the fields are asked; `null`: the schema does not know it. */
  readonly type: GraphQLNamedType | null;
  /** As in `MissingField`. */
  readonly types: ReadonlySet<string> | null;
  readonly found: Found;
}

const createFound = (): Found => ({ missing: [], below: new Map(), isCut: false });

function keepKnown(set: SelectionSetNode, level: Level): SelectionSetNode {
  const selections = set.selections.flatMap((selection) => keepSelection(selection, level));
  const needsType = level.found.missing.length > 0 || selections.length === 0;
  return { ...set, selections: needsType ? [...selections, TYPE_FIELD] : selections };
}

function keepSelection(selection: SelectionNode, level: Level): SelectionNode[] {
  if (selection.kind === Kind.FIELD) return keepField(selection, level);
  const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? level.fragments.get(selection.name.value) : selection;
  if (!fragment) throw new TypeError('A plan uses a fragment that it does not define.');
  const condition = fragment.typeCondition?.name.value;
  const type = condition === undefined ? level.type : (level.schema.getType(condition) ?? null);
  // It never answers an object of a type that it does not know.
  if (!type) {
    level.found.isCut = true;
    return [];
  }
  const types = condition === undefined ? level.types : namesOf(level.schema, type);
  const inner = fragment.selectionSet.selections.flatMap((each) => keepSelection(each, { ...level, type, types }));
  if (inner.length === 0) return [];
  const kept: InlineFragmentNode = {
    kind: Kind.INLINE_FRAGMENT,
    ...(fragment.typeCondition && { typeCondition: fragment.typeCondition }),
    ...(selection.directives && { directives: selection.directives }),
    selectionSet: { ...fragment.selectionSet, selections: inner },
  };
  return [kept];
}

function keepField(field: FieldNode, level: Level): FieldNode[] {
  const name = field.name.value;
  if (name === '__typename') return [field];
  const key = (field.alias ?? field.name).value;
  const known = fieldsOf(level)?.[name];
  const isOffered = known && (field.arguments ?? []).every((arg) => known.args.some((a) => a.name === arg.name.value));
  if (!known || !isOffered) {
    level.found.missing.push({ key, types: level.types });
    return [];
  }
  if (!field.selectionSet) return [field];
  const found = level.found.below.get(key) ?? createFound();
  level.found.below.set(key, found);
  const type = getNamedType(known.type);
  return [{ ...field, selectionSet: keepKnown(field.selectionSet, { ...level, type, types: null, found }) }];
}

const fieldsOf = ({ schema, type }: Level) => {
  if (type && type === schema.getQueryType()) return type.getFields();
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : undefined;
};

const namesOf = (schema: GraphQLSchema, type: GraphQLNamedType): ReadonlySet<string> =>
  new Set(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name]);

function toGaps({ missing, below, isCut }: Found): Gaps | null {
  const inner = [...below].flatMap(([key, found]) => {
    const gaps = toGaps(found);
    return gaps ? [{ key, gaps }] : [];
  });
  return missing.length > 0 || inner.length > 0 || isCut ? { missing, below: inner } : null;
}

const TYPE_FIELD: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: TYPE_KEY },
  name: { kind: Kind.NAME, value: '__typename' },
};

const isTypeKey = (node: SelectionNode): boolean => node === TYPE_FIELD;

/** The type of an entity is known from its representation: nobody has to be asked for it. */
const asksMoreThanType = (node: SelectionNode): boolean =>
  !(node.kind === Kind.FIELD && node.name.value === '_entities' && node.selectionSet?.selections.every(isTypeKey));

function toPart(operation: OperationDefinitionNode, selectionSet: SelectionSetNode): OperationPart {
  const variableNames = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void variableNames.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) =>
    variableNames.has(variable.name.value),
  );
  const definition = { ...operation, selectionSet, ...(variableDefinitions && { variableDefinitions }) };
  return { operation: print({ kind: Kind.DOCUMENT, definitions: [definition] }), variableNames };
}
