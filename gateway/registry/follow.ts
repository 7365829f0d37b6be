import type { Log } from '../../lib/log.js';
import type { Stage } from '../../lib/registry/event.js';
import type { Registry } from '../../lib/registry/registry.js';
import {
  currentOf,
  type RegistryState,
  type SupergraphVersion,
  servedBy,
  versionOf,
} from '../../lib/registry/state.js';

/** What a gateway takes from its registry. */
export interface FollowedSchema {
  /** Counts up with each supergraph of the stage. */
  readonly version: number;
  readonly supergraph: string;
}

export interface Follower {
  /** The supergraph in use; `null` where nothing has been approved for the stage. */
  current(): FollowedSchema | null;
  isDisabled(url: string): boolean;
  /**
   * The schema an instance serves where it is older than the one in the supergraph; `null`: it serves what runs.
   *
   * @param url Of the instance.
   */
  olderSchemaOf(subgraph: string, url: string): string | null;
  /** From now on what is approved runs within a second or two, and what is disabled is left alone. */
  start(parts: FollowParts): void;
  close(): Promise<void>;
}

export interface FollowParts {
  /**
   * Takes another supergraph.
   *
   * @throws Error where it cannot be used: then the one in use stays, and an alarm is raised.
   */
  readonly onSchema: (schema: FollowedSchema) => Promise<void>;
  /** Whether what the registry says cannot be followed; told when that changes. */
  readonly onAlarm: (isAlarmed: boolean) => void;
  readonly log: Log;
}

const INTERVAL_MS = 500;
/** A supergraph that was no good is tried again after this time: what kept it from starting may have passed. */
const RETRY_MS = 30_000;

/**
 * @param isUsable Whether a supergraph can be started with. Where the latest cannot, one before it is; the latest is tried
 *   again, and the alarm raised, once it is followed.
 * @throws What the registry refuses where it cannot be read.
 */
export async function openFollower(
  registry: Registry,
  stage: Stage,
  isUsable: (sdl: string) => boolean,
): Promise<Follower> {
  const state = await registry.refresh();
  const known: Known = {
    state,
    older: await readOlder(registry, state, stage),
    schema: await readUsable(registry, state.stages[stage], isUsable),
    refused: null,
  };
  let close = async (): Promise<void> => undefined;
  return {
    current: () => known.schema,
    isDisabled: (url) => known.state.disabled.has(url),
    olderSchemaOf: (subgraph, url) => known.older(subgraph, url),
    start: (parts) => {
      close = follow(known, { ...parts, registry, stage });
    },
    close: () => close(),
  };
}

interface Known {
  state: RegistryState;
  older: OlderSchema;
  /** In use. */
  schema: FollowedSchema | null;
  refused: { readonly version: number; readonly until: number } | null;
}

type Following = FollowParts & { readonly registry: Registry; readonly stage: Stage };

/** @returns How to stop: what is being taken over is first. */
function follow(known: Known, parts: Following): () => Promise<void> {
  let isAlarmed = false;
  let isUnread = false;
  let switching: Promise<void> | null = null;
  const alarm = (reason: string | null): void => {
    const next = isUnread || known.refused !== null;
    // Said once for each cause, not twice a second.
    if (reason !== null && !isAlarmed) parts.log.error({ reason }, 'registry not followed, what runs stays');
    if (next !== isAlarmed) parts.onAlarm(next);
    isAlarmed = next;
  };
  const rounds = repeat(async () => {
    try {
      await look(known, parts);
      isUnread = false;
      alarm(null);
    } catch (error) {
      isUnread = true;
      alarm((error as Error).message);
    }
    // Takes its time, in which instances are disabled as quickly as ever.
    switching ??= takeOver(known, parts)
      .then(alarm)
      .finally(() => {
        switching = null;
      });
  });
  return async () => {
    await rounds.stop();
    await switching;
  };
}

async function look(known: Known, { registry, stage }: Following): Promise<void> {
  const next = await registry.refresh();
  if (next === known.state) return;
  known.state = next;
  known.older = await readOlder(registry, next, stage);
}

/** @returns Why it could not be taken over; `null`: it was, or there is nothing new. */
async function takeOver(known: Known, { registry, stage, onSchema, log }: Following): Promise<string | null> {
  const { state, refused } = known;
  const version = currentOf(state, stage)?.version;
  if (version === undefined || version === known.schema?.version) return null;
  if (refused?.version === version && Date.now() < refused.until) return null;
  try {
    const schema = await readSchema(registry, state, stage);
    if (schema) await onSchema(schema);
    known.schema = schema;
    known.refused = null;
    log.info({ version, event: state.sequence }, 'registry followed');
    return null;
  } catch (error) {
    known.refused = { version, until: Date.now() + RETRY_MS };
    return (error as Error).message;
  }
}

/** One round after the other, with a rest between them. */
function repeat(round: () => Promise<void>) {
  let isStopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  const schedule = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      running = round().finally(schedule);
    }, INTERVAL_MS);
    timer.unref();
  };
  schedule();
  return {
    async stop(): Promise<void> {
      isStopped = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

async function readSchema(registry: Registry, state: RegistryState, stage: Stage): Promise<FollowedSchema | null> {
  const current = currentOf(state, stage);
  if (!current) return null;
  const supergraph = await registry.store.readText(current.supergraph);
  if (supergraph === null) throw new Error(`the supergraph of version ${current.version} is missing or damaged`);
  return { version: current.version, supergraph };
}

async function readUsable(
  { store }: Registry,
  versions: readonly SupergraphVersion[],
  isUsable: (sdl: string) => boolean,
): Promise<FollowedSchema | null> {
  for (const { version, supergraph: hash } of versions.toReversed()) {
    const supergraph = await store.readText(hash);
    if (supergraph !== null && isUsable(supergraph)) return { version, supergraph };
  }
  return null;
}

/** Reads each older version once, and remembers for each instance which one it serves. */
async function readOlder(registry: Registry, state: RegistryState, stage: Stage): Promise<OlderSchema> {
  const texts = new Map<string, string>();
  for (const [subgraph, running] of Object.entries(currentOf(state, stage)?.from ?? {})) {
    const now = versionOf(state, subgraph, running)?.sdl;
    for (const { version, sdl } of state.subgraphs.get(subgraph) ?? []) {
      const text = version < running && sdl !== now ? await registry.store.readText(sdl) : null;
      if (text !== null) texts.set(`${subgraph} ${version}`, text);
    }
  }
  if (texts.size === 0) return () => null;
  const known = new Map<string, string | null>();
  return (subgraph, url) => {
    const name = `${subgraph} ${url}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const text = texts.get(`${subgraph} ${servedBy(state, { stage, subgraph, url })?.version}`) ?? null;
    known.set(name, text);
    return text;
  };
}

type OlderSchema = Follower['olderSchemaOf'];
