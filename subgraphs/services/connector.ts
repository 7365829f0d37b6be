import { setTimeout as delay } from 'node:timers/promises';
import { createRestClient, type RestClient } from '../../lib/connect/rest.js';
import { AppError } from '../../lib/errors.js';
import type { Log } from '../../lib/log.js';
import type { Closable, ConnectorParts } from '../../lib/subgraph/define.js';
import { createPause } from '../../lib/turns.js';
import { applyChanges, type Catalogue, type Holdings, NO_HOLDINGS, openCatalogue } from './catalogue.js';
import { type Delivery, type Position, readDelivery } from './delivery.js';
import type { ServiceRecord } from './record.js';
import { type Analysis, analyse, buildSearchIndex, type SearchIndex } from './search-index.js';

/** The catalogue as its last good message left it, with the index over exactly its services. */
export interface Snapshot {
  readonly catalogue: Catalogue;
  readonly index: SearchIndex;
  /** ISO 8601: when the editorial system last said that this is its stock. */
  readonly asOf: string;
}

export interface ServicesConnector extends Closable {
  /**
   * The catalogue in force. Take it once per request, so that one request reads one catalogue.
   *
   * @throws AppError `LEGACY_UNAVAILABLE` while there has been no good message.
   */
  current(): Snapshot;
}

export interface ServicesSystem {
  readonly url: string;
  readonly deadlineMs: number;
  /** Between two looks for changes. */
  readonly pollIntervalMs: number;
  /** Between two readings of the whole stock, which mend what a lost deletion left behind. */
  readonly fullLoadIntervalMs: number;
}

interface State {
  readonly holdings: Holdings;
  readonly position: Position;
  readonly catalogue: Catalogue;
  readonly index: SearchIndex;
  readonly fullAt: number;
}

/**
 * Reads the catalogue and follows it: changes take its place at once and as a whole; a malformed message is refused with
 * one log line, and what is in force stays.
 *
 * @returns When the first stock has been read or refused.
 */
export async function connectCatalogue(
  system: ServicesSystem,
  { log, cooperation }: Pick<ConnectorParts<unknown>, 'log' | 'cooperation'>,
): Promise<ServicesConnector> {
  const client = createRestClient(system);
  const closed = new AbortController();
  const analyses = new WeakMap<ServiceRecord, Analysis>();
  let state: State | null = null;
  let seenAt = 0;
  const look = async () => {
    try {
      const due = state === null || Date.now() - state.fullAt >= system.fullLoadIntervalMs;
      const delivery = await readDelivery(client, due ? null : (state?.position ?? null), closed.signal);
      const { municipalities } = cooperation.current();
      if (delivery !== null)
        state = await takeOver(delivery, { state, analyses, municipalities, log, signal: closed.signal });
      seenAt = Date.now();
    } catch (error) {
      if (closed.signal.aborted) return;
      const ageSeconds = state === null ? null : Math.round((Date.now() - seenAt) / 1000);
      log.error({ reason: toReason(error), ageSeconds }, 'service catalogue refused, the one in force stays');
    }
  };
  await look();
  const following = follow(look, system.pollIntervalMs, closed.signal);
  return {
    current() {
      if (state === null) throw new AppError('LEGACY_UNAVAILABLE');
      return { catalogue: state.catalogue, index: state.index, asOf: new Date(seenAt).toISOString() };
    },
    close: () => close(client, closed, following),
  };
}

async function takeOver(
  delivery: Delivery,
  known: {
    readonly state: State | null;
    readonly analyses: WeakMap<ServiceRecord, Analysis>;
    readonly municipalities: readonly { readonly ags: string }[];
    readonly log: Log;
    readonly signal: AbortSignal;
  },
): Promise<State> {
  const { state, analyses, log, signal } = known;
  const { isFull, changes, position } = delivery;
  const fullAt = isFull || state === null ? Date.now() : state.fullAt;
  if (state !== null && changes.length === 0 && !isFull) return { ...state, position, fullAt };
  const holdings = applyChanges(isFull || state === null ? NO_HOLDINGS : state.holdings, changes);
  const catalogue = openCatalogue(holdings);
  // So that the first who asks for a municipality does not wait for it.
  const pause = createPause();
  for (const { ags } of known.municipalities) {
    catalogue.offeredIn(ags);
    await pause();
  }
  const index = await indexServices(catalogue.services, analyses, signal);
  log.info(
    { changes: changes.length, isFull, services: catalogue.services.length, offices: holdings.offices.size },
    'service catalogue taken over',
  );
  return { holdings, position, catalogue, index, fullAt };
}

/** In steps: a request does not wait for the whole. */
async function indexServices(
  services: readonly ServiceRecord[],
  known: WeakMap<ServiceRecord, Analysis>,
  signal: AbortSignal,
): Promise<SearchIndex> {
  const pause = createPause();
  const step = () => {
    signal.throwIfAborted();
    return pause();
  };
  const analyses: Analysis[] = [];
  for (const service of services) {
    const analysis = known.get(service) ?? analyse(toSearchText(service));
    known.set(service, analysis);
    analyses.push(analysis);
    await step();
  }
  return buildSearchIndex(analyses, step);
}

const toSearchText = ({ name, synonyms, teaser, description }: ServiceRecord) => ({
  title: name,
  synonyms,
  teaser: teaser ?? '',
  text: description ?? '',
});

async function follow(look: () => Promise<void>, everyMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await look();
  }
}

async function close(client: RestClient, closed: AbortController, following: Promise<void>): Promise<void> {
  closed.abort();
  await following;
  await client.close();
}

/** What was wrong with the message, in our words, or the system's code: its messages hold addresses. */
function toReason(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.name : String(error);
  const { code, cause } = error;
  if (!(cause instanceof Error)) return code;
  if (code === 'LEGACY_MALFORMED') return `${code}: ${cause.message}`;
  return `${code}: ${(cause as NodeJS.ErrnoException).code ?? cause.name}`;
}
