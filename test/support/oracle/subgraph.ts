import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import type { FieldOwner } from './anatomy.js';
import { canonical } from './canonical.js';
import type { Run } from './faults.js';
import type { Item, Representation } from './items.js';
import { pick } from './truth.js';
import type { World } from './world.js';

export interface SubgraphQuery {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
}

export interface SubgraphResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly unknown[];
}

/** A subgraph that answers from the world; what it must not be asked (overridden, external) is an error. */
export interface TestSubgraph {
  readonly name: string;
  /** @throws Error where the run's faults say that it is down. */
  answer(query: SubgraphQuery, run: Run): Promise<SubgraphResult>;
}

export function createSubgraph(name: string, sdl: string, world: World): TestSubgraph {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  const graph = [...world.anatomy.names].find(([, known]) => known === name)?.[0] ?? '';
  const provided = new Set(
    [...sdl.matchAll(/@provides\(fields: *"([^"]*)"/g)].flatMap(([, text = '']) => text.match(/\w+/g) ?? []),
  );
  bindResolvers(schema, (type, fieldName) => createResolver({ world, schema, name, graph, provided }, type, fieldName));
  bindReferences(schema, world, name);
  const documents = new Map<string, DocumentNode | GraphQLError[]>();
  return {
    name,
    async answer({ query, variables, operationName }, run) {
      // A client's variable may have the name of a plan's.
      const isEntityFetch = query.includes('_entities');
      const representations = variables?.['representations'];
      run.calls.push({
        subgraph: name,
        operation: query,
        entities: Array.isArray(representations) ? representations.length : null,
      });
      if (run.faults.isDown(name, isEntityFetch)) throw new Error(`${name} is down`);
      const document = remember(documents, query, () => read(schema, query));
      if (Array.isArray(document)) return { errors: document.map((error) => error.toJSON()) };
      const result = await execute({ schema, document, contextValue: run, variableValues: variables, operationName });
      return JSON.parse(JSON.stringify(result)) as SubgraphResult;
    },
  };
}

interface Place {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly name: string;
  readonly graph: string;
  /** Names of all fields in a `@provides` of this subgraph. */
  readonly provided: ReadonlySet<string>;
}

type Resolver = GraphQLFieldResolver<Item | undefined, Run>;

function createResolver(place: Place, type: GraphQLObjectType, fieldName: string): Resolver {
  const { world, schema } = place;
  const isMutation = type === schema.getMutationType();
  const isRoot = isMutation || type === schema.getQueryType();
  const typeName = isMutation ? 'Mutation' : isRoot ? 'Query' : type.name;
  const isMachinery = world.anatomy.machinery.has(fieldName);
  const owner = world.anatomy.owners(typeName, fieldName).find((item) => item.graph === place.graph);
  const fromContext = new Set(owner?.contextArguments.map(({ name }) => name));
  const refusal = findRefusal(place, { typeName, fieldName, owner });
  return (source, args, run) => {
    const item = source ?? world.root(typeName);
    if (refusal !== null) throw new Error(refusal);
    if (run.faults.failsField(item, fieldName, isMachinery)) throw new Error('planned fault');
    const turn = isMutation ? `@${run.turns++}` : '';
    const isGiven = ([name, value]: [string, unknown]) => value !== null || !fromContext.has(name);
    const given = Object.fromEntries(Object.entries(args).filter(isGiven));
    return world.value(item, fieldName, given, turn + readRequired(item, owner));
  };
}

/** @returns Why no correct plan asks this subgraph for the field; `null` where it may. */
function findRefusal(
  place: Place,
  field: { typeName: string; fieldName: string; owner: FieldOwner | undefined },
): string | null {
  const { typeName, fieldName, owner } = field;
  const text = `${typeName}.${fieldName} must not be asked of ${place.name}`;
  const isKey = place.world.anatomy
    .keys(typeName)
    .some((key) => key.selections.some((part) => part.kind === 'Field' && part.name.value === fieldName));
  if (isKey || place.provided.has(fieldName)) return null;
  return !owner || owner.isExternal ? text : null;
}

function readRequired(item: Item, owner: FieldOwner | undefined): string {
  if (!owner?.requires) return '';
  const required = item.representation && pick(item.representation, owner.requires);
  if (!required) throw new Error(`required fields are missing: ${canonical(item.representation)}`);
  return `<${canonical(required)}`;
}

function bindResolvers(schema: GraphQLSchema, create: (type: GraphQLObjectType, fieldName: string) => Resolver): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && type.name !== '_Entity') type.resolveType = (item: Item) => item.type;
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    for (const field of Object.values(type.getFields()))
      if (!field.name.startsWith('_')) field.resolve = create(type, field.name);
  }
}

function bindReferences(schema: GraphQLSchema, world: World, name: string): void {
  const resolveReference = (representation: Representation, run: Run): Item | null => {
    const item = world.find(String(representation['__typename']), representation);
    return item && !run.faults.isMissing(name, item) ? { ...item, representation } : null;
  };
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) || isInterfaceType(type)) type.extensions = { apollo: { subgraph: { resolveReference } } };
}

function read(schema: GraphQLSchema, query: string): DocumentNode | GraphQLError[] {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? [...errors] : document;
  } catch (error) {
    return [error as GraphQLError];
  }
}

function remember<T>(known: Map<string, T>, key: string, create: () => T): T {
  const found = known.get(key) ?? create();
  if (known.size > 5000) known.clear();
  known.set(key, found);
  return found;
}
