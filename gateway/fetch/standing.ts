import { LRUCache } from 'lru-cache';
import { type Ask, failure } from './ask.js';
import { createFit, type Fit, type Fitted } from './fit.js';
import { fillGaps, type Gaps, notOffered, TYPE_KEY } from './gaps.js';
import { type OperationPart, pickVariables } from './split.js';
import type { SubgraphAnswer, SubgraphRequest } from './subgraph-request.js';

/** What a registry says of instances. */
export interface Standing {
  /** Whether nothing is sent to it. */
  isDisabled(url: string): boolean;
  /** The schema it serves where that is older than what runs; `null`: it serves what runs. */
  olderSchemaOf(subgraph: string, url: string): string | null;
}

/** More instances than this never lag behind at the same time. */
const MOST_SCHEMAS = 50;

/**
 * Leaves disabled instances alone, and asks those that serve an older schema for what it has: the rest is null with
 * `NOT_OFFERED_HERE`.
 */
export function heedStanding(ask: Ask, standing: Standing): Ask {
  const fits = new LRUCache<string, Fit>({ max: MOST_SCHEMAS });
  const fitOf = (sdl: string): Fit => {
    const fit = fits.get(sdl) ?? createFit(sdl);
    fits.set(sdl, fit);
    return fit;
  };
  return (instance, request, context) => {
    if (standing.isDisabled(instance.url)) return Promise.resolve(failure('SUBGRAPH_UNAVAILABLE'));
    const older = standing.olderSchemaOf(request.subgraph, instance.url);
    if (older === null) return ask(instance, request, context);
    try {
      return askFitting(fitOf(older), request, (fitting) => ask(instance, fitting, context));
    } catch {
      // A schema that cannot be read says nothing about what may be asked.
      return Promise.resolve(failure('SUBGRAPH_UNAVAILABLE'));
    }
  };
}

type AskOlder = (request: SubgraphRequest) => Promise<SubgraphAnswer>;

function askFitting(fit: Fit, request: SubgraphRequest, ask: AskOlder): Promise<SubgraphAnswer> {
  const { part, gaps } = fit.operation(request.operation);
  const { representations } = request.variables;
  return Array.isArray(representations)
    ? askEntities({ fit, part, gaps, request, ask }, representations)
    : askRoots({ fit, part, gaps, request, ask });
}

interface Asking extends Fitted {
  readonly fit: Fit;
  readonly request: SubgraphRequest;
  readonly ask: AskOlder;
}

async function askRoots({ part, gaps, request, ask }: Asking): Promise<SubgraphAnswer> {
  if (part && !gaps) return ask(request);
  if (!part) return fill(nothing({}), gaps);
  const variables = pickVariables(part, request.variables);
  return fill(await ask({ ...request, operation: part.operation, variables }), gaps);
}

async function askEntities(
  { fit, part, gaps, request, ask }: Asking,
  representations: readonly unknown[],
): Promise<SubgraphAnswer> {
  const positions = representations.flatMap((each, position) => (fit.knows(each) ? [position] : []));
  const isWhole = positions.length === representations.length;
  if (part && !gaps && isWhole) return ask(request);
  const known = positions.map((position) => representations[position]);
  const askKnown = (asked: OperationPart) => {
    const variables = { ...pickVariables(asked, request.variables), representations: known };
    return ask({ ...request, operation: asked.operation, variables });
  };
  const answer =
    part && known.length > 0
      ? await askKnown(part)
      : nothing({ _entities: known.map((each) => ({ [TYPE_KEY]: typeNameOf(each) })) });
  const filled = fill(answer, gaps);
  return isWhole ? filled : spread(filled, positions, representations.length);
}

const typeNameOf = (representation: unknown): unknown => (representation as { __typename?: unknown }).__typename;

const nothing = (data: Record<string, unknown>): SubgraphAnswer => ({ data, errors: [] });

function fill(answer: SubgraphAnswer, gaps: Gaps | null): SubgraphAnswer {
  if (!answer.data || !gaps) return answer;
  return { ...answer, errors: [...answer.errors, ...fillGaps(answer.data, gaps)] };
}

/** Puts the records that were asked for back to their places; the instance has never heard of the others. */
function spread(answer: SubgraphAnswer, positions: readonly number[], count: number): SubgraphAnswer {
  const received = answer.data?._entities;
  if (!answer.data || !Array.isArray(received) || received.length !== positions.length) return answer;
  const entities: unknown[] = new Array(count).fill(null);
  positions.forEach((position, index) => {
    entities[position] = received[index];
  });
  const moved = answer.errors.map((error) => {
    const [root, index, ...rest] = error.path ?? [];
    return root === '_entities' && typeof index === 'number'
      ? { ...error, path: [root, positions[index] ?? index, ...rest] }
      : error;
  });
  const unknown = entities.flatMap((_, position) =>
    positions.includes(position) ? [] : [notOffered(['_entities', position])],
  );
  return { ...answer, data: { ...answer.data, _entities: entities }, errors: [...moved, ...unknown] };
}
