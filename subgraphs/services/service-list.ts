import { type Connection, listScope, readCursor, toConnection } from '../../lib/connection.js';
import type { Snapshot } from './connector.js';
import type { ServiceRecord } from './record.js';
import { search } from './search.js';

export interface ServiceList {
  /** Schema coordinate of the list, and its arguments beside the page. */
  readonly coordinate: string;
  readonly search?: string | null | undefined;
  readonly ags?: string | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface ServicePage extends Connection<ServiceRecord> {
  readonly totalCount: number;
  readonly asOf: string;
}

/** The services of a list, best first or by name. */
interface Ranking {
  readonly count: number;
  serviceAt(place: number): ServiceRecord;
  /** `null` in a list by name. */
  scoreAt(place: number): number | null;
}

/**
 * @param wanted The municipality, where one is given, must be one that this instance serves.
 * @throws AppError `BAD_USER_INPUT` for a cursor of another list.
 */
export function listServices(snapshot: Snapshot, wanted: ServiceList): ServicePage {
  const scope = listScope(wanted.coordinate, { search: wanted.search, ags: wanted.ags });
  const position = readCursor(scope, wanted.after);
  const ranking = rank(snapshot, wanted);
  const start = position === null ? 0 : placeAfter(ranking, position);
  const places = Array.from({ length: Math.min(wanted.first + 1, ranking.count - start) }, (_, place) => start + place);
  const page = toConnection(places, { first: wanted.first, scope }, (place) => toPosition(ranking, place));
  return {
    edges: page.edges.map(({ cursor, node }) => ({ cursor, node: ranking.serviceAt(node) })),
    pageInfo: page.pageInfo,
    totalCount: ranking.count,
    asOf: snapshot.asOf,
  };
}

function rank({ catalogue, index }: Snapshot, { search: query, ags }: ServiceList): Ranking {
  const offered = ags ? catalogue.offeredIn(ags) : null;
  if (!query) {
    const services = offered === null ? catalogue.services : catalogue.services.filter((_, at) => offered[at] === 1);
    return { count: services.length, serviceAt: (place) => services[place] as ServiceRecord, scoreAt: () => null };
  }
  const { documents, scores } = search(index, query, offered);
  return {
    count: documents.length,
    // The index is over these services, in this order.
    serviceAt: (place) => catalogue.services[documents[place] as number] as ServiceRecord,
    scoreAt: (place) => scores[place] as number,
  };
}

function toPosition(ranking: Ranking, place: number): string {
  const { leikaKey, name } = ranking.serviceAt(place);
  return `${ranking.scoreAt(place) ?? ''} ${leikaKey} ${name.slice(0, 100)}`;
}

/** Where the page begins; if the service of the cursor has gone meanwhile, where it would stand. */
function placeAfter(ranking: Ranking, position: string): number {
  const [score = '', key = '', ...name] = position.split(' ');
  const { compare } = new Intl.Collator('de');
  const isLater = (place: number) => {
    const own = ranking.scoreAt(place) ?? 0;
    if (own < Number(score) * (1 - SHIFT)) return true;
    return own <= Number(score) * (1 + SHIFT) && compare(ranking.serviceAt(place).name, name.join(' ')) > 0;
  };
  const places = [...Array(ranking.count).keys()];
  const at = places.findIndex((place) => ranking.serviceAt(place).leikaKey === key);
  if (at >= 0) return at + 1;
  const next = places.findIndex(isLater);
  return next >= 0 ? next : ranking.count;
}

/** A catalogue that has changed by one service gives the others nearly the score they had. */
const SHIFT = 0.05;
