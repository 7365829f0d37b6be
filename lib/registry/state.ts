import { type EventBody, hashOf, NOTHING_BEFORE, type RegistryEvent, STAGES, type Stage } from './event.js';

/** One version of a subgraph's schema. */
export interface SubgraphVersion {
  readonly subgraph: string;
  /** Counts from 1 for each subgraph. */
  readonly version: number;
  /** Who offered it; `null`: taken from a repository by the coordinator. */
  readonly provider: string | null;
  readonly proposedAt: string;
  /** Hash of the schema's text as composed. */
  readonly sdl: string;
  /** Hash of the text that its instances serve. */
  readonly served: string;
  /** URLs of the instances that serve it; `null`: all of the subgraph's. */
  readonly instances: readonly string[] | null;
  /** Hash of the check's report; `null` where it was adopted. */
  readonly report: string | null;
}

/** One supergraph of a stage. */
export interface SupergraphVersion {
  /** Counts from 1 for each stage. */
  readonly version: number;
  /** Hash of its text. */
  readonly supergraph: string;
  readonly from: Readonly<Record<string, number>>;
  readonly at: string;
  readonly cause: EventBody['type'];
}

/** What a registry says after its events, each looked at once. */
export interface RegistryState {
  /** Of the last event; 0 and 64 zeros where nothing has happened. */
  readonly sequence: number;
  readonly hash: string;
  /** Versions by subgraph, the oldest first. */
  readonly subgraphs: ReadonlyMap<string, readonly SubgraphVersion[]>;
  /** Supergraphs by stage, the oldest first; the last one runs. */
  readonly stages: Readonly<Record<Stage, readonly SupergraphVersion[]>>;
  /** URLs of instances that nothing is sent to, each with the reason. */
  readonly disabled: ReadonlyMap<string, string>;
}

export const EMPTY_REGISTRY: RegistryState = {
  sequence: 0,
  hash: NOTHING_BEFORE,
  subgraphs: new Map(),
  stages: Object.fromEntries(STAGES.map((stage) => [stage, []])) as unknown as RegistryState['stages'],
  disabled: new Map(),
};

/**
 * The state after further events.
 *
 * @throws Error where an event does not follow the one before: then the record has been tampered with.
 */
export const advance = (state: RegistryState, events: readonly RegistryEvent[]): RegistryState =>
  events.reduce(follow, state);

function follow(state: RegistryState, event: RegistryEvent): RegistryState {
  if (event.sequence !== state.sequence + 1 || event.previous !== state.hash)
    throw new Error(`Event ${event.sequence} of the registry does not follow event ${state.sequence}.`);
  const { body } = event;
  return {
    sequence: event.sequence,
    hash: hashOf(event),
    subgraphs: body.type === 'proposed' || body.type === 'adopted' ? addVersions(state, event) : state.subgraphs,
    stages: 'stage' in body ? addSupergraph(state, event.at, body) : state.stages,
    disabled: body.type === 'disabled' || body.type === 'enabled' ? toggle(state, body) : state.disabled,
  };
}

function addVersions({ subgraphs }: RegistryState, { at, body }: RegistryEvent): RegistryState['subgraphs'] {
  const next = new Map(subgraphs);
  const add = (added: SubgraphVersion) => next.set(added.subgraph, [...(next.get(added.subgraph) ?? []), added]);
  if (body.type === 'proposed') {
    const { subgraph, version, provider, sdl, served, instances, report } = body;
    add({ subgraph, version, provider, proposedAt: at, sdl, served, instances, report });
  }
  if (body.type === 'adopted')
    for (const [subgraph, sdl] of Object.entries(body.schemas)) {
      const version = body.from[subgraph] ?? 1;
      const isKnown = next.get(subgraph)?.some((known) => known.version === version);
      const adopted = { provider: null, instances: null, report: null, sdl, served: sdl };
      if (!isKnown) add({ subgraph, version, proposedAt: at, ...adopted });
    }
  return next;
}

function addSupergraph(
  { stages }: RegistryState,
  at: string,
  { type, stage, supergraph, from }: Extract<EventBody, { stage: Stage }>,
): RegistryState['stages'] {
  const version = stages[stage].length + 1;
  return { ...stages, [stage]: [...stages[stage], { version, supergraph, from, at, cause: type }] };
}

function toggle(
  { disabled }: RegistryState,
  { type, instance, reason }: Extract<EventBody, { instance: string }>,
): RegistryState['disabled'] {
  const next = new Map(disabled);
  if (type === 'disabled') next.set(instance, reason);
  else next.delete(instance);
  return next;
}

/** The supergraph that runs in a stage; `null` where nothing has been approved for it. */
export const currentOf = ({ stages }: RegistryState, stage: Stage): SupergraphVersion | null =>
  stages[stage].at(-1) ?? null;

/** A version by its number; `null` where there is none. */
export const versionOf = ({ subgraphs }: RegistryState, name: string, version: number): SubgraphVersion | null =>
  subgraphs.get(name)?.find((known) => known.version === version) ?? null;

/**
 * The version an instance serves in a stage: the latest up to the one that runs which names the instance, or names none.
 *
 * @returns `null` where the subgraph does not run in the stage.
 */
export function servedBy(state: RegistryState, { stage, subgraph, url }: Served): SubgraphVersion | null {
  const running = currentOf(state, stage)?.from[subgraph];
  if (running === undefined) return null;
  const known = state.subgraphs.get(subgraph) ?? [];
  return known.findLast(({ version, instances }) => version <= running && (instances?.includes(url) ?? true)) ?? null;
}

export interface Served {
  readonly stage: Stage;
  readonly subgraph: string;
  /** Of the instance. */
  readonly url: string;
}
