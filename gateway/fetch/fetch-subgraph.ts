import type { Instance } from '../../lib/cooperation/model.js';
import type { RequestContext } from '../context.js';
import { type Ask, failure } from './ask.js';
import type { OnFetchEvent } from './events.js';
import type { Instances, SubgraphInstances } from './instances.js';
import { joinEntities, joinRoots } from './merge.js';
import { type FieldRoute, routeFields, routeRepresentations } from './route.js';
import type { EntitiesShape, ReadShape, RootShape } from './shape.js';
import { pickVariables, type Split } from './split.js';
import type { FetchSubgraph, SubgraphAnswer, SubgraphRequest } from './subgraph-request.js';

export interface FetchParts {
  /** Where everything runs now. */
  readonly instances: () => Instances;
  readonly isHealthy: (subgraph: string, instance: Instance) => boolean;
  /** Whether nothing is sent to an instance by decision; `null`: nobody decides that. */
  readonly isDisabled?: ((instance: Instance) => boolean) | null;
  readonly ask: Ask;
  readonly readShape: ReadShape;
  readonly split: Split;
  readonly onEvent: OnFetchEvent;
}

/** Asks subgraphs, each request routed to the instances of the municipalities it names; see `FetchSubgraph`. */
export const createFetchSubgraph = (parts: FetchParts): FetchSubgraph => {
  let turn = 0;
  return (request, context) => {
    const instances = parts.instances().get(request.subgraph);
    const [only] = instances?.all ?? [];
    if (!instances || !only) return Promise.resolve(failure('SUBGRAPH_UNAVAILABLE'));
    const shape = parts.readShape(request.operation);
    if (!instances.byMunicipality) {
      const answer = parts.ask(only, request, context);
      return shape.kind === 'entities' ? answer.then((received) => checkComplete(received, countOf(request))) : answer;
    }
    const call: Call = { parts, request, context, known: instances, turn: turn++ };
    return shape.kind === 'entities' ? fetchEntities(call, shape) : fetchRoots(call, shape);
  };
};

function countOf({ variables: { representations } }: SubgraphRequest): number {
  return Array.isArray(representations) ? representations.length : 0;
}

/** An answer with another number of entities than were asked for says nothing about any of them. */
function checkComplete(answer: SubgraphAnswer, count: number): SubgraphAnswer {
  const entities = answer.data?._entities;
  if (!answer.data || (Array.isArray(entities) && entities.length === count)) return answer;
  return failure('SUBGRAPH_MALFORMED');
}

/** One subgraph request on its way. */
interface Call {
  readonly parts: FetchParts;
  readonly request: SubgraphRequest;
  readonly context: RequestContext;
  readonly known: SubgraphInstances;
  /** Counts up, so that what any instance may answer goes around. */
  readonly turn: number;
}

async function fetchEntities(call: Call, shape: EntitiesShape): Promise<SubgraphAnswer> {
  const { request, known, context } = call;
  const given = request.variables.representations;
  const all: unknown[] = Array.isArray(given) ? given : [];
  const { byInstance, unroutable } = routeRepresentations(all, known, shape.isPublic ? () => pickAny(call) : null);
  const stand = (instance: Instance) =>
    shape.isPublic && call.parts.isDisabled?.(instance) ? (pickAny(call, instance) ?? instance) : instance;
  if (unroutable.length > 0)
    call.parts.onEvent({ kind: 'unroutable', subgraph: request.subgraph, requestId: context.requestId });
  const routes = [...byInstance];
  const [first] = routes;
  if (routes.length === 1 && first?.[1].length === all.length) return askEntities(call, stand(first[0]), all);
  const parts = routes.map(async ([instance, positions]) => ({
    positions,
    answer: await askEntities(
      call,
      stand(instance),
      positions.map((position) => all[position]),
    ),
  }));
  const keysOf = (position: number) => shape.listKeys.get(typeNameOf(all[position])) ?? new Map();
  const nowhere = { positions: unroutable, answer: failure('INTERNAL') };
  return joinEntities(all.length, [...(await Promise.all(parts)), nowhere], keysOf);
}

const typeNameOf = (representation: unknown): string =>
  String((representation as { __typename?: unknown } | null)?.__typename);

async function askEntities(call: Call, instance: Instance, representations: unknown[]): Promise<SubgraphAnswer> {
  const isWhole = representations === call.request.variables.representations;
  const variables = isWhole ? call.request.variables : { ...call.request.variables, representations };
  const request = isWhole ? call.request : { ...call.request, variables };
  return checkComplete(await call.parts.ask(instance, request, call.context), representations.length);
}

async function fetchRoots(call: Call, shape: RootShape): Promise<SubgraphAnswer> {
  const { request, context, known } = call;
  const isMutation = request.kind === 'mutation';
  const routes = routeFields(shape.fields, {
    variables: request.variables,
    instances: known,
    caller: context.caller,
    isMutation,
    pickAny: () => pickAny(call),
  });
  const [first] = routes;
  if (routes.length === 1 && first?.instance) return askFields(call, first, request);
  const askPart = async (route: FieldRoute) => {
    const keys = route.fields.map(({ key }) => key);
    const part = call.parts.split(shape, keys);
    const variables = pickVariables(part, request.variables);
    return { keys, answer: await askFields(call, route, { ...request, operation: part.operation, variables }) };
  };
  return joinRoots(isMutation ? await inTurn(routes, askPart) : await Promise.all(routes.map(askPart)));
}

async function askFields(
  call: Call,
  { instance, fields }: FieldRoute,
  request: SubgraphRequest,
): Promise<SubgraphAnswer> {
  // A municipality that nobody serves: absent, without asking anybody.
  if (!instance) return { data: {}, errors: [] };
  const answer = await call.parts.ask(instance, request, call.context);
  const isUnreachable = !answer.data && answer.errors[0]?.extensions.code === 'SUBGRAPH_UNAVAILABLE';
  const other = isUnreachable && fields.every(({ isPublic }) => isPublic) ? pickAny(call, instance) : null;
  return other ? call.parts.ask(other, request, call.context) : answer;
}

/** An instance that is well, in turn; where none is, any, unless one of them has failed just now. */
function pickAny({ known, parts, request, turn }: Call, failed: Instance | null = null): Instance | null {
  const isWell = (instance: Instance) => instance !== failed && parts.isHealthy(request.subgraph, instance);
  const well = known.all.filter(isWell);
  const candidates = well.length > 0 || failed ? well : known.all;
  return candidates[turn % candidates.length] ?? null;
}

async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
