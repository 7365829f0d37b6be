import {
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  operationFromDocument,
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { type PlanNode as ApolloNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { buildSchema, type DocumentNode, type GraphQLSchema, Kind, parse, print, validate } from 'graphql';
import { AppError } from '../../lib/errors.js';
import type { Registers } from '../registers.js';
import { type CanonicalOperation, canonicalize, findOperation, rootFields } from './canonical.js';
import { completeKeys } from './complete-keys.js';
import { applyConditions, asksSubgraphs } from './conditions.js';
import { convertPlan } from './convert.js';
import { markJoints, type SubgraphTypes } from './joints.js';
import { lazily } from './lazily.js';
import type { RequirementFacts } from './misplaced.js';
import { narrowFragments } from './narrow.js';
import type { Conditions, PlannedOperation, SchemaFacts } from './plan.js';
import { type PreparedSupergraph, prepareSupergraph } from './prepare-supergraph.js';
import { refuseToRebaseOnExternalFields } from './rebase.js';
import { mapFetches, repairPlan } from './repair.js';
import { readRequirementFacts } from './requirement-facts.js';
import { restoreFetch } from './restore.js';
import { separateFetch } from './separate.js';

export interface PlanRequest {
  readonly text: string;
  readonly operationName: string | undefined;
  /** Labels of `@override(label:)` whose new home counts for this operation. */
  readonly overrides: readonly string[];
  readonly conditions: Conditions;
  /** Also judge the operation by the schema: for text that nobody judged by this one yet. */
  readonly validate: boolean;
}

/** How far the planner may go before it gives up on an operation. */
export interface PlannerLimits {
  /** Plans compared until the best so far is taken. */
  readonly maxEvaluatedPlans: number;
  /** Ways to reach one field; more refuse the operation. */
  readonly maxPaths: number;
}

export interface SupergraphPlanner {
  readonly facts: SchemaFacts;
  /**
   * @throws AppError `GRAPHQL_VALIDATION_FAILED`, `OPERATION_NOT_FOUND`, `LIMIT_PLANNING`, or `SUBGRAPH_MALFORMED` where
   * the schema promises what no subgraph can answer.
   */
  plan(request: PlanRequest): PlannedOperation;
}

/**
 * A planner over one supergraph, taken whole: directives for authorization, contexts, cache tags and progressive
 * overrides included.
 *
 * @param registers As in `PlannerStart`.
 * @throws Error where this is no valid supergraph.
 */
export function createSupergraphPlanner(
  sdl: string,
  limits: PlannerLimits,
  registers: Registers | null = null,
): SupergraphPlanner {
  refuseToRebaseOnExternalFields();
  const prepared = prepareSupergraph(sdl);
  const supergraph = buildSupergraph(sdl, prepared);
  const planner = new QueryPlanner(supergraph, {
    reuseQueryFragments: false,
    debug: { maxEvaluatedPlans: limits.maxEvaluatedPlans, pathsLimit: limits.maxPaths },
  });
  const apiSchema = supergraph.apiSchema();
  const facts = readFacts(supergraph, apiSchema, prepared);
  const clientSchema = lazily(() => buildSchema(facts.apiSdl, { assumeValidSDL: true }));
  const subgraphTypes = readSubgraphTypes(supergraph, facts);
  const requirements = readRequirementFacts(supergraph, prepared);
  const interfaceObjects = new Set(facts.interfaceObjects);
  const parts: Parts = {
    planner,
    apiSchema,
    prepared,
    clientSchema,
    subgraphTypes,
    requirements,
    interfaceObjects,
    registers,
  };
  return { facts, plan: (request) => planOperation(parts, request) };
}

/** What stand-ins replaced is no longer used and would be refused, so then the original is what gets judged. */
function buildSupergraph(sdl: string, { document, standIns }: PreparedSupergraph): Supergraph {
  const supportedFeatures = ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;
  if (standIns.size === 0) return Supergraph.build(document, { supportedFeatures });
  Supergraph.build(sdl, { supportedFeatures }).subgraphs();
  return Supergraph.build(document, { supportedFeatures, validateSupergraph: false });
}

interface Parts {
  readonly planner: QueryPlanner;
  readonly apiSchema: Schema;
  readonly prepared: PreparedSupergraph;
  readonly clientSchema: () => GraphQLSchema;
  readonly subgraphTypes: SubgraphTypes;
  readonly requirements: RequirementFacts;
  readonly interfaceObjects: ReadonlySet<string>;
  readonly registers: Registers | null;
}

function planOperation(parts: Parts, request: PlanRequest): PlannedOperation {
  const { document, definition } = readOperation(parts, request);
  const canonical = canonicalize(document, definition, parts.prepared);
  const { node } = planOrNarrow(parts, withKeys(parts, canonical.document), request);
  if (!node) {
    if (asksSubgraphs(rootFields(document, definition)))
      throw new AppError('SUBGRAPH_MALFORMED', 'No part of the federation can answer this operation.');
    return { plan: null, names: canonical.names };
  }
  if (node.kind === 'Subscription') throw new AppError('GRAPHQL_VALIDATION_FAILED');
  return { plan: finishPlan(parts, node, canonical), names: canonical.names };
}

const withKeys = ({ clientSchema, registers }: Parts, document: DocumentNode): DocumentNode =>
  registers ? completeKeys(document, { schema: clientSchema(), registers }) : document;

/** The operation asked for, as its conditions leave it. */
function readOperation(parts: Parts, { text, operationName, conditions, validate: isNew }: PlanRequest) {
  const asked = parse(text, { noLocation: true });
  if (!findOperation(asked, operationName)) throw new AppError('OPERATION_NOT_FOUND');
  if (isNew && validate(parts.clientSchema(), asked).length > 0) throw new AppError('GRAPHQL_VALIDATION_FAILED');
  const document = applyConditions(asked, conditions);
  const definition = findOperation(document, operationName);
  if (!definition) throw new AppError('OPERATION_NOT_FOUND');
  if (definition.operation === 'subscription')
    throw new AppError('GRAPHQL_VALIDATION_FAILED', 'Subscriptions are not offered.');
  return { document, definition };
}

function finishPlan({ prepared, requirements, subgraphTypes }: Parts, node: ApolloNode, canonical: CanonicalOperation) {
  const clientName = (variable: string): string => canonical.variables.get(variable) ?? variable;
  const repaired = repairPlan(convertPlan(node, clientName), requirements);
  const restored = mapFetches(repaired, (fetch) => separateFetch(restoreFetch(fetch, prepared), prepared));
  return markJoints(restored, subgraphTypes);
}

/** Where the planner fails without having given up, the same operation written otherwise may do. */
function planOrNarrow(parts: Parts, document: DocumentNode, request: PlanRequest): QueryPlan {
  try {
    return runPlanner(parts, document, request);
  } catch (error) {
    const definition = findOperation(document, request.operationName);
    if (error instanceof AppError || !definition || parts.interfaceObjects.size === 0) throw error;
    const { interfaceObjects } = parts;
    const narrowed = narrowFragments(document, definition, { schema: parts.clientSchema(), interfaceObjects });
    if (!narrowed) throw error;
    return runPlanner(parts, narrowed, request);
  }
}

function runPlanner({ planner, apiSchema }: Parts, document: DocumentNode, request: PlanRequest): QueryPlan {
  try {
    const { operationName, overrides } = request;
    const operation = operationFromDocument(apiSchema, document, operationName ? { operationName } : {});
    return planner.buildQueryPlan(operation, { overrideConditions: new Map(overrides.map((label) => [label, true])) });
  } catch (cause) {
    if (cause instanceof Error && LIMIT_MESSAGE.test(cause.message))
      throw new AppError('LIMIT_PLANNING', undefined, { cause });
    throw cause;
  }
}

/** How `@apollo/query-planner` says that it gave up; it has no code for it. */
const LIMIT_MESSAGE = /Too many options|exceeds limit|exceeds? .*limit|recursive selections/i;

function readFacts(supergraph: Supergraph, apiSchema: Schema, prepared: PreparedSupergraph): SchemaFacts {
  const subtypes = new Map<string, string[]>();
  const interfaceObjects = new Set<string>();
  for (const type of supergraph.schema.types()) {
    if (!isAbstractType(type)) continue;
    const below = isInterfaceType(type) ? [...type.allImplementations()] : [...type.types()];
    subtypes.set(type.name, [...new Set(below.map(({ name }) => name))]);
    const applications = type.appliedDirectivesOf('join__type');
    if (applications.some((applied) => applied.arguments()['isInterfaceObject'])) interfaceObjects.add(type.name);
  }
  return {
    apiSdl: withoutStandIns(printSchema(apiSchema), prepared),
    subtypes,
    interfaceObjects: [...interfaceObjects],
    keyFields: prepared.keyFields,
    overrideLabels: labelsOf(supergraph),
  };
}

function withoutStandIns(sdl: string, { standIns }: PreparedSupergraph): string {
  if (standIns.size === 0) return sdl;
  const document = parse(sdl, { noLocation: true });
  const definitions = document.definitions.map((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? { ...definition, fields: definition.fields?.filter(({ name }) => !standIns.has(name.value)) ?? [] }
      : definition,
  );
  return print({ ...document, definitions });
}

function readSubgraphTypes(supergraph: Supergraph, { subtypes }: SchemaFacts): SubgraphTypes {
  const membersOf = (type: string): readonly string[] => [type, ...(subtypes.get(type) ?? [])];
  return {
    mayOverlap: (a, b) => {
      const members = new Set(membersOf(a));
      return membersOf(b).some((type) => members.has(type));
    },
    fieldType: (subgraph, type, field) => {
      const found = supergraph.subgraphs().get(subgraph)?.schema.type(type);
      return found && isCompositeType(found) ? found.field(field)?.type?.toString() : undefined;
    },
  };
}

function labelsOf(supergraph: Supergraph): string[] {
  const labels = new Set<string>();
  for (const applied of supergraph.schema.directive('join__field')?.applications() ?? []) {
    const label: unknown = applied.arguments()['overrideLabel'];
    if (typeof label === 'string') labels.add(label);
  }
  return [...labels];
}
